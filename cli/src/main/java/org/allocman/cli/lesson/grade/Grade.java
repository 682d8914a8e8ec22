package org.allocman.cli.lesson.grade;

import java.util.List;
import java.util.Locale;
import org.allocman.lesson.Finding;
import org.allocman.lesson.answer.AnswerOutcome;

/**
 * What came of one answer.
 *
 * @param student whose it is
 * @param lesson the lesson, or ? if nothing says which
 * @param file its path below the folder of submissions
 * @param verdict right, wrong or unusable
 * @param points what it earns
 * @param messages what happened on the way, or why it is no answer
 * @param finding the id of the most basic difference; empty if there is none
 * @param difference what is different
 * @param hint what to look at again
 * @param digest of its content, so that it need not be checked again
 */
record Grade(
        String student,
        String lesson,
        String file,
        String verdict,
        int points,
        List<String> messages,
        String finding,
        String difference,
        String hint,
        String digest) {
    static final String RIGHT = kind(AnswerOutcome.Kind.RIGHT);

    static Grade of(Submission submission, AnswerOutcome outcome, int points, String digest) {
        Finding first = outcome.findings().isEmpty()
                ? new Finding("", "", "")
                : outcome.findings().get(0);
        return new Grade(
                submission.student(),
                submission.lessonName(),
                submission.name(),
                kind(outcome.kind()),
                outcome.kind() == AnswerOutcome.Kind.RIGHT ? points : 0,
                outcome.messages(),
                first.id(),
                first.difference(),
                first.idea(),
                digest);
    }

    static Grade unusable(Submission submission, String why, String digest) {
        return of(submission, new AnswerOutcome(AnswerOutcome.Kind.UNUSABLE, List.of(why), List.of()), 0, digest);
    }

    boolean isRight() {
        return verdict.equals(RIGHT);
    }

    /** The same answer as before, if points are given differently now. */
    Grade worth(int worth) {
        return new Grade(
                student, lesson, file, verdict, isRight() ? worth : 0, messages, finding, difference, hint, digest);
    }

    private static String kind(AnswerOutcome.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
