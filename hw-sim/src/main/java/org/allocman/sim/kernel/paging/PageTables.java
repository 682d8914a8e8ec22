package org.allocman.sim.kernel.paging;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.Walk;
import org.allocman.vka.PagingLevel;

/**
 * Page tables as words in physical memory, and the walk through them. A place where a walk stopped is one number, so that
 * walking makes no object: see {@link #entryOf} and {@link #bitsLeft}.
 */
public final class PageTables {
    private static final int PLACE_SHIFT = 6;
    private static final int PLACE_BITS = (1 << PLACE_SHIFT) - 1;

    private final PagedMemory memory;
    private final EntryFormat format;
    private final int entryShift;
    private final int[] levels;
    private final int[] indexMasks;

    /**
     * Page tables as a kernel has them.
     *
     * @param memory the physical memory
     * @param behaviour that of one with paging
     */
    public PageTables(PagedMemory memory, ArchitectureBehaviour behaviour) {
        this(
                memory,
                behaviour.entries(),
                behaviour.architecture().wordBits(),
                behaviour.architecture().levels());
    }

    /** Tables of any format and levels. */
    PageTables(PagedMemory memory, EntryFormat format, int wordBits, List<PagingLevel> all) {
        this.memory = memory;
        this.format = format;
        this.entryShift = format.entryShift(wordBits);
        this.levels = all.stream().mapToInt(PagingLevel::entryBits).toArray();
        this.indexMasks =
                all.stream().mapToInt(level -> (1 << level.indexBits()) - 1).toArray();
    }

    EntryFormat format() {
        return format;
    }

    /** How many levels there are. */
    int levels() {
        return levels.length;
    }

    /** Bits of the address left below a level, 0 being the root's. */
    int levelBits(int level) {
        return levels[level];
    }

    /** How many entries a table of a level has. */
    int entries(int level) {
        return indexMasks[level] + 1;
    }

    /** An entry of a table. */
    long entry(@PhysAddr long table, int index) {
        return load(table + ((long) index << entryShift));
    }

    /**
     * Walks down while entries lead to tables.
     *
     * @param root the address space's root
     * @param vaddr where to
     * @param stop bits left at which to stop even at a table; {@link #PAGE_BITS} for all the way
     * @return where the walk stopped
     */
    long walk(@PhysAddr long root, @VirtAddr long vaddr, int stop) {
        long table = root;
        for (int level = 0; level < levels.length; level++) {
            int bits = levels[level];
            long entryAddress = table + ((vaddr >>> bits & indexMasks[level]) << entryShift);
            long entry = load(entryAddress);
            if (bits <= stop || !format.isTable(entry, bits)) {
                return entryAddress << PLACE_SHIFT | bits;
            }
            table = format.address(entry, bits);
        }
        throw new IllegalStateException("an entry of the last level leads to a table");
    }

    /**
     * Looks for the entry that leads to a table.
     *
     * @param root the address space's root
     * @param vaddr an address that the table covers
     * @param table the table
     * @return the place of the entry; negative if there is none on the way
     */
    long placeOfTable(@PhysAddr long root, @VirtAddr long vaddr, @PhysAddr long table) {
        for (int level = 0; level < levels.length - 1; level++) {
            long place = walk(root, vaddr, levels[level]);
            long entry = load(entryOf(place));
            if (bitsLeft(place) != levels[level] || !format.isTable(entry, levels[level])) {
                return -1;
            }
            if (format.address(entry, levels[level]) == table) {
                return place;
            }
        }
        return -1;
    }

    /** Where a place's entry is in memory. */
    static @PhysAddr long entryOf(long place) {
        return place >>> PLACE_SHIFT;
    }

    /** How many bits of the virtual address were left at a place. */
    static int bitsLeft(long place) {
        return (int) place & PLACE_BITS;
    }

    /** The entry at a place. */
    long at(long place) {
        return load(entryOf(place));
    }

    /** Whether the entry at a place leads to a table or maps memory. */
    boolean isTaken(long place) {
        long entry = at(place);
        return format.isTable(entry, bitsLeft(place)) || format.isPage(entry, bitsLeft(place));
    }

    /** Whether the entry at a place leads to a table. */
    boolean isTable(long place) {
        return format.isTable(at(place), bitsLeft(place));
    }

    /** Whether the entry at a place maps a frame of some size and address. */
    boolean maps(long place, @PhysAddr long frame, @SizeBits int frameBits) {
        int bits = bitsLeft(place);
        long entry = at(place);
        return format.isPage(entry, bits)
                && format.pageBits(entry, bits) == frameBits
                && format.address(entry, bits) == frame;
    }

