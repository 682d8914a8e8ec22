package org.allocman.child;

import static org.allocman.vka.PageSize.PAGE;
import static org.allocman.vka.PageSize.PAGE_BITS;

import org.allocman.manager.Allocman;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where a child manager lies, how it grows, and how much it may have.
 *
 * @param ledger address of memory in which the child writes down what it has from its parent, a multiple of 8; mapped, all zero,
 *     not the child's own. A piece of the parent's pools will do
 * @param ledgerBytes its size, at most a page or else a multiple of 32; 32 bytes for each page, paging structure, untyped and
 *     word of 64 slots that the child has at a time, and 32 more
 * @param pools address of the child's pools, a multiple of 4096; nothing is mapped there
 * @param windowBytes greatest size of the virtual pool, which follows the static pool; 0 for none
 * @param vspace cptr of the address space in which the pools are
 * @param slotEnd one more than the greatest slot number of the parent's CSpace
 * @param nodeBits radix of the CNodes in which the parent's slots are, 6 or more; 0 if all are in the root CNode
 * @param manager how the child manages its untypeds
 * @param stepBits size bits of the untyped that the child asks for at a time, if a request needs none that is larger, and of the
 *     first one; 12 or more
 * @param mostUntypeds how many untypeds the child can have at a time, 1 or more
 * @param mostBytes the quota of memory: the greatest sum of the sizes of all objects that the child has from its parent
 * @param mostSlots the quota of slots, those of these objects included
 * @param memory what memory the parent has at a physical address; null if it has none there, or does not tell. A child asks for
 *     an address of its parent only where this says what is there
 */
public record ChildOptions(
        @VirtAddr long ledger,
        @Bytes long ledgerBytes,
        @VirtAddr long pools,
        @Bytes long windowBytes,
        @CPtr long vspace,
        @CPtr long slotEnd,
        @SizeBits int nodeBits,
        UntypedDesign manager,
        @SizeBits int stepBits,
        int mostUntypeds,
        @Bytes long mostBytes,
        long mostSlots,
        ParentMemory memory) {
    /** A ledger of this size fits into a piece of a manager's pools and has 125 entries. */
    public static final @Bytes int USUAL_LEDGER = 4032;

    /** Tells what memory a parent has. */
    public interface ParentMemory {
        /**
         * What memory is at an address.
         *
         * @param paddr any physical address
         * @return its kind; null if the parent has none there, or does not tell
         */
        @Nullable
        MemoryKind kindAt(@PhysAddr long paddr);
    }

    private static final @Bytes long USUAL_WINDOW = 1 << 20;
    private static final @SizeBits int USUAL_STEP = 16;
    private static final int USUAL_UNTYPEDS = 32;
    private static final int LEAST_NODE_BITS = 6;

    /**
     * Checks the numbers.
     *
     * @param ledger address of memory for what the child has from its parent, a multiple of 8
     * @param ledgerBytes its size, at most a page or else a multiple of 32
     * @param pools address of the child's pools, a multiple of 4096
     * @param windowBytes greatest size of the virtual pool
     * @param vspace cptr of the address space in which the pools are
     * @param slotEnd one more than the greatest slot number of the parent's CSpace
     * @param nodeBits radix of the CNodes in which the parent's slots are, 6 or more; 0 if all are in the root CNode
     * @param manager how the child manages its untypeds
     * @param stepBits size bits of the untyped that the child asks for at a time
     * @param mostUntypeds how many untypeds the child can have at a time, 1 or more
     * @param mostBytes the quota of memory
     * @param mostSlots the quota of slots
     * @param memory what memory the parent has at a physical address
     * @throws IllegalArgumentException if a number is out of its range
     */
    public ChildOptions {
        check(
                ledger % Long.BYTES == 0 && ledgerBytes >= Ledger.bytesFor(1),
                "a ledger has 64 bytes or more, and begins at" + " a multiple of 8");
        check(Ledger.isInPages(ledger, ledgerBytes), "a ledger lies in one page, or begins at a multiple of 32");
        check(
                pools > 0 && pools % PAGE == 0 && windowBytes >= 0,
                "pools begin at a multiple of 4096, and no size is negative");
        check(
                nodeBits == 0 || nodeBits >= LEAST_NODE_BITS,
                "a child takes slots out of CNodes of radix 6 or more, not " + nodeBits);
        check(slotEnd > 1 && mostUntypeds >= 1, "there are slots, and untypeds");
        check(
                stepBits >= PAGE_BITS && stepBits < Long.SIZE - 1,
                "a child asks for untypeds of a page or more at a time, not of 2^" + stepBits + " bytes");
        check(mostBytes >= 0 && mostSlots >= 0, "a quota is 0 or more");
    }

    private static void check(boolean good, String rule) {
        if (!good) {
            throw new IllegalArgumentException(rule);
        }
    }

    /**
     * Options of a child of a manager, with the usual steps and without quotas.
     *
     * @param parent the manager; the child's parent is a {@code Vka} of it
     * @param ledger address of {@link #USUAL_LEDGER} bytes, for instance a piece of the manager's pools
     * @param pools address of the child's pools, a multiple of 4096, in the address space of the parent's; nothing is mapped from
     *     there on, for 2 MiB
     * @return the options
     */
    public static ChildOptions below(Allocman parent, @VirtAddr long ledger, @VirtAddr long pools) {
        int nodeBits = parent.layout().cspace().secondBits();
        return new ChildOptions(
                ledger,
                USUAL_LEDGER,
                pools,
                USUAL_WINDOW,
                parent.layout().vspace(),
                parent.layout().cspace().slots(),
                nodeBits,
                UntypedDesigns.ARENA,
                USUAL_STEP,
                USUAL_UNTYPEDS,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                parent.untypeds().roots()::kindAt);
    }

    /** The same for a child of a child, whose parent has these options. */
    ChildOptions below(ChildOptions parent) {
        return new ChildOptions(
                ledger,
                ledgerBytes,
                pools,
                windowBytes,
                vspace,
                slotEnd,
                parent.nodeBits,
                manager,
                stepBits,
                mostUntypeds,
                mostBytes,
                mostSlots,
                parent.memory);
    }

    /**
     * The same with a quota.
     *
     * @param bytes the greatest sum of the sizes of all objects that the child has from its parent, 0 or more
     * @param slots the most slots, those of these objects included, 0 or more
     * @return new options
     */
    public ChildOptions withQuota(@Bytes long bytes, long slots) {
        return with(windowBytes, manager, stepBits, bytes, slots);
    }

    /**
     * The same with another way to manage untypeds, and other steps.
     *
     * @param design how the child manages its untypeds
     * @param bits size bits of the untyped that the child asks for at a time
     * @return new options
     */
    public ChildOptions withManager(UntypedDesign design, @SizeBits int bits) {
        return with(windowBytes, design, bits, mostBytes, mostSlots);
    }

    /**
     * The same with another virtual pool.
     *
     * @param bytes its greatest size; 0 for none
     * @return new options
     */
    public ChildOptions withWindow(@Bytes long bytes) {
        return with(bytes, manager, stepBits, mostBytes, mostSlots);
    }

    private ChildOptions with(long window, UntypedDesign design, int step, long bytes, long slots) {
        return new ChildOptions(
                ledger,
                ledgerBytes,
                pools,
                window,
                vspace,
                slotEnd,
                nodeBits,
                design,
                step,
                mostUntypeds,
                bytes,
                slots,
                memory);
    }
}
