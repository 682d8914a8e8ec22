package org.allocman.cli.lesson;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.frame.JsonOption;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.NearMatches;
import org.allocman.cli.frame.WidthOption;
import org.allocman.cli.lesson.grade.GradeCommand;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.LessonText;
import org.allocman.lesson.answer.AnswerJudge;
import org.allocman.lesson.answer.AnswerLimits;
import org.allocman.lesson.answer.AnswerOutcome;
import org.allocman.lesson.answer.Lock;
import org.allocman.lesson.answer.ProgramRuns;
import org.allocman.lesson.course.Course;
import org.allocman.lesson.sheet.Worksheet;
import org.allocman.lesson.sheet.Worksheets;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command. */
@Command(
        name = "lesson",
        description = {
            "List the lessons, or take one: read it, write an answer, have it checked.",
            "An answer is a script of invocations, or a Java class. What is checked is the state of the machine that it leaves.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown, or the answer is right",
            "1:the answer is not right yet",
            "2:usage, or the file is no answer"
        })
public final class LessonCommand implements Callable<Integer> {
    private static final int WELL_READ = 100;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "A lesson, by its name or number. Without one, the lessons are listed.")
    private @Nullable String name;

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private @Nullable Wish wish;

    @Option(names = "--answers", description = "Print the worksheet with its answers.")
    private boolean answers;

    @Mixin
    private final WidthOption width = new WidthOption();

    /** What is wanted of a lesson, if not its text; one thing at a time. */
    static final class Wish {
        @Option(
                names = "--check",
                paramLabel = "FILE",
                description = "Check an answer: a Java class if the file's name ends in .java, else a script.")
        private @Nullable String check;

        @Option(names = "--hint", paramLabel = "N", description = "Print hint N; each says more than the one before.")
        private @Nullable Integer hint;

        @Option(names = "--reveal", description = "Tell what happens: the answer to the lesson's question.")
        private boolean reveal;

        @Option(names = "--solution", description = "Print a solution.")
        private boolean solution;

        @Option(
                names = "--start",
                paramLabel = "DIR",
                description = "Put files to begin with into DIR/NAME. Nothing that is there is overwritten.")
        private @Nullable String start;

        @Option(
                names = "--worksheet",
                paramLabel = "SEED",
                description = "Print a worksheet as Markdown: random operations with blanks to fill in.")
        private @Nullable Long worksheet;
    }

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public LessonCommand(Console console) {
        this.console = console;
    }

    /**
     * Makes the command, with what is below it.
     *
     * @param console where it prints
     * @return the command
     */
    public static CommandLine withSubcommands(Console console) {
        return new CommandLine(new LessonCommand(console)).addSubcommand(new GradeCommand(console));
    }

    @Override
    public Integer call() throws Exception {
        String typed = name;
        Wish wanted = wish;
        LessonPage page = new LessonPage(console, width.columns(WELL_READ));
        if (answers && (wanted == null || wanted.worksheet == null)) {
            throw new BadInputException("--answers goes with --worksheet SEED");
        }
        if (typed == null) {
            if (wanted != null) {
                throw new BadInputException(
                        "say which lesson: 'allocman lesson NAME ...'; 'allocman lesson' lists them");
            }
            list(page);
            return Exit.GOOD;
        }
        Lesson<?> lesson = find(typed);
        if (wanted == null) {
            show(lesson, page);
            return Exit.GOOD;
        }
        if (wanted.check != null) {
            return check(lesson, wanted.check, page);
        }
        if (wanted.worksheet != null) {
            worksheet(lesson, wanted.worksheet);
        } else if (wanted.hint != null) {
            hint(lesson, wanted.hint, page);
        } else if (wanted.start != null) {
            print(new LessonFiles(lesson).putInto(wanted.start));
        } else if (wanted.reveal) {
            tell(lesson, "reveal", LessonText.REVEAL, page);
        } else {
            solution(lesson, page);
        }
        return Exit.GOOD;
    }

    private static Lesson<?> find(String typed) throws BadInputException {
        Lesson<?> lesson = Course.named(typed);
        if (lesson != null) {
            return lesson;
        }
        List<String> near = NearMatches.of(typed, Names.all());
        throw new BadInputException("there is no lesson '" + typed + "'; "
                + (near.isEmpty()
                        ? "there are " + String.join(", ", Names.all())
                        : "did you mean " + String.join(", ", near) + "?"));
    }

    private void list(LessonPage page) {
        if (json.isAsked()) {
            JsonOut.print(
                    console,
                    Course.lessons().stream().map(LessonView.Summary::of).toList());
        } else {
            page.list();
        }
    }

    private void show(Lesson<?> lesson, LessonPage page) {
        if (json.isAsked()) {
            JsonOut.print(console, LessonView.of(lesson));
        } else {
            page.show(lesson);
        }
    }

    private int check(Lesson<?> lesson, String typed, LessonPage page) throws BadInputException, IOException {
        Path file = InputFile.of(typed);
        Path last = file.getFileName();
        // what the learner's program prints does not belong into the JSON
        PrintWriter output = json.isAsked() ? console.err() : console.out();
        AnswerOutcome outcome = AnswerJudge.judge(
                lesson,
                String.valueOf(last == null ? file : last),
                Files.readAllBytes(file),
                AnswerLimits.USUAL,
                ProgramRuns.locked(Lock.best(), output));
        if (outcome.kind() == AnswerOutcome.Kind.UNUSABLE && !json.isAsked()) {
            throw new BadInputException(String.join(System.lineSeparator(), outcome.messages()));
        }
        if (json.isAsked()) {
            JsonOut.print(console, LessonView.Judgement.of(lesson, outcome));
        } else {
            page.judgement(lesson, outcome);
        }
        return switch (outcome.kind()) {
            case RIGHT -> Exit.GOOD;
            case WRONG -> Exit.FOUND_WRONG;
            case UNUSABLE -> Exit.BAD_INPUT;
        };
    }

    private void worksheet(Lesson<?> lesson, long seed) throws BadInputException {
        Worksheet sheet = Worksheets.of(lesson.name(), seed);
        if (sheet == null) {
            throw new BadInputException("lesson " + lesson.name() + " has no worksheet");
        }
        if (json.isAsked()) {
            JsonOut.print(console, LessonView.Sheet.of(sheet, answers));
        } else {
            console.out().print(sheet.markdown(answers));
        }
    }

    private void hint(Lesson<?> lesson, int number, LessonPage page) throws BadInputException {
        List<String> hints = lesson.text().hints();
        if (number < 1 || number > hints.size()) {
            throw new BadInputException(
                    "lesson " + lesson.name() + " has hints 1 to " + hints.size() + ", not " + number);
        }
        String hint = hints.get(number - 1);
        if (json.isAsked()) {
            JsonOut.print(console, new LessonView.Told(lesson.name(), "hint", hint));
        } else {
            page.text(hint);
        }
    }

    private void tell(Lesson<?> lesson, String what, String heading, LessonPage page) {
        String text = lesson.text().section(heading);
        if (json.isAsked()) {
            JsonOut.print(console, new LessonView.Told(lesson.name(), what, text));
        } else {
            page.text(text);
        }
    }

    private void solution(Lesson<?> lesson, LessonPage page) {
        if (json.isAsked()) {
            JsonOut.print(console, LessonView.Solutions.of(lesson));
        } else {
            page.solution(lesson);
        }
    }

    private void print(List<Path> files) {
        if (json.isAsked()) {
            JsonOut.print(console, files.stream().map(Path::toString).toList());
        } else {
            files.forEach(file -> console.out().println(file));
        }
    }

    /** The names, for completion. */
    static final class Names implements Iterable<String> {
        static List<String> all() {
            return Course.lessons().stream().<String>map(Lesson::name).toList();
        }

        @Override
        public Iterator<String> iterator() {
            return all().iterator();
        }
    }
}
