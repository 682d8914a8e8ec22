package org.allocman.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.frame.TextTable;
import org.allocman.cli.machine.LiveMachine;
import org.allocman.script.Completion;
import org.allocman.script.LineOutcome;
import org.allocman.script.ScriptSession;
import org.allocman.script.Statement;
import org.allocman.script.Verb;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.boot.BootFailure;
import org.allocman.vka.MemoryFault;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Takes lines, one after the other: those of scripts, and the shell's own. */
final class Interpreter {
    private static final String INDENT = "  ";
    private static final int MOST_STEPS = 1_000_000;

    private final Console console;
    private final @Nullable LessonTask lesson;
    private LiveMachine live;
    private int failures;

    Interpreter(Console console, LiveMachine live) {
        this.console = console;
        this.lesson = null;
        this.live = live;
    }

    Interpreter(Console console, LessonTask lesson) {
        this.console = console;
        this.lesson = lesson;
        this.live = lesson.live();
    }

    /** How many lines were not carried out, or found something wrong. */
    int failures() {
        return failures;
    }

    /**
     * Takes a line.
     *
     * @return false if it was the last
     */
    boolean take(String line) {
        String text = line.strip();
        String[] words = text.split("\\s+", 2);
        Meta meta = Meta.of(words[0]);
        if (meta == null) {
            tell(live.session().execute(text));
            return true;
        }
        String rest = words.length > 1 ? words[1].replaceFirst("\\s*#.*", "").strip() : "";
        switch (meta) {
            case SHOW -> show(rest);
            case CHECK -> check();
            case UNDO -> undo(rest);
            case REDO -> redo(rest);
            case SAVE -> save(rest);
            case LOAD -> load(rest);
            case TASK ->
                lesson(task -> {
                    task.task(console);
                    return "";
                });
            case HINT -> lesson(task -> task.hint(console, rest));
            case HELP -> help(rest);
            case QUIT -> {
                return false;
            }
        }
        return true;
    }

    private void tell(LineOutcome outcome) {
        if (outcome.isDone()) {
            outcome.message().lines().forEach(line -> console.out().println(INDENT + line));
        } else {
            fail(outcome.message());
        }
    }

    private void fail(String message) {
        failures++;
        console.out().println(INDENT + console.wrong(message));
    }

    private void show(String what) {
        String[] words = what.split("\\s+", 2);
        Topic topic = Topic.of(words[0]);
        if (topic == null) {
            fail((what.isEmpty() ? "show what? There are " : "there is no '" + words[0] + "' to show; there are ")
                    + String.join(", ", Topic.words()));
            return;
        }
        try {
            new Views(console, live).show(topic, words.length > 1 ? words[1] : "");
        } catch (Views.NothingThere nothing) {
            fail(String.valueOf(nothing.getMessage()));
        } catch (MemoryFault fault) {
            fail("the machine is too broken to be shown: " + fault.getMessage());
        }
    }

    private void check() {
        List<String> broken = live.broken();
        if (broken.isEmpty()) {
            console.out()
                    .println(INDENT
                            + console.right("every invariant of the kernel"
                                    + (live.allocman() == null ? "" : " and of the manager") + " holds"));
        }
        broken.forEach(this::fail);
    }

    private void lesson(Function<LessonTask, String> asked) {
        String mistake = lesson == null
                ? "there is no lesson here; 'allocman shell --lesson NAME' has one"
                : asked.apply(lesson);
        if (!mistake.isEmpty()) {
            fail(mistake);
        }
    }

    private void undo(String count) {
        int wanted = steps(count);
        ScriptSession session = live.session();
        for (int i = 0; i < wanted; i++) {
            Statement undone = session.undo();
            if (undone == null) {
                if (i == 0) {
                    fail("nothing is left to undo");
                }
                return;
            }
            console.out().println(INDENT + "undone: " + undone);
        }
    }

