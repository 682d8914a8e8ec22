package org.allocman.untyped;

import static org.allocman.untyped.RootRecord.BASE;
import static org.allocman.untyped.RootRecord.KIND;
import static org.allocman.untyped.RootRecord.SIZE_BITS;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;
import org.allocman.vka.layout.HalfWord;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The untypeds that were handed over, by physical address: references to their records, 4 bytes each. A manager is given
 * it, looks things up in it and changes nothing; {@link UntypedRoots} lets untypeds come and go.
 */
public final class UntypedTable {
    private static final MemoryKind[] KINDS = MemoryKind.values();
    private static final HalfWord COUNT = new HalfWord("number of roots", 0);

    /** Bytes of state beside the table. */
    public static final @Bytes int STATE_BYTES = 8;

    private final Memory memory;
    private final long state;
    private final long table;
    private final int room;
    private final RecordStore records;
    private final RecordKind rootRecord;
    private final DeviceTypes deviceTypes;

    /**
     * A view of the table at an address. All zero means that it is empty.
     *
     * @param memory where it lies
     * @param state address of {@link #STATE_BYTES} bytes, a multiple of 8
     * @param table address of {@link #tableBytes} bytes, a multiple of 8
     * @param room for how many untypeds it is
     * @param records where the records of the untypeds come from
     * @param rootRecord their kind
     * @param architecture says what can be made from device memory
     */
    public UntypedTable(
            Memory memory,
            long state,
            long table,
            int room,
            RecordStore records,
            RecordKind rootRecord,
            Architecture architecture) {
        this.memory = memory;
        this.state = state;
        this.table = table;
        this.room = room;
        this.records = records;
        this.rootRecord = rootRecord;
        this.deviceTypes = DeviceTypes.of(architecture);
    }

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
     * How many untypeds there are.
     *
     * @return the number of roots
     */
    public int count() {
        return (int) COUNT.get(memory, state);
    }

    /**
     * The record of an untyped.
     *
     * @param index which, by address
     * @return its address
     */
    public long at(int index) {
        return Reference.target(Integer.toUnsignedLong(memory.load32(entry(index), 0)));
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
     * What memory is at an address.
     *
     * @param paddr the address
     * @return its kind, or null if no untyped of the table holds it
     */
    public @Nullable MemoryKind kindAt(@PhysAddr long paddr) {
        long root = holding(paddr, 0);
        return root == 0 ? null : KINDS[(int) KIND.get(memory, root)];
    }

    /**
     * Whether objects of a type can be made from a kind of memory.
     *
     * @param kind what memory
     * @param type the object type, as the kernel numbers it
     * @return false for other things than frames and untypeds in device memory
     */
    public boolean allows(MemoryKind kind, int type) {
        return deviceTypes.allow(kind, type);
    }

    /**
     * The untyped in which an object is wanted: all that can be said before looking inside.
     *
     * @param type the object type, as the kernel numbers it
     * @param bits the object's size in bits
     * @param paddr its physical address
     * @return the record of the untyped; or {@link Refusal#NOT_MANAGED}, {@link Refusal#UNALIGNED}, {@link
     *     Refusal#WRONG_KIND}
     */
    public long rootFor(int type, @SizeBits int bits, @PhysAddr long paddr) {
        long root = holding(paddr, bits);
        if (root == 0) {
            return Refusal.NOT_MANAGED;
        }
        if ((paddr - BASE.get(memory, root) & (1L << bits) - 1) != 0) {
            return Refusal.UNALIGNED;
        }
        return allows(KINDS[(int) KIND.get(memory, root)], type) ? root : Refusal.WRONG_KIND;
    }

    /**
     * The untyped in which a block lies wholly.
     *
     * @param paddr the block's physical address
     * @param bits its size in bits
     * @return the record of the untyped, or 0
     */
    public long holding(@PhysAddr long paddr, @SizeBits int bits) {
        int index = lastUpTo(paddr);
        if (index < 0) {
            return 0;
        }
        long root = at(index);
        int size = (int) SIZE_BITS.get(memory, root);
        return paddr - BASE.get(memory, root) >>> size == 0 && bits <= size ? root : 0;
    }

    boolean isFull() {
        return count() == room;
    }

    /** The last untyped that begins at or before an address; -1 if there is none. */
    int lastUpTo(long paddr) {
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            if (Long.compareUnsigned(BASE.get(memory, at(middle)), paddr) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    long last(int index) {
        return physicalAddress(index) + ((1L << sizeBits(index)) - 1);
    }

    /** A record that says where an untyped is, not yet in the table; 0 if there is none. */
    long newRecord(Untyped untyped, MemoryKind kind, Requester requester) {
        long record = records.take(rootRecord, requester);
        if (record != 0) {
            BASE.set(memory, record, untyped.paddr());
            SIZE_BITS.set(memory, record, untyped.sizeBits());
            KIND.set(memory, record, kind.ordinal());
        }
        return record;
    }

    void giveBack(long record) {
        records.giveBack(rootRecord, record);
    }

    void insert(int index, long record) {
        for (int i = count(); i > index; i--) {
            setEntry(i, at(i - 1));
        }
        setEntry(index, record);
        COUNT.add(memory, state, 1);
    }

    void remove(int index) {
        int last = count() - 1;
        for (int i = index; i < last; i++) {
            setEntry(i, at(i + 1));
        }
        setEntry(last, 0);
        COUNT.add(memory, state, -1);
    }

    private void setEntry(int index, long record) {
        memory.store32(entry(index), 0, (int) Reference.to(record));
    }

    private long entry(int index) {
        return table + (long) index * Integer.BYTES;
    }
}
