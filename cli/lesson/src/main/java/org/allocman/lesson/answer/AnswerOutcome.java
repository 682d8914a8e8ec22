package org.allocman.lesson.answer;

import java.util.List;
import org.allocman.lesson.Finding;

/**
 * What came of an answer.
 *
 * @param kind right, wrong, or no answer at all
 * @param messages what happened on the way: refused invocations, an exception, why the file is no answer
 * @param findings what is different from what the task asks for
 */
public record AnswerOutcome(Kind kind, List<String> messages, List<Finding> findings) {
    /** The kinds of outcome. */
    public enum Kind {
        /** The machine is as the task asks for. */
        RIGHT,
        /** It is not, or the program did not come to its end. */
        WRONG,
        /** The file is no answer, so nothing was run. */
        UNUSABLE
    }

    /**
     * Keeps copies of the lists.
     *
     * @param kind right, wrong, or no answer at all
     * @param messages what happened on the way: refused invocations, an exception, why the file is no answer
     * @param findings what is different from what the task asks for
     */
    public AnswerOutcome {
        messages = List.copyOf(messages);
        findings = List.copyOf(findings);
    }

    static AnswerOutcome unusable(List<String> why) {
        return new AnswerOutcome(Kind.UNUSABLE, why, List.of());
    }
}
