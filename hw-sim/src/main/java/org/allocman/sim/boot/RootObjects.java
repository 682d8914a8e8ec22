package org.allocman.sim.boot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;

/**
 * Where boot has put the objects of the root task.
 *
 * @param all the whole of them
 * @param cnode the root CNode
 * @param vspace the address space's root
 * @param asidPool the ASID pool; meaningless where there is none
 * @param ipcBuffer the frame with the IPC buffer
 * @param bootInfo the frame with the boot info
 * @param extra the frames with the extra boot info; meaningless where there is none
 * @param tables the first paging structure below the root; the others follow it
 * @param tcb the TCB
 * @param context with MCS the scheduling context; meaningless without
 */
record RootObjects(
        Span all,
        @PhysAddr long cnode,
        @PhysAddr long vspace,
        @PhysAddr long asidPool,
        @PhysAddr long ipcBuffer,
        @PhysAddr long bootInfo,
        @PhysAddr long extra,
        @PhysAddr long tables,
        @PhysAddr long tcb,
        @PhysAddr long context) {
    /*
     * The order in memory is by size, the largest first, so that each is aligned to its own size without a gap. Between
     * equals it is the order of the constants. That is what seL4's create_rootserver_objects comes to.
     */
    private enum Kind {
        EXTRA,
        VSPACE,
        CNODE,
        ASID_POOL,
        IPC_BUFFER,
        BOOT_INFO,
        TCB,
        TABLES,
        CONTEXT
    }

    private record Item(Kind kind, @SizeBits int bits, int count) {}

    static RootObjects at(@PhysAddr long start, RootObjectSizes sizes) {
        List<Item> items = new ArrayList<>(List.of(
                new Item(Kind.EXTRA, sizes.extraBits(), 1),
                new Item(Kind.VSPACE, sizes.vspaceBits(), 1),
                new Item(Kind.CNODE, sizes.cnodeBits(), 1),
                new Item(Kind.ASID_POOL, sizes.asidPoolBits(), 1),
                new Item(Kind.IPC_BUFFER, sizes.ipcBufferBits(), 1),
                new Item(Kind.BOOT_INFO, sizes.bootInfoBits(), 1),
                new Item(Kind.TCB, sizes.tcbBits(), 1),
                new Item(Kind.TABLES, sizes.tableBits(), sizes.tables()),
                new Item(Kind.CONTEXT, sizes.contextBits(), 1)));
        items.sort(Comparator.comparingInt(Item::bits).reversed());
        long[] at = new long[Kind.values().length];
        long next = start;
        for (Item item : items) {
            at[item.kind.ordinal()] = next;
            next += item.count * RootObjectSizes.bytes(item.bits);
        }
        return new RootObjects(
                new Span(start, next),
                at[Kind.CNODE.ordinal()],
                at[Kind.VSPACE.ordinal()],
                at[Kind.ASID_POOL.ordinal()],
                at[Kind.IPC_BUFFER.ordinal()],
                at[Kind.BOOT_INFO.ordinal()],
                at[Kind.EXTRA.ordinal()],
                at[Kind.TABLES.ordinal()],
                at[Kind.TCB.ordinal()],
                at[Kind.CONTEXT.ordinal()]);
    }
}
