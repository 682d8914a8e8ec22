package org.allocman.sim.kernel;

import java.util.Arrays;
import org.allocman.qual.CPtr;

/**
 * What a thread sends with a system call: a label, words, and cptrs of extra capabilities. Either may be fewer than the
 * invocation wants.
 *
 * @param label which invocation, as the architecture numbers them
 * @param words the message's words; on 32-bit kernels the low halves count
 * @param capabilities cptrs of the extra capabilities
 */
public record KernelMessage(long label, long[] words, @CPtr long[] capabilities) {
    /**
     * How many words there are.
     *
     * @return words
     */
    public int length() {
        return words.length;
    }

    /**
     * A word.
     *
     * @param index which, from 0
     * @return the word; 0 if the message is shorter
     */
    public long word(int index) {
        return index < words.length ? words[index] : 0;
    }

    /** The message with the label that it has without MCS. */
    KernelMessage withoutMcs() {
        return new KernelMessage(Labels.withoutMcs(label), words, capabilities);
    }

    /** The message as a kernel of narrower words reads it. */
    KernelMessage masked(long wordMask) {
        if (wordMask == -1) {
            return this;
        }
        return new KernelMessage(
                label & wordMask,
                Arrays.stream(words).map(word -> word & wordMask).toArray(),
                capabilities);
    }
}