    /** Whether one of the entries that a frame would fill leads to a table or is part of a frame of another size. */
    boolean holdsOther(long place, @SizeBits int frameBits) {
        int bits = bitsLeft(place);
        int count = 1 << Math.max(0, frameBits - bits);
        for (int i = 0; i < count; i++) {
            long entry = load(entryOf(place) + ((long) i << entryShift));
            if (format.isTable(entry, bits)
                    || format.isPage(entry, bits) && format.pageBits(entry, bits) != frameBits) {
                return true;
            }
        }
        return false;
    }

    /** Writes the same entry as often as a frame needs it, from a place on. */
    void put(long place, @SizeBits int frameBits, long entry) {
        int count = 1 << Math.max(0, frameBits - bitsLeft(place));
        for (int i = 0; i < count; i++) {
            store(entryOf(place) + ((long) i << entryShift), entry);
        }
    }

    /** Writes an entry. */
    void put(long place, long entry) {
        store(entryOf(place), entry);
    }

    /**
     * Fills the kernel's half of a root, where the hardware wants it there: the upper half maps physical memory from the
     * window's first address on: 0 on 64 bits, on riscv32 the first address of that half itself.
     *
     * @param root an address space's root that is in force from now on
     */
    public void putKernel(@PhysAddr long root) {
        int half = indexMasks[0] + 1 >>> 1;
        int first = entryShift == 3 ? 0 : half;
        for (int i = 0; i < half; i++) {
            long entry = format.kernel((long) (first + i) << levels[0]);
            if (entry == 0) {
                return;
            }
            store(root + ((long) (half + i) << entryShift), entry);
        }
    }

    /** The level at which a frame is entered: its size, or the next smaller one that has a table of its own. */
    int levelFor(@SizeBits int frameBits) {
        int best = levels[levels.length - 1];
        for (int bits : levels) {
            if (bits <= frameBits) {
                return bits;
            }
        }
        return best;
    }

    /**
     * Puts a table into the first free entry on the way to an address; for boot, which knows that there is one.
     *
     * @param root the address space's root
     * @param vaddr where to
     * @param table the table, all zero
     * @return bits left below the entry: the table covers 2^bits bytes
     */
    public int bootTable(@PhysAddr long root, @VirtAddr long vaddr, @PhysAddr long table) {
        long place = walk(root, vaddr, PAGE_BITS);
        put(place, format.table(table, 0));
        return bitsLeft(place);
    }

    /**
     * Maps a small frame, readable and writable; for boot, which has put the tables there.
     *
     * @param root the address space's root
     * @param vaddr where to
     * @param frame the frame
     * @param attributes caching and execution, as the architecture encodes them
     */
    public void bootPage(@PhysAddr long root, @VirtAddr long vaddr, @PhysAddr long frame, long attributes) {
        put(walk(root, vaddr, PAGE_BITS), format.page(frame, PAGE_BITS, format.readWrite(), attributes));
    }

    /**
     * Translates an address as the MMU does for user code.
     *
     * @param root the address space's root
     * @param vaddr virtual address of a page of 4 KiB
     * @return its physical address with the flags of {@link Walk}; 0 if it is not mapped
     */
    public long translate(@PhysAddr long root, @VirtAddr long vaddr) {
        int top = levels[0];
        if (vaddr >>> top > indexMasks[0]) {
            return 0;
        }
        long place = walk(root, vaddr, PAGE_BITS);
        int bits = bitsLeft(place);
        long entry = at(place);
        if (!format.isPage(entry, bits)) {
            return 0;
        }
        long access = format.access(entry, bits);
        long inFrame = vaddr & (1L << format.pageBits(entry, bits)) - 1;
        return access == 0 ? 0 : format.address(entry, bits) + (inFrame & -1L << PAGE_BITS) | access;
    }

    /**
     * Looks for what an address maps, whoever may see it.
     *
     * @param root the address space's root
     * @param vaddr virtual address of a page of 4 KiB
     * @return the physical address of its page; -1 if nothing is mapped
     */
    public long mapped(@PhysAddr long root, @VirtAddr long vaddr) {
        if (vaddr >>> levels[0] > indexMasks[0]) {
            return -1;
        }
        long place = walk(root, vaddr, PAGE_BITS);
        int bits = bitsLeft(place);
        long entry = at(place);
        if (!format.isPage(entry, bits)) {
            return -1;
        }
        long inFrame = vaddr & (1L << format.pageBits(entry, bits)) - 1;
        return format.address(entry, bits) + (inFrame & -1L << PAGE_BITS);
    }

    private long load(long entry) {
        return entryShift == 3 ? memory.load64(entry, 0) : Integer.toUnsignedLong(memory.load32(entry, 0));
    }

    private void store(long entry, long value) {
        if (entryShift == 3) {
            memory.store64(entry, 0, value);
        } else {
            memory.store32(entry, 0, (int) value);
        }
    }
}
