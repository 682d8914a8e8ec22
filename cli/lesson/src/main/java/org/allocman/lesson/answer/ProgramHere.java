package org.allocman.lesson.answer;

import org.allocman.lesson.Lesson;

/** Runs programs in this process. */
final class ProgramHere implements ProgramRun {
    @Override
    public <D> Ran<D> run(Lesson<D> lesson, String fileName, String text, AnswerLimits limits) {
        JavaAnswer.Read read = JavaAnswer.read(lesson, fileName, text);
        JavaAnswer answer = read.answer();
        return answer == null ? Ran.unusable(read.problems()) : new JavaRun<>(lesson, answer, limits).run();
    }
}
