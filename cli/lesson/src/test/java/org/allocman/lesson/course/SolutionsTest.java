package org.allocman.lesson.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.LessonText;
import org.allocman.lesson.Programs;
import org.allocman.lesson.answer.AnswerOutcome;
import org.allocman.lesson.sheet.Worksheets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SolutionsTest {
    static Stream<String> names() {
        return Course.lessons().stream().map(Lesson::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void itsOwnSolutionPassesTheCheck(String name) {
        Lesson<?> lesson = Programs.lesson(name);
        for (Lesson.Form form : lesson.forms()) {
            String file = form == Lesson.Form.JAVA ? "Answer.java" : name + ".script";
            AnswerOutcome outcome = Programs.run(name, file, lesson.solution(form));
            assertEquals(AnswerOutcome.Kind.RIGHT, outcome.kind(), outcome::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void doingNothingDoesNotPass(String name) {
        Lesson<?> lesson = Programs.lesson(name);
        assertFalse(lesson.start(kernel -> kernel).check().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everythingIsSaid(String name) {
        Lesson<?> lesson = Programs.lesson(name);
        LessonText text = lesson.text();
        assertFalse(
                text.title().isEmpty() || text.goal().isEmpty() || text.intro().isEmpty());
        assertTrue(text.minutes() > 0);
        for (String heading :
                List.of(LessonText.PREDICT, LessonText.REVEAL, LessonText.TASK, LessonText.BEGIN, LessonText.NOTE)) {
            assertFalse(text.section(heading).isEmpty(), heading);
        }
        assertEquals(
                6,
                text.sections().size(),
                () -> "a heading is misspelt: " + text.sections().keySet());
        assertEquals(3, text.hints().size());
        assertTrue(text.section(LessonText.PREDICT).contains("?"), "a prediction is a question");
        assertFalse(lesson.start(kernel -> kernel).facts().isEmpty());
        assertTrue(Worksheets.of(name, 1) != null, "there is a worksheet");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aLessonIsFoundByNameAndByNumber(String name) {
        Lesson<?> lesson = Programs.lesson(name);
        int number = Course.lessons().indexOf(lesson) + 1;
        assertEquals(lesson, Course.named(String.valueOf(number)));
    }
}
