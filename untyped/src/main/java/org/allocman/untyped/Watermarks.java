package org.allocman.untyped;

import static org.allocman.untyped.WatermarkRecord.BASE;
import static org.allocman.untyped.WatermarkRecord.KIND;
import static org.allocman.untyped.WatermarkRecord.SIZE_BITS;
import static org.allocman.untyped.WatermarkRecord.SLOT;
import static org.allocman.untyped.WatermarkRecord.USED;

import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;

/** The untypeds that were handed over, each with its watermark. In which order they came does not matter. */
final class Watermarks {
    private final Memory memory;
    private final long state;

    Watermarks(Memory memory, long state) {
        this.memory = memory;
        this.state = state;
    }

    /** How wide an address is in a handle changes only while there is no handle. */
    boolean canEnter(Untyped untyped) {
        return ManagerState.LIVE.get(memory, state) == 0
                || TwinkleHandle.width(untyped.last()) <= ManagerState.ADDRESS_WIDTH.get(memory, state);
    }

    void enter(long record, Untyped untyped) {
        SLOT.set(memory, record, untyped.slot());
        long width = ManagerState.ADDRESS_WIDTH.get(memory, state);
        ManagerState.ADDRESS_WIDTH.set(memory, state, Math.max(width, TwinkleHandle.width(untyped.last())));
    }

    boolean isWhole(long record) {
        return USED.get(memory, record) == 0;
    }

    long slot(long record) {
        return SLOT.get(memory, record);
    }

    /** Bytes of an untyped that are left, before any alignment. */
    long left(long root) {
        return (1L << SIZE_BITS.get(memory, root)) - USED.get(memory, root);
    }

    /**
     * The size in bits of the largest object that can be made in an untyped as long as all of it is free. An untyped that is
     * larger than a large page may lie at an address that is no multiple of its size ({@link Untyped#respectsAlignment}), and a handle
     * has no room for the size of an object that does.
     */
    int largest(long root) {
        int size = (int) SIZE_BITS.get(memory, root);
        return Math.min(size, Long.numberOfTrailingZeros(BASE.get(memory, root)));
    }

    /** Where the kernel will put the next object of a size, counted from the untyped's start. */
    long next(long root, int bits) {
        return USED.get(memory, root) + (1L << bits) - 1 & -(1L << bits);
    }

    /** The untyped with the least left of those that have room for an object, or 0. */
    long fullestWithRoom(UntypedTable table, int kind, int bits) {
        long best = 0;
        for (int i = 0; i < table.count(); i++) {
            long root = table.at(i);
            if (KIND.get(memory, root) == kind
                    && bits <= largest(root)
                    && left(root) >>> bits != 0
                    && (best == 0 || left(root) < left(best))) {
                best = root;
            }
        }
        return best;
    }
}
