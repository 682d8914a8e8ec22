package org.allocman.untyped;

import static org.allocman.untyped.WatermarkRecord.BASE;
import static org.allocman.untyped.WatermarkRecord.KIND;
import static org.allocman.untyped.WatermarkRecord.SIZE_BITS;
import static org.allocman.untyped.WatermarkRecord.SLOT;
import static org.allocman.untyped.WatermarkRecord.USED;

import java.util.List;
import org.allocman.untyped.RecordStore.Use;
import org.allocman.vka.Memory;

/** The untypeds that were handed over, each with its watermark. */
final class TwinkleRoots implements UntypedRoots {
    private final Memory memory;
    private final long state;
    private final RecordStore records;
    private final RootTable table;

    TwinkleRoots(Memory memory, long state, RecordStore records) {
        this.memory = memory;
        this.state = state;
        this.records = records;
        this.table = new RootTable(memory, state);
    }

    /** The order does not matter. */
    @Override
    public boolean adopt(long address, List<Root> roots) {
        if (!table.fill(address, roots, records, Use.WATERMARK)) {
            return false;
        }
        List<Root> sorted = RootTable.sorted(roots);
        long last = 0;
        for (int i = 0; i < sorted.size(); i++) {
            SLOT.set(memory, table.at(i), sorted.get(i).untyped().slot());
            last = sorted.get(i).untyped().last();
        }
        TwinkleState.ADDRESS_WIDTH.set(memory, state, TwinkleHandle.width(last));
        return true;
    }

    @Override
    public int count() {
        return table.count();
    }

    @Override
    public long physicalAddress(int index) {
        return table.physicalAddress(index);
    }

    @Override
    public int sizeBits(int index) {
        return table.sizeBits(index);
    }

    @Override
    public boolean isWhole(int index) {
        return USED.get(memory, at(index)) == 0;
    }

    long at(int index) {
        return table.at(index);
    }

    long holding(long paddr, int bits) {
        return table.holding(paddr, bits);
    }

    /** Bytes of an untyped that are left, before any alignment. */
    long left(long root) {
        return (1L << SIZE_BITS.get(memory, root)) - USED.get(memory, root);
    }

    /**
     * The size in bits of the largest object that can be made in an untyped as long as all of it is free. Boot hands out
     * untypeds that are not aligned to their size, and a handle has no room for the size of an object that is not.
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
    long fullestWithRoom(int kind, int bits) {
        long best = 0;
        for (int i = 0; i < count(); i++) {
            long root = at(i);
            if (KIND.get(memory, root) == kind
                    && bits <= largest(root)
                    && left(root) >>> bits != 0
                    && (best == 0 || left(root) < left(best))) {
                best = root;
            }
        }
        return best;
    }

    long base(long root) {
        return BASE.get(memory, root);
    }
}
