package org.allocman.lesson.answer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Stage;
import org.allocman.sim.board.Utf8Mark;

/** Judges answers. */
public final class AnswerJudge {
    private static final String JAVA = ".java";
    private static final int LONGEST = 1 << 20;

    private AnswerJudge() {}

    /**
     * Runs an answer on a fresh machine, and looks at the machine.
     *
     * @param <D> what is on the desk
     * @param lesson the lesson
     * @param fileName the name of the learner's file; one that ends in {@code .java} is a program, any other a script
     * @param content what is in the file
     * @param limits how long it may run
     * @param programs where it runs, if it is a program
     * @return what came of it
     */
    public static <D> AnswerOutcome judge(
            Lesson<D> lesson, String fileName, byte[] content, AnswerLimits limits, ProgramRun programs) {
        if (content.length > LONGEST) {
            return unusable(fileName, "this is longer than 1 MiB, which no answer is");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Utf8Mark.without(content)))
                    .toString();
        } catch (CharacterCodingException binary) {
            return unusable(fileName, "this is not a text");
        }
        if (text.indexOf('\0') >= 0) {
            return unusable(fileName, "this is not a text");
        }
        if (text.isBlank()) {
            return unusable(fileName, "the file is empty");
        }
        if (fileName.endsWith(JAVA)) {
            if (!lesson.forms().contains(Lesson.Form.JAVA)) {
                return unusable(fileName, "this lesson is solved by a script, not by a program");
            }
            return judge(lesson, programs.run(lesson, fileName, text, limits));
        }
        if (!lesson.forms().contains(Lesson.Form.SCRIPT)) {
            return unusable(fileName, "this lesson is solved by a program in Java, and its file ends in " + JAVA);
        }
        return ScriptAnswer.judge(lesson, fileName, text);
    }

    private static <D> AnswerOutcome judge(Lesson<D> lesson, ProgramRun.Ran<D> ran) {
        if (ran.end() == ProgramRun.Ran.End.UNUSABLE) {
            return AnswerOutcome.unusable(ran.messages());
        }
        Stage<D> stage = ran.stage();
        if (stage == null) {
            return new AnswerOutcome(AnswerOutcome.Kind.WRONG, ran.messages(), List.of());
        }
        List<Finding> findings = StageCheck.findings(lesson, stage);
        boolean isRight = ran.end() == ProgramRun.Ran.End.RETURNED && findings.isEmpty();
        return new AnswerOutcome(
                isRight ? AnswerOutcome.Kind.RIGHT : AnswerOutcome.Kind.WRONG, ran.messages(), findings);
    }

    private static AnswerOutcome unusable(String fileName, String why) {
        return AnswerOutcome.unusable(List.of(fileName + ": " + why));
    }
}
