package org.allocman.sim.kernel;

import java.util.Arrays;
import java.util.List;
import org.allocman.vka.KernelError;

/**
 * What a system call answers: an error, or success with the words that the invocation returns.
 *
 * @param error {@link KernelError#NO_ERROR}, or what was wrong
 * @param words the returned message registers: results, or the details of the error
 */
public record KernelReply(KernelError error, List<Long> words) {
    private static final KernelReply OK = new KernelReply(KernelError.NO_ERROR, List.of());

    /**
     * A reply without results.
     *
     * @param error {@link KernelError#NO_ERROR}, or what was wrong
     * @return the reply, with the error's details
     */
    public static KernelReply of(KernelError error) {
        if (!error.failed()) {
            return OK;
        }
        return new KernelReply(error, Arrays.stream(error.details()).boxed().toList());
    }

    /**
     * A successful reply with one result.
     *
     * @param word the result
     * @return the reply
     */
    public static KernelReply value(long word) {
        return new KernelReply(KernelError.NO_ERROR, List.of(word));
    }
}
