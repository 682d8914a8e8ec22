package org.allocman.lesson;

import java.nio.charset.StandardCharsets;
import org.allocman.lesson.answer.AnswerJudge;
import org.allocman.lesson.answer.AnswerLimits;
import org.allocman.lesson.answer.AnswerOutcome;
import org.allocman.lesson.answer.ProgramRuns;
import org.allocman.lesson.course.Course;

/** Learners' answers, as tests write them. */
public final class Programs {
    private Programs() {}

    public static Lesson<?> lesson(String name) {
        Lesson<?> lesson = Course.named(name);
        if (lesson == null) {
            throw new AssertionError("no lesson " + name);
        }
        return lesson;
    }

    /** A class whose method has the given statements. */
    public static String java(String lesson, String statements) {
        String desk = lesson(lesson).desk().getSimpleName();
        return """
                import org.allocman.lesson.*;
                import org.allocman.vka.*;
                import org.allocman.xous.process.*;
                public final class Answer implements Solution<%s> {
                    @Override public void solve(%s desk) throws Exception {
                %s
                    }
                }
                """.formatted(desk, desk, statements);
    }

    public static AnswerOutcome runJava(String lesson, String statements) {
        return run(lesson, "Answer.java", java(lesson, statements));
    }

    public static AnswerOutcome run(String lesson, String fileName, String text) {
        return AnswerJudge.judge(
                lesson(lesson),
                fileName,
                text.getBytes(StandardCharsets.UTF_8),
                AnswerLimits.USUAL,
                ProgramRuns.here());
    }
}
