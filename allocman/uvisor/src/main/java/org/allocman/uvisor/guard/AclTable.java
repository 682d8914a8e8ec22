package org.allocman.uvisor.guard;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;

/** The regions that boxes may reach whatever the pool does: their static memory, and devices. */
public final class AclTable {
    /*
     *    0          4          8          12
     *   +----------+----------+----------+--------------------------------------+
     *   | base     | bytes    | box      | 9 first | 8 writable | 7..0 disabled |   a record; the first word of all is the
     *   +----------+----------+----------+--------------------------------------+   number of records
     */
    /** The most regions of all boxes together, as in uVisor. */
    public static final int MOST = 64;

    /** In place of a region's number: there is none. */
    public static final int NONE = -1;

    private static final HalfWord COUNT = new HalfWord("regions", 0);
    private static final HalfWord BASE = new HalfWord("base", 0);
    private static final HalfWord SIZE = new HalfWord("bytes", 4);
    private static final HalfWord BOX = new HalfWord("box", 8);
    private static final Bits DISABLED = new Bits("disabled eighths", 8, 32, 8);
    private static final Bits WRITABLE = new Bits("writable", 8, 40, 1);
    private static final Bits FIRST = new Bits("loaded first", 8, 41, 1);
    private static final int EIGHTHS = 8;
    private static final int HEADER = 16;
    private static final int RECORD = 16;

    private final Memory memory;
    private final @PhysAddr long state;

    /**
     * A view of the table at an address; all zero it is empty.
     *
     * @param memory where it lies, as privileged code sees it
     * @param state address of {@link #bytes} bytes, a multiple of 16
     */
    public AclTable(Memory memory, @PhysAddr long state) {
        this.memory = memory;
        this.state = state;
    }

    /**
     * The memory a table takes.
     *
     * @param regions how many regions it is to hold, up to {@link #MOST}
     * @return bytes, a multiple of 16
     */
    public static @Bytes long bytes(int regions) {
        return HEADER + (long) regions * RECORD;
    }

    /**
     * Adds a region.
     *
     * @param box who may reach it
     * @param base the first byte
     * @param bytes how many, less than 2^32
     * @param writable whether the box may write it
     * @param disabled a bit for each eighth that is switched off
     * @param first whether a switch to the box always loads it
     */
    public void add(int box, @PhysAddr long base, @Bytes long bytes, boolean writable, int disabled, boolean first) {
        long at = at(count());
        BASE.set(memory, at, base);
        SIZE.set(memory, at, bytes);
        BOX.set(memory, at, box);
        DISABLED.set(memory, at, disabled);
        WRITABLE.set(memory, at, writable ? 1 : 0);
        FIRST.set(memory, at, first ? 1 : 0);
        COUNT.add(memory, state, 1);
    }

    /**
     * How many regions there are.
     *
     * @return the number, up to {@link #MOST}
     */
    public int count() {
        return (int) COUNT.get(memory, state);
    }

    /**
     * The region in which a box may reach an address.
     *
     * @param box which
     * @param address any address
     * @param write whether it is to be written
     * @return the region's number, or {@link #NONE}
     */
    public int find(int box, @PhysAddr long address, boolean write) {
        for (int region = 0; region < count(); region++) {
            long offset = address - base(region);
            boolean reaches = box(region) == box && offset >= 0 && offset < size(region);
            if (reaches
                    && (!write || isWritable(region))
                    && (disabled(region) >>> offset * EIGHTHS / size(region) & 1) == 0) {
                return region;
            }
        }
        return NONE;
    }

    int box(int region) {
        return (int) BOX.get(memory, at(region));
    }

    long base(int region) {
        return BASE.get(memory, at(region));
    }

    long size(int region) {
        return SIZE.get(memory, at(region));
    }

    int disabled(int region) {
        return (int) DISABLED.get(memory, at(region));
    }

    boolean isWritable(int region) {
        return WRITABLE.get(memory, at(region)) != 0;
    }

    boolean isFirst(int region) {
        return FIRST.get(memory, at(region)) != 0;
    }

    private long at(int region) {
        return state + HEADER + (long) region * RECORD;
    }
}
