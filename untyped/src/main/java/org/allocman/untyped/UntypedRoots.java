package org.allocman.untyped;

import static org.allocman.untyped.ManagerState.ROOM;
import static org.allocman.untyped.ManagerState.ROOTS;
import static org.allocman.untyped.ManagerState.TABLE;
import static org.allocman.untyped.RootRecord.BASE;
import static org.allocman.untyped.RootRecord.KIND;
import static org.allocman.untyped.RootRecord.SIZE_BITS;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The untypeds that were handed over to a manager: references to their records, 4 bytes each, in a table by physical
 * address. More can come, as many as the table has room for, and one that is whole can go again.
 */
public final class UntypedRoots {
    private static final MemoryKind[] KINDS = MemoryKind.values();

    private final Memory memory;
    private final long state;
    private final RecordStore records;
    private final RecordStore.Use use;
    private final RootHolder holder;
    private final DeviceTypes deviceTypes;

    UntypedRoots(
            Memory memory,
            long state,
            RecordStore records,
            RecordStore.Use use,
            RootHolder holder,
            Architecture architecture) {
        this.memory = memory;
        this.state = state;
        this.records = records;
        this.use = use;
        this.holder = holder;
        this.deviceTypes = DeviceTypes.of(architecture);
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
     * @param room for how many untypeds
     * @return bytes, a multiple of 8
     */
    public static @Bytes long tableBytes(long room) {
        return (room * Integer.BYTES + 7) / Long.BYTES * Long.BYTES;
    }

    /**
     * Takes untypeds over. Once only, before anything else.
     *
     * @param table address of {@link #tableBytes} bytes, all zero
     * @param room for how many untypeds the table is, those that come later included
     * @param roots the untypeds, none overlapping another, at most as many as there is room for, in the order in which the
     *     manager is to meet them
     * @return true; false, with nothing changed, if there are too few records
     */
    public boolean adopt(long table, int room, List<Root> roots) {
        TABLE.set(memory, state, table);
        ROOM.set(memory, state, room);
        List<Root> sorted = roots.stream()
                .sorted((left, right) -> Long.compareUnsigned(
                        left.untyped().paddr(), right.untyped().paddr()))
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            long record = newRecord(sorted.get(i), true);
            if (record == 0) {
                forget(i);
                return false;
            }
            setEntry(i, record);
        }
        ROOTS.set(memory, state, sorted.size());
        for (Root root : roots) {
            holder.enter(holding(root.untyped().paddr(), 0), root.untyped());
        }
        return true;
    }

    private void forget(int entries) {
        for (int i = entries - 1; i >= 0; i--) {
            records.giveBack(use, at(i));
            setEntry(i, 0);
        }
        TABLE.set(memory, state, 0);
        ROOM.set(memory, state, 0);
    }

    /**
     * Takes one more untyped over.
     *
     * @param root the untyped; nothing has been made of it
     * @return 0; or {@link Refusal#ALREADY_MANAGED} if it overlaps another, {@link Refusal#TABLE_FULL},
     *     {@link Refusal#OUT_OF_BOOK_KEEPING}, {@link Refusal#OUT_OF_REACH}
     */
    public long add(Root root) {
        Untyped untyped = root.untyped();
        int before = lastUpTo(untyped.last());
        if (before >= 0 && Long.compareUnsigned(last(before), untyped.paddr()) >= 0) {
            return Refusal.ALREADY_MANAGED;
        }
        if (!holder.canEnter(untyped)) {
            return Refusal.OUT_OF_REACH;
        }
        if (count() == ROOM.get(memory, state)) {
            return Refusal.TABLE_FULL;
        }
        long record = newRecord(root, false);
        if (record == 0) {
            return Refusal.OUT_OF_BOOK_KEEPING;
        }
        for (int i = count(); i > before + 1; i--) {
            setEntry(i, at(i - 1));
        }
        setEntry(before + 1, record);
        ROOTS.add(memory, state, 1);
        holder.enter(record, untyped);
        return 0;
    }

