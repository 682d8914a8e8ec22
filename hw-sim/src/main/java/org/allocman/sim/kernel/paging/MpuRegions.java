package org.allocman.sim.kernel.paging;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.HalfWord;

/**
 * An address space without page tables: the regions that a Cortex-M's MPU is loaded with when a thread runs in it. Virtual
 * addresses are the physical ones.
 */
public final class MpuRegions {
    /*
     * Eight records of 16 bytes, behind them 128 bytes that are free. A region is a power of two of bytes, at least 32, at
     * a multiple of its size. Each of its eight eighths can be switched off (Armv7-M ARM, "MPU Region Attribute and Size
     * Register"); the one with the highest number wins where regions overlap.
     */
    /** How many regions there are. */
    public static final int COUNT = 8;

    /** In place of the number of a region: there is none. */
    static final int NONE = -1;

    private static final int BYTES_SHIFT = 4;
    private static final int EIGHTH_SHIFT = 3;
    private static final int ALL_EIGHTHS = 0xff;
    private static final HalfWord BASE = new HalfWord("base", 0);
    private static final HalfWord SIZE_BITS = new HalfWord("size bits, 0 for a free region", 4);
    private static final HalfWord RIGHTS = new HalfWord("rights", 8);
    private static final HalfWord DISABLED = new HalfWord("disabled eighths", 12);

    /** Rights of the kernel alone. */
    static final int KERNEL_ONLY = 1;

    /** Rights to read only. */
    static final int READ_ONLY = 2;

    /** Rights to read and write. */
    public static final int READ_WRITE = 3;

    private final PagedMemory memory;

    /**
     * Regions in some memory.
     *
     * @param memory the physical memory
     */
    public MpuRegions(PagedMemory memory) {
        this.memory = memory;
    }

    /**
     * Fills a region.
     *
     * @param space the address space
     * @param region its number
     * @param base first byte, physical and virtual at once, a multiple of the size
     * @param sizeBits its size
     * @param rights 1 for the kernel alone, 2 to read only, 3 to read and write
     * @param disabled a bit for each eighth that is switched off, the lowest address first
     */
    public void put(@PhysAddr long space, int region, long base, @SizeBits int sizeBits, int rights, int disabled) {
        long at = at(space, region);
        BASE.set(memory, at, base);
        SIZE_BITS.set(memory, at, sizeBits);
        RIGHTS.set(memory, at, rights);
        DISABLED.set(memory, at, disabled);
    }

    /** A region that is free, the lowest; or {@link #NONE}. */
    int free(@PhysAddr long space) {
        for (int region = 0; region < COUNT; region++) {
            if (SIZE_BITS.get(memory, at(space, region)) == 0) {
                return region;
            }
        }
        return NONE;
    }

    /** The region that is just a frame, or {@link #NONE}. */
    int exactly(@PhysAddr long space, @PhysAddr long frame, @SizeBits int sizeBits) {
        for (int region = 0; region < COUNT; region++) {
            long at = at(space, region);
            if (SIZE_BITS.get(memory, at) == sizeBits && BASE.get(memory, at) == frame) {
                return region;
            }
        }
        return NONE;
    }

    /**
     * Unmaps a frame: frees its region, or switches its eighths off in a region that is larger.
     *
     * @param space the address space
     * @param frame the frame
     * @param sizeBits its size
     */
    void remove(@PhysAddr long space, @PhysAddr long frame, @SizeBits int sizeBits) {
        int own = exactly(space, frame, sizeBits);
        if (own != NONE) {
            put(space, own, 0, 0, 0, 0);
            return;
        }
        for (int region = 0; region < COUNT; region++) {
            long at = at(space, region);
            int eighthBits = (int) SIZE_BITS.get(memory, at) - EIGHTH_SHIFT;
            long offset = frame - BASE.get(memory, at);
            if (eighthBits > 0 && offset >= 0 && offset >>> eighthBits + EIGHTH_SHIFT == 0 && sizeBits >= eighthBits) {
                int eighths = (1 << (1 << sizeBits - eighthBits)) - 1 << (int) (offset >>> eighthBits);
                int disabled = (int) DISABLED.get(memory, at) | eighths;
                if (disabled == ALL_EIGHTHS) {
                    put(space, region, 0, 0, 0, 0);
                } else {
                    DISABLED.set(memory, at, disabled);
                }
            }
        }
    }

    /**
     * What the MPU lets user code do.
     *
     * @param space the address space
     * @param address any address, physical and virtual at once
     * @return the flags of {@link EntryFormat#access}, 0 for nothing
     */
    long access(@PhysAddr long space, long address) {
        for (int region = COUNT - 1; region >= 0; region--) {
            long at = at(space, region);
            int sizeBits = (int) SIZE_BITS.get(memory, at);
            long offset = address - BASE.get(memory, at);
            if (sizeBits == 0 || offset < 0 || offset >>> sizeBits != 0) {
                continue;
            }
            if ((DISABLED.get(memory, at) >>> (offset >>> sizeBits - EIGHTH_SHIFT) & 1) == 0) {
                long rights = RIGHTS.get(memory, at);
                return rights == READ_WRITE
                        ? EntryFormat.READABLE | EntryFormat.WRITABLE
                        : rights == READ_ONLY ? EntryFormat.READABLE : 0;
            }
        }
        return 0;
    }

    private static long at(long space, int region) {
        return space + ((long) region << BYTES_SHIFT);
    }
}
