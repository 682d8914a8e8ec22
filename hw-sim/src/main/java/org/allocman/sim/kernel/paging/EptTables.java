package org.allocman.sim.kernel.paging;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.DerivationList;
import org.allocman.sim.kernel.GuestTables;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.PagingLevel;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Extended page tables: the physical addresses of a guest, in four levels below a root that has an ASID as an address space has
 * (seL4, {@code decodeX86EPTInvocation}). Capabilities to them have ASID and address where frames have them, on 64 bits.
 */
final class EptTables implements GuestTables {
    /** The levels, the root first. */
    static final List<PagingLevel> LEVELS = List.of(
            new PagingLevel(ObjectType.EPT_PML4, 39, 9),
            new PagingLevel(ObjectType.EPT_PDPT, 30, 9),
            new PagingLevel(ObjectType.EPT_PD, 21, 9),
            new PagingLevel(ObjectType.EPT_PT, 12, 9));

    /** In a frame's capability: it is mapped for a guest. */
    static final int MAPPED_IN_EPT = 3;

    /** The walk reads no more of an address than this. */
    private static final long ADDRESSES = (1L << 48) - 1;

    private static final int MAPPED = 1;
    private static final int PD_BITS = 21;

    private final PagedMemory memory;
    private final Slots slots;
    private final ObjectTypes types;
    private final ObjectRegions regions;
    private final DerivationList list;
    private final AsidTable asids;
    private final PageTables tables;

    EptTables(
            PagedMemory memory,
            Slots slots,
            ObjectTypes types,
            ObjectRegions regions,
            DerivationList list,
            AsidTable asids) {
        this.memory = memory;
        this.slots = slots;
        this.types = types;
        this.regions = regions;
        this.list = list;
        this.asids = asids;
        this.tables = tables(memory);
    }

    /** The walk through extended page tables. */
    static PageTables tables(PagedMemory memory) {
        return new PageTables(memory, new EptEntries(), Long.SIZE, LEVELS);
    }

    @Override
    public boolean isTable(@PhysAddr long slot) {
        return isRootType(slot) || covers(types.type(slot)) != 0;
    }

    /** Whether it is a root, with an ASID or without. */
    boolean isRootType(@PhysAddr long slot) {
        return slots.type(slot) == CapabilityType.OBJECT && types.type(slot) == ObjectType.EPT_PML4;
    }

    @Override
    public boolean isMapped(@PhysAddr long slot) {
        return isTable(slot) && slots.own().rights(slot) == MAPPED;
    }

    /** Gives a root its ASID. */
    void setAssigned(@PhysAddr long root, int asid) {
        setMapped(root, true);
        slots.mapping().setAsid(root, asid);
        slots.mapping().setVaddr(root, 0);
    }

    private void setMapped(long slot, boolean isMapped) {
        slots.own().setRights(slot, isMapped ? MAPPED : 0);
    }

    /** How many bits of an address a structure below the root covers; 0 for everything else. */
    private static int covers(@Nullable ObjectType type) {
        for (int level = 1; level < LEVELS.size(); level++) {
            if (LEVELS.get(level).table() == type) {
                return LEVELS.get(level - 1).entryBits();
            }
        }
        return 0;
    }

    /** Whether a guest's root is in force: it has its ASID, and the ASID leads to it. */
    private KernelError checkRoot(long root) {
        long found = asids.guestRoot(slots.mapping().asid(root));
        if (found == AsidTable.NONE) {
            return KernelError.failedLookup(false, LookupFault.invalidRoot());
        }
        return found == slots.object(root) ? KernelError.NO_ERROR : KernelError.invalidCapability(1);
    }

