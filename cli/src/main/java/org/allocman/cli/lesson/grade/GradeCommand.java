package org.allocman.cli.lesson.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.JsonOption;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.OptionRange;
import org.allocman.cli.frame.OutputFile;
import org.allocman.cli.frame.Progress;
import org.allocman.cli.frame.QuietOption;
import org.allocman.cli.frame.TextTable;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.answer.Lock;
import org.allocman.lesson.course.Course;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command. */
@Command(
        name = "grade",
        description = {
            "Check the answers of many students, and print who has solved what.",
            "Each entry of DIR is a student: a folder with answers, or one answer. An answer's lesson is the one that its file or"
                    + " folder is named after, or that its first lines name, as the files of --start do.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all answers were looked at, right or not", "2:usage, or a file cannot be read or written"})
public final class GradeCommand implements Callable<Integer> {
    private static final int MOST_JOBS = 64;
    private static final Map<String, String> SIGNS = Map.of("right", "right", "wrong", "wrong", "unusable", "none");

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final QuietOption quiet = new QuietOption();

    private final Console console;

    @Parameters(paramLabel = "DIR", description = "The folder of submissions.")
    private String folder = "";

    @Option(names = "--lesson", paramLabel = "NAME", description = "The lesson that all answers are to.")
    private @Nullable String lesson;

    @Option(
            names = "--points",
            paramLabel = "LESSON=N",
            description = "What a right answer to a lesson earns. May be given several times. Default: 1.")
    private Map<String, Integer> points = new TreeMap<>();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many answers are checked at a time. Default: the number of processors.")
    private @Nullable Integer jobs;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description =
                    "Write each grade into FILE as it comes, and check nothing again that is in it and has not changed.")
    private @Nullable Path resume;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write a table of all answers, for spreadsheets.")
    private @Nullable Path csv;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write a report as JUnit does, for build servers.")
    private @Nullable Path junit;

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public GradeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Path directory = Path.of(folder);
        if (!Files.isDirectory(directory)) {
            throw new BadInputException(folder + ": "
                    + (Files.exists(directory) ? "this is a file, not a folder" : "there is no such folder"));
        }
        int threads = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
        OptionRange.check("--jobs", threads, 1, MOST_JOBS);
        for (Path file : new Path[] {resume, csv, junit}) {
            if (file != null) {
                OutputFile.check(file);
            }
        }
        Submissions submissions = Submissions.in(directory, wanted());
        Lock lock = Lock.best();
        Grader grader = new Grader(lock, Points.of(points), GradeJournal.open(resume));
        List<Grade> grades = grades(submissions.answers(), grader, threads);
        GradeReport report = GradeReport.of(
                submissions,
                grades,
                Course.lessons().stream().<String>map(Lesson::name).toList());
        write(report);
        if (json.isAsked()) {
            JsonOut.print(console, report);
        } else {
            print(report, lock);
        }
        return Exit.GOOD;
    }

    private @Nullable Lesson<?> wanted() throws BadInputException {
        String typed = lesson;
        if (typed == null) {
            return null;
        }
        Lesson<?> found = Course.named(typed);
        if (found == null) {
            throw new BadInputException("there is no lesson '" + typed + "'; 'allocman lesson' lists them");
        }
        return found;
    }

    private List<Grade> grades(List<Submission> answers, Grader grader, int threads) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        CompletionService<Grade> results = new ExecutorCompletionService<>(workers);
        try (Progress progress = quiet.isAsked() ? Progress.NONE : console.progress("grade")) {
            answers.forEach(answer -> results.submit(() -> grader.grade(answer)));
            List<Grade> grades = new ArrayList<>();
            for (int done = 0; done < answers.size(); done++) {
                progress.at(done, answers.size());
                grades.add(results.take().get());
            }
            grades.sort((a, b) -> a.file().compareTo(b.file()));
            return grades;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            workers.shutdownNow();
        }
    }

    private void write(GradeReport report) throws BadInputException {
        Path table = csv;
        if (table != null) {
            OutputFile.write(table, () -> GradeFiles.csv(report, table));
        }
        Path suites = junit;
        if (suites != null) {
            OutputFile.write(suites, () -> GradeFiles.junit(report, suites));
        }
    }

    private void print(GradeReport report, Lock lock) throws IOException {
        List<String> heads = new ArrayList<>(List.of("student"));
        heads.addAll(report.lessons());
        heads.add(">points");
        TextTable table = new TextTable(heads.toArray(new String[0]));
        for (GradeReport.Student student : report.students()) {
            List<String> row = new ArrayList<>(List.of(GradeFiles.text(student.student())));
            for (String each : report.lessons()) {
                List<Grade> best = student.best(each);
                row.add(best.isEmpty() ? "-" : SIGNS.getOrDefault(best.get(0).verdict(), ""));
            }
            row.add(String.valueOf(student.points()));
            table.row(row.toArray(new Object[0]));
        }
        table.print(console, "");
        console.out().println();
        console.out()
                .println(report.right() + " right, " + report.wrong() + " wrong, " + report.unusable()
                        + " that are no answers ('none'); --json, --csv and --junit have the reasons");
        if (!report.passedOver().isEmpty()) {
            console.out()
                    .println("passed over, neither a folder nor an answer: "
                            + GradeFiles.text(String.join(", ", report.passedOver())));
        }
        console.out().println("programs were locked in by " + lock.text() + ": " + lock.limits());
    }
}
