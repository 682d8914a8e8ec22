package org.allocman.cli.lesson;

import java.util.List;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.LessonText;
import org.allocman.lesson.Stage;
import org.allocman.lesson.answer.AnswerOutcome;
import org.allocman.lesson.course.Course;
import org.allocman.lesson.sheet.Worksheet;

/**
 * A lesson as JSON; texts are Markdown.
 *
 * @param summary what the list says of it
 * @param text the lesson
 * @param predict the question before what happens is told
 * @param machine what is there at the start
 * @param task what to do
 * @param begin where to begin
 * @param hints how many hints there are
 */
record LessonView(
        Summary summary, String text, String predict, List<Stage.Fact> machine, String task, String begin, int hints) {
    static LessonView of(Lesson<?> lesson) {
        LessonText text = lesson.text();
        return new LessonView(
                Summary.of(lesson),
                text.intro(),
                text.section(LessonText.PREDICT),
                factsOf(lesson),
                text.section(LessonText.TASK),
                text.section(LessonText.BEGIN),
                text.hints().size());
    }

    static List<Stage.Fact> factsOf(Lesson<?> lesson) {
        return lesson.start(kernel -> kernel).facts();
    }

    /** What the list says of a lesson. */
    record Summary(int number, String name, String title, String goal, int minutes, List<String> forms) {
        static Summary of(Lesson<?> lesson) {
            LessonText text = lesson.text();
            return new Summary(
                    Course.lessons().indexOf(lesson) + 1,
                    lesson.name(),
                    text.title(),
                    text.goal(),
                    text.minutes(),
                    lesson.forms().stream()
                            .map(form -> form == Lesson.Form.JAVA ? "java" : "script")
                            .toList());
        }
    }

    /** What came of an answer. */
    record Judgement(String lesson, boolean right, boolean answer, List<String> messages, List<Finding> findings) {
        static Judgement of(Lesson<?> lesson, AnswerOutcome outcome) {
            return new Judgement(
                    lesson.name(),
                    outcome.kind() == AnswerOutcome.Kind.RIGHT,
                    outcome.kind() != AnswerOutcome.Kind.UNUSABLE,
                    outcome.messages(),
                    outcome.findings());
        }
    }

    /** A piece of text. */
    record Told(String lesson, String what, String text) {}

    /** A solution's file. */
    record Solution(String file, String text) {}

    /** The solutions of a lesson. */
    record Solutions(String lesson, List<Solution> solutions, String note) {
        static Solutions of(Lesson<?> lesson) {
            LessonFiles files = new LessonFiles(lesson);
            return new Solutions(
                    lesson.name(),
                    lesson.forms().stream()
                            .map(form -> new Solution(files.fileName(form), lesson.solution(form)))
                            .toList(),
                    lesson.text().section(LessonText.NOTE));
        }
    }

    /** A worksheet; without answers the blanks have none. */
    record Sheet(
            String title, long seed, String intro, String operation, List<String> blanks, List<Worksheet.Row> rows) {
        static Sheet of(Worksheet sheet, boolean withAnswers) {
            return new Sheet(
                    sheet.title(),
                    sheet.seed(),
                    sheet.intro(),
                    sheet.operation(),
                    sheet.blanks(),
                    sheet.rows().stream()
                            .map(row -> withAnswers ? row : new Worksheet.Row(row.operation(), List.of()))
                            .toList());
        }
    }
}
