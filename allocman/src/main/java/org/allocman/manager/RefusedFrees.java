package org.allocman.manager;

import java.util.function.LongConsumer;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Word;

/**
 * The frame and the paging structure of a growth that failed, and that the kernel then refused to delete: they are freed
 * before the next growth, so there is never more than one of each.
 */
final class RefusedFrees {
    static final Word FRAME = new Word("frame to free", 0);
    static final Word TABLE = new Word("table to free", 8);
    private static final Word[] ALL = {FRAME, TABLE};

    private final Memory memory;
    private final long state;
    private final UntypedManager untypeds;

    RefusedFrees(Memory memory, long state, UntypedManager untypeds) {
        this.memory = memory;
        this.state = state;
        this.untypeds = untypeds;
    }

    /** Frees an object, or notes that it is to be freed. */
    void free(Word which, long handle) {
        if (untypeds.free(handle) != 0) {
            which.set(memory, state, handle);
        }
    }

    /** Frees what was noted; 0 if nothing is left, or why something is: a refusal. */
    long retry() {
        long left = 0;
        for (Word which : ALL) {
            long handle = which.get(memory, state);
            long refusal = handle == 0 ? 0 : untypeds.free(handle);
            if (handle != 0 && refusal == 0) {
                which.set(memory, state, 0);
            }
            left = refusal == 0 ? left : refusal;
        }
        return left;
    }

    int count() {
        int count = 0;
        for (Word which : ALL) {
            count += which.get(memory, state) == 0 ? 0 : 1;
        }
        return count;
    }

    /** The addresses of the words that hold handles. */
    void visitHandles(LongConsumer words) {
        for (Word which : ALL) {
            words.accept(state + which.offset());
        }
    }
}
