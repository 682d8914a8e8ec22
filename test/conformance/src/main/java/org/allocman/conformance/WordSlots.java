package org.allocman.conformance;

import java.util.Arrays;
import org.allocman.qual.CPtr;
import org.allocman.untyped.Requester;
import org.allocman.untyped.SlotRuns;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;

/**
 * Single slots in the order in which libsel4allocman's one-level CSpace gives them out: words of 64 slots are counted from
 * the first slot; the highest free slot of the current word is next, and when the word has none, the next word with a free
 * slot becomes the current one, in a circle. Slots behind the last whole word are never used.
 */
final class WordSlots implements SlotRuns {
    private static final int WORD = 64;

    private final long first;
    private final int depth;
    private final long[] free;
    private int current;

    WordSlots(Architecture architecture, @CPtr long start, @CPtr long end) {
        this.first = start;
        this.depth = architecture.wordBits();
        this.free = new long[(int) ((end - start) / WORD)];
        Arrays.fill(free, -1);
    }

    @Override
    public long takeRun(int count, Requester requester) {
        if (count != 1 || !findWord()) {
            return 0;
        }
        int bit = WORD - 1 - Long.numberOfLeadingZeros(free[current]);
        free[current] &= ~(1L << bit);
        return first + (long) current * WORD + bit;
    }

    private boolean findWord() {
        for (int tried = 0; tried < free.length; tried++) {
            int word = (current + tried) % free.length;
            if (free[word] != 0) {
                current = word;
                return true;
            }
        }
        return false;
    }

    @Override
    public void giveBackRun(long slot, int count) {
        for (long at = slot; at < slot + count; at++) {
            free[(int) ((at - first) / WORD)] |= 1L << at - first;
        }
    }

    /** Whether a slot is one of ours and free. */
    boolean isFree(long slot) {
        long index = slot - first;
        return index >= 0 && index / WORD < free.length && (free[(int) (index / WORD)] >>> index & 1) != 0;
    }

    @Override
    public long root() {
        return BootSlots.CNODE;
    }

    @Override
    public int depth() {
        return depth;
    }
}