    @Override
    public KernelError mapTable(@PhysAddr long table, @PhysAddr long root, @PhysAddr long address) {
        int covers = covers(types.type(table));
        if (covers == 0) {
            return KernelError.illegalOperation();
        }
        if (isMapped(table)) {
            return KernelError.invalidCapability(0);
        }
        // only the lowest level asks a root for its ASID before it looks the ASID up
        if (!isRootType(root) || covers == PD_BITS && !isMapped(root)) {
            return KernelError.invalidCapability(1);
        }
        KernelError error = checkRoot(root);
        if (error.failed()) {
            return error;
        }
        long start = address & ADDRESSES & -1L << covers;
        long place = tables.walk(slots.object(root), start, covers);
        if (PageTables.bitsLeft(place) != covers) {
            return PagedSpaces.missing(PageTables.bitsLeft(place));
        }
        if (tables.isTaken(place)) {
            return KernelError.deleteFirst();
        }
        tables.put(place, tables.format().table(slots.object(table), 0));
        setMapped(table, true);
        slots.mapping().setAsid(table, slots.mapping().asid(root));
        slots.mapping().setVaddr(table, start);
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError unmapTable(@PhysAddr long table) {
        if (!list.isLast(table)) {
            return KernelError.revokeFirst();
        }
        if (isMapped(table)) {
            detach(table);
            memory.clear(slots.object(table), 1L << regions.sizeBits(table));
        }
        setMapped(table, false);
        return KernelError.NO_ERROR;
    }

    /** Clears the entry that leads to a mapped structure, if there still is one. */
    private void detach(long table) {
        long root = asids.guestRoot(slots.mapping().asid(table));
        if (root != AsidTable.NONE) {
            long place = tables.placeOfTable(root, slots.mapping().vaddr(table), slots.object(table));
            if (place >= 0 && PageTables.bitsLeft(place) == covers(types.type(table))) {
                tables.put(place, 0);
            }
        }
    }

    @Override
    public KernelError mapPage(
            @PhysAddr long frame, @PhysAddr long root, @PhysAddr long address, long rights, long attributes) {
        if (slots.mapping().asid(frame) != 0) {
            return KernelError.invalidCapability(0);
        }
        if (!isRootType(root) || !isMapped(root)) {
            return KernelError.invalidCapability(1);
        }
        KernelError error = checkRoot(root);
        if (error.failed()) {
            return error;
        }
        int bits = regions.sizeBits(frame);
        long start = address & ADDRESSES & -1L << PAGE_BITS;
        if ((start & (1L << bits) - 1) != 0) {
            return KernelError.alignmentError();
        }
        if (bits > PD_BITS) {
            return KernelError.invalidCapability(0);
        }
        long place = tables.walk(slots.object(root), start, bits);
        if (PageTables.bitsLeft(place) != bits) {
            return PagedSpaces.missing(PageTables.bitsLeft(place));
        }
        if (tables.isTaken(place)) {
            return KernelError.deleteFirst();
        }
        int granted = PagedSpaces.masked(tables.format(), slots.frame().vmRights(frame), rights);
        tables.put(place, tables.format().page(slots.object(frame), bits, granted, attributes));
        slots.frame().setMapType(frame, MAPPED_IN_EPT);
        slots.mapping().setAsid(frame, slots.mapping().asid(root));
        slots.mapping().setVaddr(frame, start);
        return KernelError.NO_ERROR;
    }

    /** Clears the entry of a frame that is mapped for a guest, if the entry is still its own. */
    void leave(@PhysAddr long frame) {
        long root = asids.guestRoot(slots.mapping().asid(frame));
        if (root == AsidTable.NONE) {
            return;
        }
        @SizeBits int bits = regions.sizeBits(frame);
        long place = tables.walk(root, slots.mapping().vaddr(frame), bits);
        if (PageTables.bitsLeft(place) == bits && tables.maps(place, slots.object(frame), bits)) {
            tables.put(place, 0);
        }
    }

    @Override
    public void onDelete(@PhysAddr long slot) {
        if (!isMapped(slot)) {
            return;
        }
        if (isRootType(slot)) {
            asids.removeGuest(slots.mapping().asid(slot), slots.object(slot));
        } else {
            detach(slot);
        }
    }
}
