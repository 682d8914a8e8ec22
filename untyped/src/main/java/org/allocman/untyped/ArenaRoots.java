package org.allocman.untyped;

import static org.allocman.untyped.ArenaRecord.BASE;
import static org.allocman.untyped.ArenaRecord.CHILD_BITS;
import static org.allocman.untyped.ArenaRecord.CHILD_SLOTS;
import static org.allocman.untyped.ArenaRecord.FREE;
import static org.allocman.untyped.ArenaRecord.IS_ROOT;
import static org.allocman.untyped.ArenaRecord.KIND;
import static org.allocman.untyped.ArenaRecord.MADE;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;

/** The untypeds that were handed over: arenas with one child, in a table by physical address. */
public final class ArenaRoots {
    private final Memory memory;
    private final long state;
    private final RecordStore records;
    private final ArenaLists lists;
    private final ArenaTree tree;

    ArenaRoots(Memory memory, long state, RecordStore records, ArenaLists lists, ArenaTree tree) {
        this.memory = memory;
        this.state = state;
        this.records = records;
        this.lists = lists;
        this.tree = tree;
    }

    /**
     * An untyped and what memory it is.
     *
     * @param untyped the untyped; nothing has been made of it
     * @param kind its kind
     */
    public record Root(Untyped untyped, MemoryKind kind) {}

    /**
     * The memory the table takes.
     *
     * @param count how many untypeds
     * @return bytes, a multiple of 8
     */
    public static @Bytes long tableBytes(long count) {
        return (count * Integer.BYTES + 7) / Long.BYTES * Long.BYTES;
    }

    /**
     * Takes untypeds over. Once only, before anything else.
     *
     * @param table address of {@link #tableBytes} bytes, all zero
     * @param roots the untypeds, by physical address, none overlapping another
     * @return true; false, with nothing changed, if there are too few records
     */
    public boolean adopt(long table, List<Root> roots) {
        for (int i = roots.size() - 1; i >= 0; i--) {
            long record = records.take(RecordStore.Use.ARENA, true);
            if (record == 0) {
                for (int j = i + 1; j < roots.size(); j++) {
                    long taken = at(table, j);
                    lists.remove(taken);
                    records.giveBack(RecordStore.Use.ARENA, taken);
                    memory.store32(table + (long) j * Integer.BYTES, 0, 0);
                }
                return false;
            }
            Untyped untyped = roots.get(i).untyped();
            BASE.set(memory, record, untyped.paddr());
            CHILD_BITS.set(memory, record, untyped.sizeBits());
            KIND.set(memory, record, roots.get(i).kind().ordinal());
            IS_ROOT.set(memory, record, 1);
            MADE.set(memory, record, 1);
            FREE.set(memory, record, 1);
            CHILD_SLOTS.set(memory, record, untyped.slot());
            memory.store32(table + (long) i * Integer.BYTES, 0, (int) ArenaRecord.reference(record));
            lists.push(record);
        }
        ArenaState.ROOT_TABLE.set(memory, state, table);
        ArenaState.ROOT_COUNT.set(memory, state, roots.size());
        return true;
    }

    /**
     * How many untypeds there are.
     *
     * @return the number of roots
     */
    public int count() {
        return (int) ArenaState.ROOT_COUNT.get(memory, state);
    }

    /**
     * Where an untyped is.
     *
     * @param index which, by address
     * @return its physical address
     */
    public @PhysAddr long physicalAddress(int index) {
        return BASE.get(memory, at(index));
    }

    /**
     * How large an untyped is.
     *
     * @param index which, by address
     * @return its size in bits
     */
    public int sizeBits(int index) {
        return (int) CHILD_BITS.get(memory, at(index));
    }

    /**
     * Whether an untyped is free as one block.
     *
     * @param index which, by address
     * @return true if nothing is made of it
     */
    public boolean isWhole(int index) {
        return FREE.get(memory, at(index)) != 0;
    }

    /** The root in which a block lies wholly, or 0. */
    long holding(long paddr, int bits) {
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long root = at(middle);
            long base = BASE.get(memory, root);
            int size = (int) CHILD_BITS.get(memory, root);
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

    /** With nothing live: free roots in address order, their generations forgotten, as at the start. */
    void tidy() {
        for (int i = count() - 1; i >= 0; i--) {
            long root = at(i);
            if (FREE.get(memory, root) != 0) {
                ArenaRecord.setGeneration(memory, root, 0, 0);
                tree.giveBackObjectSlots(root);
                lists.remove(root);
                lists.push(root);
            }
        }
    }

    long at(int index) {
        return at(ArenaState.ROOT_TABLE.get(memory, state), index);
    }

    private long at(long table, int index) {
        return ArenaRecord.record(Integer.toUnsignedLong(memory.load32(table + (long) index * Integer.BYTES, 0)));
    }
}
