package org.allocman.untyped;

import java.util.Comparator;
import java.util.List;
import org.allocman.untyped.UntypedRoots.Root;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/**
 * The table of roots: references to their records, 4 bytes each, by address. Whatever else a manager's record of a root
 * holds, address, size and kind are where this class says, and the manager's state has the table's address and length.
 */
final class RootTable {
    static final Word BASE = new Word("base", 0);
    static final Bits SIZE_BITS = new Bits("size bits", 8, 0, 6);
    static final Bits KIND = new Bits("kind", 8, 12, 2);

    private static final Word TABLE = new Word("table of roots", 40);
    private static final Word COUNT = new Word("number of roots", 48);

    private final Memory memory;
    private final long state;

    RootTable(Memory memory, long state) {
        this.memory = memory;
        this.state = state;
    }

    /** The roots by address. */
    static List<Root> sorted(List<Root> roots) {
        return roots.stream()
                .sorted(Comparator.comparingLong(root -> root.untyped().paddr()))
                .toList();
    }

    /**
     * Takes a record for each root and writes what all managers write.
     *
     * @return false, with nothing changed, if there are too few records
     */
    boolean fill(long table, List<Root> roots, RecordStore records, RecordStore.Use use) {
        List<Root> sorted = sorted(roots);
        for (int i = 0; i < sorted.size(); i++) {
            long record = records.take(use, true);
            if (record == 0) {
                for (int j = i - 1; j >= 0; j--) {
                    records.giveBack(use, at(table, j));
                    memory.store32(entry(table, j), 0, 0);
                }
                return false;
            }
            BASE.set(memory, record, sorted.get(i).untyped().paddr());
            SIZE_BITS.set(memory, record, sorted.get(i).untyped().sizeBits());
            KIND.set(memory, record, sorted.get(i).kind().ordinal());
            memory.store32(entry(table, i), 0, (int) ArenaRecord.reference(record));
        }
        TABLE.set(memory, state, table);
        COUNT.set(memory, state, sorted.size());
        return true;
    }

    int count() {
        return (int) COUNT.get(memory, state);
    }

    long at(int index) {
        return at(TABLE.get(memory, state), index);
    }

    long physicalAddress(int index) {
        return BASE.get(memory, at(index));
    }

    int sizeBits(int index) {
        return (int) SIZE_BITS.get(memory, at(index));
    }

    /** The record of the root in which a block lies wholly, or 0. */
    long holding(long paddr, int bits) {
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long root = at(middle);
            long base = BASE.get(memory, root);
            int size = (int) SIZE_BITS.get(memory, root);
            if (Long.compareUnsigned(paddr, base) < 0) {
                high = middle - 1;
            } else if (paddr - base >>> size != 0) {
                low = middle + 1;
            } else {
                return bits <= size ? root : 0;
            }
        }
        return 0;
    }

    private long at(long table, int index) {
        return ArenaRecord.record(Integer.toUnsignedLong(memory.load32(entry(table, index), 0)));
    }

    private static long entry(long table, int index) {
        return table + (long) index * Integer.BYTES;
    }
}