    private void redo(String count) {
        int wanted = steps(count);
        for (int i = 0; i < wanted; i++) {
            LineOutcome again = live.session().redo();
            if (again == null) {
                if (i == 0) {
                    fail("nothing was undone that could be done again");
                }
                return;
            }
            Statement statement = again.statement();
            console.out().println(INDENT + "again: " + (statement == null ? "" : statement));
            tell(again);
        }
    }

    private int steps(String count) {
        if (count.isEmpty()) {
            return 1;
        }
        try {
            int steps = Integer.parseInt(count);
            if (steps >= 1 && steps <= MOST_STEPS) {
                return steps;
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        fail("'" + count + "' is no number of commands, 1 to " + MOST_STEPS);
        return 0;
    }

    private void save(String file) {
        if (file.isEmpty()) {
            fail("where to? " + Meta.SAVE.form());
            return;
        }
        try {
            Path path = Path.of(file);
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                fail("cannot save: there is no folder " + folder);
                return;
            }
            live.save(path);
            console.out().println(INDENT + "saved in " + file);
        } catch (InvalidPathException strange) {
            fail(file + ": this is not the name of a file");
        } catch (IOException cannot) {
            fail("cannot save: " + cannot.getMessage());
        }
    }

    private void load(String file) {
        if (file.isEmpty()) {
            fail("which file? " + Meta.LOAD.form());
            return;
        }
        if (lesson != null) {
            fail("a lesson keeps its machine; 'allocman shell' without --lesson loads another");
            return;
        }
        try {
            live = LiveMachine.load(InputFile.of(file));
            console.out()
                    .println(INDENT + "this is " + live.spec().text() + ", with "
                            + Figures.count(live.session().ownNames().size(), "name"));
        } catch (BadInputException | BoardFormatException | BootFailure | IOException cannot) {
            fail(String.valueOf(cannot.getMessage()));
        }
    }

    private void help(String command) {
        if (command.equals(Meta.SHOW.word())) {
            TextTable topics = new TextTable("", "");
            for (Topic topic : Topic.values()) {
                topics.row(topic.form(), topic.meaning());
            }
            topics.print(console, INDENT);
            return;
        }
        TextTable table = new TextTable("", "");
        for (Verb verb : Verb.values()) {
            if (command.isEmpty() || command.equals(verb.word())) {
                table.row(verb.form(), verb.meaning());
            }
        }
        for (Meta meta : Meta.values()) {
            if (command.isEmpty() || command.equals(meta.word())) {
                table.row(meta.form(), meta.meaning());
            }
        }
        if (command.isEmpty() || Meta.of(command) != null || Verb.of(command) != null) {
            table.print(console, INDENT);
        } else {
            fail("there is no command '" + command + "'; 'help' lists them");
        }
    }

    /** What the next word of a line may be. */
    List<String> candidates(List<String> before) {
        if (before.isEmpty()) {
            List<String> commands = new ArrayList<>(Completion.after(before, List.of()));
            commands.addAll(Meta.words());
            return commands;
        }
        Meta meta = Meta.of(before.get(0));
        if (meta == null) {
            return Completion.after(before, List.copyOf(live.session().names().keySet()));
        }
        boolean first = before.size() == 1;
        return switch (meta) {
            case SHOW -> first ? Topic.words() : before.size() == 2 ? slotNames(before.get(1)) : List.of();
            case HELP -> first ? candidates(List.of()) : List.of();
            default -> List.of();
        };
    }

    private List<String> slotNames(String topic) {
        Topic shown = Topic.of(topic);
        return shown != null && shown.takesPlace()
                ? List.copyOf(live.session().names().keySet())
                : List.of();
    }

    /** The machine as it is after all lines that were taken. */
    LiveMachine live() {
        return live;
    }

    /** The machine in a few words. */
    String machine() {
        return (lesson == null ? "" : lesson.text() + "; 'task' has the task; ")
                + live.spec().text();
    }
}
