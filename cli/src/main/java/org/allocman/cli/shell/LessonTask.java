package org.allocman.cli.shell;

import java.util.List;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.machine.LiveMachine;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.LessonText;
import org.allocman.lesson.Markdown;
import org.allocman.lesson.Stage;
import org.allocman.lesson.course.Course;
import org.allocman.lesson.course.SmallMachine;
import org.allocman.sim.boot.Machine;

/** A lesson that is worked on in the shell: its machine, its task, its hints. */
final class LessonTask {
    private static final String INDENT = "  ";
    private static final int WIDTH = 98;

    private final Lesson<?> lesson;
    private final Stage<?> stage;
    private final Machine machine;

    private LessonTask(Lesson<?> lesson, Stage<?> stage, Machine machine) {
        this.lesson = lesson;
        this.stage = stage;
        this.machine = machine;
    }

    /**
     * Starts a lesson.
     *
     * @param name what the user typed
     * @throws BadInputException if there is no such lesson, or if no script solves it
     */
    static LessonTask start(String name) throws BadInputException {
        Lesson<?> lesson = Course.named(name);
        List<String> inShell = Course.lessons().stream()
                .filter(each -> each.forms().contains(Lesson.Form.SCRIPT))
                .<String>map(Lesson::name)
                .toList();
        if (lesson == null) {
            throw new BadInputException(
                    "there is no lesson '" + name + "'; in the shell there are " + String.join(", ", inShell));
        }
        Stage<?> stage = lesson.start(kernel -> kernel);
        Machine machine = stage.machine();
        if (!lesson.forms().contains(Lesson.Form.SCRIPT) || machine == null) {
            throw new BadInputException("lesson " + lesson.name() + " is solved by a program; in the shell there are "
                    + String.join(", ", inShell));
        }
        return new LessonTask(lesson, stage, machine);
    }

    LiveMachine live() {
        return LiveMachine.of(SmallMachine.BOARD, machine);
    }

    String text() {
        return "lesson " + lesson.name() + ": " + lesson.text().title();
    }

    /** Prints the task, and what is different from what it asks for. */
    void task(Console console) {
        text(console, lesson.text().section(LessonText.TASK));
        List<Finding> findings = stage.check();
        console.out().println();
        if (findings.isEmpty()) {
            console.out().println(INDENT + console.right("Right: the machine is as the task asks for."));
        } else {
            console.out().println(INDENT + console.wrong("Not yet."));
            text(console, "**What is different:** " + findings.get(0).difference());
            text(console, "**Look again:** " + findings.get(0).idea());
        }
    }

    /** Prints a hint; returns what is wrong with the number, or nothing. */
    String hint(Console console, String number) {
        List<String> hints = lesson.text().hints();
        if (!number.matches("[1-9]") || Integer.parseInt(number) > hints.size()) {
            return "which hint? There are 1 to " + hints.size() + "; each says more than the one before";
        }
        text(console, hints.get(Integer.parseInt(number) - 1));
        return "";
    }

    private static void text(Console console, String markdown) {
        new Markdown(WIDTH, console::bold)
                .lines(markdown)
                .forEach(line -> console.out().println(line.isEmpty() ? line : INDENT + line));
    }
}
