package org.allocman.cli.lesson;

import java.io.PrintWriter;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.TextTable;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.LessonText;
import org.allocman.lesson.Markdown;
import org.allocman.lesson.answer.AnswerOutcome;
import org.allocman.lesson.course.Course;

/** Lessons as people read them. */
final class LessonPage {
    private static final String INDENT = "  ";
    private static final String GOAL_INDENT = "    ";

    private final Console console;
    private final PrintWriter out;
    private final Markdown prose;
    private final Markdown goals;

    LessonPage(Console console, int width) {
        this.console = console;
        this.out = console.out();
        this.prose = new Markdown(width, console::bold);
        this.goals = new Markdown(width - GOAL_INDENT.length(), console::bold);
    }

    void text(String markdown) {
        prose.lines(markdown).forEach(out::println);
    }

    private void section(String heading, String markdown) {
        out.println();
        out.println(console.bold(heading));
        text(markdown);
    }

    void list() {
        int number = 1;
        for (Lesson<?> lesson : Course.lessons()) {
            LessonText text = lesson.text();
            out.println(String.format("%2d  ", number++) + console.bold(lesson.name()) + ": " + text.title() + ", "
                    + text.minutes() + " minutes");
            goals.lines(text.goal()).forEach(line -> out.println(GOAL_INDENT + line));
        }
        out.println();
        text("'allocman lesson NAME' shows a lesson. They build on one another, in this order.");
    }

    void show(Lesson<?> lesson) {
        LessonText text = lesson.text();
        int number = Course.lessons().indexOf(lesson) + 1;
        out.println(console.bold("Lesson " + number + " of " + Course.lessons().size() + ": " + text.title()));
        text("What you learn: " + text.goal() + ". About " + text.minutes() + " minutes.");
        out.println();
        text(text.intro());
        section(LessonText.PREDICT, text.section(LessonText.PREDICT));
        commands(lesson, "--reveal", "tells what happens");
        out.println();
        out.println(console.bold("The machine"));
        TextTable facts = new TextTable("", "");
        LessonView.factsOf(lesson).forEach(fact -> facts.row(fact.place(), fact.what()));
        facts.print(console, INDENT);
        section(LessonText.TASK, text.section(LessonText.TASK));
        section(LessonText.BEGIN, text.section(LessonText.BEGIN));
        out.println();
        text(
                lesson.forms().contains(Lesson.Form.SCRIPT)
                        ? "An answer is a script, whose commands docs/script.md lists, or a Java class."
                        : "An answer is a Java class that implements Solution<"
                                + lesson.desk().getSimpleName() + ">.");
        String file = lesson.name() + "/"
                + new LessonFiles(lesson).fileName(lesson.forms().get(0));
        commands(
                lesson,
                "--start .",
                "files to begin with",
                "--check FILE",
                "checks your answer",
                "--hint 1",
                "the first of " + text.hints().size() + " hints",
                "--worksheet 1",
                "a sheet to practise on");
    }

    private void commands(Lesson<?> lesson, String... optionsAndMeanings) {
        out.println();
        TextTable table = new TextTable("", "");
        for (int i = 0; i < optionsAndMeanings.length; i += 2) {
            table.row("allocman lesson " + lesson.name() + " " + optionsAndMeanings[i], optionsAndMeanings[i + 1]);
        }
        table.print(console, INDENT);
    }

    void judgement(Lesson<?> lesson, AnswerOutcome outcome) {
        if (outcome.kind() == AnswerOutcome.Kind.RIGHT) {
            out.println(console.right("Right: the machine is as the task asks for."));
            int next = Course.lessons().indexOf(lesson) + 1;
            if (next < Course.lessons().size()) {
                Lesson<?> following = Course.lessons().get(next);
                text("Next is 'allocman lesson " + following.name() + "': "
                        + following.text().title() + ".");
            }
            return;
        }
        out.println(console.wrong("Not yet."));
        if (!outcome.messages().isEmpty()) {
            out.println();
            out.println("On the way:");
            outcome.messages().forEach(message -> out.println(INDENT + message));
        }
        if (outcome.findings().isEmpty()) {
            return;
        }
        Finding first = outcome.findings().get(0);
        out.println();
        text("**What is different:** " + first.difference());
        out.println();
        text("**Look again:** " + first.idea());
        int more = outcome.findings().size() - 1;
        if (more > 0) {
            out.println();
            text(more == 1 ? "One more thing is different." : more + " more things are different.");
        }
    }

    void solution(Lesson<?> lesson) {
        text(
                "One solution; there are others. Reading it is not the same as finding it: try first, and when you have read it,"
                        + " close it and write your own.");
        for (LessonView.Solution solution : LessonView.Solutions.of(lesson).solutions()) {
            out.println();
            out.println(console.bold(solution.file()));
            out.println();
            solution.text().lines().forEach(line -> out.println(line.isEmpty() ? "" : "    " + line));
        }
        out.println();
        text(lesson.text().section(LessonText.NOTE));
    }
}