    /**
     * Gives an untyped back to whoever handed it over: nothing is made of it any more, and its capability is where it was.
     *
     * @param paddr its physical address
     * @return the cptr of its capability; or {@link Refusal#NOT_MANAGED}, {@link Refusal#IN_USE} if it is not whole
     */
    public long remove(@PhysAddr long paddr) {
        int index = lastUpTo(paddr);
        if (index < 0 || physicalAddress(index) != paddr) {
            return Refusal.NOT_MANAGED;
        }
        long record = at(index);
        if (!holder.isWhole(record)) {
            return Refusal.IN_USE;
        }
        long slot = holder.slot(record);
        holder.leave(record);
        int last = count() - 1;
        for (int i = index; i < last; i++) {
            setEntry(i, at(i + 1));
        }
        setEntry(last, 0);
        ROOTS.add(memory, state, -1);
        records.giveBack(use, record);
        return slot;
    }

    /**
     * How many untypeds there are.
     *
     * @return the number of roots
     */
    public int count() {
        return (int) ROOTS.get(memory, state);
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
    public @SizeBits int sizeBits(int index) {
        return (int) SIZE_BITS.get(memory, at(index));
    }

    /**
     * What memory an untyped is.
     *
     * @param index which, by address
     * @return its kind
     */
    public MemoryKind kind(int index) {
        return KINDS[(int) KIND.get(memory, at(index))];
    }

    /**
     * The capability of an untyped.
     *
     * @param index which, by address
     * @return its cptr
     */
    public @CPtr long slot(int index) {
        return holder.slot(at(index));
    }

    /**
     * Whether an untyped is free as one block.
     *
     * @param index which, by address
     * @return true if nothing is made of it
     */
    public boolean isWhole(int index) {
        return holder.isWhole(at(index));
    }

    /**
     * What memory is at an address.
     *
     * @param paddr the address
     * @return its kind, or null if no untyped of ours holds it
     */
    public @Nullable MemoryKind kindAt(@PhysAddr long paddr) {
        long root = holding(paddr, 0);
        return root == 0 ? null : KINDS[(int) KIND.get(memory, root)];
    }

    /** Whether objects of a type can be made from a kind of memory. */
    boolean allow(MemoryKind kind, int type) {
        return deviceTypes.allow(kind, type);
    }

    /** The record of the root in which an object is wanted, or a refusal: all that can be said before looking inside. */
    long rootFor(int type, int bits, long paddr) {
        long root = holding(paddr, bits);
        if (root == 0) {
            return Refusal.NOT_MANAGED;
        }
        if ((paddr - BASE.get(memory, root) & (1L << bits) - 1) != 0) {
            return Refusal.UNALIGNED;
        }
        return allow(KINDS[(int) KIND.get(memory, root)], type) ? root : Refusal.WRONG_KIND;
    }

    /** The record of the root in which a block lies wholly, or 0. */
    long holding(long paddr, int bits) {
        int index = lastUpTo(paddr);
        if (index < 0) {
            return 0;
        }
        long root = at(index);
        int size = (int) SIZE_BITS.get(memory, root);
        return paddr - BASE.get(memory, root) >>> size == 0 && bits <= size ? root : 0;
    }

    /** The record of a root. */
    long at(int index) {
        return at(TABLE.get(memory, state), index);
    }

    private long at(long table, int index) {
        return Reference.target(Integer.toUnsignedLong(memory.load32(table + (long) index * Integer.BYTES, 0)));
    }

    /** The last root that begins at or before an address; -1 if there is none. */
    private int lastUpTo(long paddr) {
        long table = TABLE.get(memory, state);
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            if (Long.compareUnsigned(BASE.get(memory, at(table, middle)), paddr) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private long last(int index) {
        return physicalAddress(index) + ((1L << sizeBits(index)) - 1);
    }

    private long newRecord(Root root, boolean own) {
        long record = records.take(use, own);
        if (record != 0) {
            BASE.set(memory, record, root.untyped().paddr());
            SIZE_BITS.set(memory, record, root.untyped().sizeBits());
            KIND.set(memory, record, root.kind().ordinal());
        }
        return record;
    }

    private void setEntry(int index, long record) {
        memory.store32(TABLE.get(memory, state) + (long) index * Integer.BYTES, 0, (int) Reference.to(record));
    }
}
