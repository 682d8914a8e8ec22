package org.allocman.sim.kernel.paging;

import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.GuestTables;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.PagingLevel;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Address spaces of x86: four levels on x86_64 and two on ia32, each with its own type of object. */
final class X86Spaces extends PagedSpaces {
    private static final int MAPPED_IN_VSPACE = 1;

    private final boolean hasMapTypes;
    private final @Nullable EptTables guests;

    X86Spaces(PhysicalMemory physical, ArchitectureBehaviour behaviour, @PhysAddr long state) {
        super(physical, behaviour, state);
        // without an IOMMU and VT-x an ASID says as much, and ia32's slots have no room for more
        this.hasMapTypes = architecture.wordBits() == Long.SIZE;
        this.guests = architecture.has(ObjectType.EPT_PML4)
                ? new EptTables(memory, slots, types, regions, list, asids)
                : null;
    }

    @Override
    public KernelError pageMap(
            @PhysAddr long frame, @PhysAddr long vspace, @VirtAddr long vaddr, long rights, long attributes) {
        if (!isRoot(vspace)) {
            return KernelError.invalidCapability(1);
        }
        KernelError error = slots.mapping().asid(frame) != 0
                ? isGuests(frame)
                                && slots.mapping().asid(frame)
                                        == slots.mapping().asid(vspace)
                        ? KernelError.illegalOperation()
                        : checkRemap(frame, vspace, vaddr)
                : isBeyond(vaddr) || isBeyond(vaddr + frameBytes(frame))
                        ? KernelError.invalidArgument(0)
                        : KernelError.NO_ERROR;
        if (error.failed()) {
            return error;
        }
        error = checkSpace(vspace);
        if (error.failed()) {
            return error;
        }
        if (!isAligned(frame, vaddr)) {
            return KernelError.alignmentError();
        }
        int bits = frameBits(frame);
        long place = tables.walk(slots.object(vspace), vaddr, bits);
        if (PageTables.bitsLeft(place) != bits) {
            return missing(PageTables.bitsLeft(place));
        }
        if (tables.isTable(place)) {
            return KernelError.deleteFirst();
        }
        setMapType(frame, MAPPED_IN_VSPACE);
        return enter(frame, vspace, vaddr, place, rights, attributes);
    }

    @Override
    public KernelError tableMap(@PhysAddr long table, @PhysAddr long vspace, @VirtAddr long vaddr, long attributes) {
        int covers = covers(slots.type(table));
        if (covers == 0) {
            return KernelError.illegalOperation();
        }
        if (slots.table().isMapped(table)) {
            return KernelError.invalidCapability(0);
        }
        if (!isRoot(vspace)) {
            return KernelError.invalidCapability(1);
        }
        long start = vaddr & -1L << covers;
        if (isBeyond(start)) {
            return KernelError.invalidArgument(0);
        }
        KernelError error = checkSpace(vspace);
        if (error.failed()) {
            return error;
        }
        long place = tables.walk(slots.object(vspace), start, covers);
        if (PageTables.bitsLeft(place) != covers) {
            return missing(PageTables.bitsLeft(place));
        }
        return tables.isTaken(place) ? KernelError.deleteFirst() : enterTable(table, vspace, start, place, attributes);
    }

    /** How many bits of an address a table below the root covers; 0 for a root. */
    private int covers(CapabilityType type) {
        List<PagingLevel> levels = architecture.levels();
        for (int level = 1; level < levels.size(); level++) {
            if (CapabilityType.of(levels.get(level).table()) == type) {
                return levels.get(level - 1).entryBits();
            }
        }
        return 0;
    }

    @Override
    public GuestTables guests() {
        return guests == null ? GuestTables.NONE : guests;
    }

    private boolean isGuests(long frame) {
        return hasMapTypes && slots.frame().mapType(frame) == EptTables.MAPPED_IN_EPT;
    }

    @Override
    void leave(long frame) {
        EptTables tablesOfGuests = guests;
        if (tablesOfGuests != null && isGuests(frame)) {
            tablesOfGuests.leave(frame);
        } else {
            super.leave(frame);
        }
    }

    @Override
    boolean isUnassigned(long vspace) {
        EptTables tablesOfGuests = guests;
        return tablesOfGuests != null && tablesOfGuests.isRootType(vspace)
                ? slots.mapping().asid(vspace) == 0
                : super.isUnassigned(vspace);
    }

    @Override
    void assign(long vspace, long pool, int base, int index) {
        EptTables tablesOfGuests = guests;
        if (tablesOfGuests != null && tablesOfGuests.isRootType(vspace)) {
            asids.putGuest(pool, index, slots.object(vspace));
            tablesOfGuests.setAssigned(vspace, base + index);
        } else {
            super.assign(vspace, pool, base, index);
        }
    }

    private void setMapType(long frame, int type) {
        if (hasMapTypes) {
            slots.frame().setMapType(frame, type);
        }
    }

    private boolean isBeyond(long vaddr) {
        return Long.compareUnsigned(vaddr, userTop()) > 0;
    }

    @Override
    public KernelError pageUnmap(@PhysAddr long frame) {
        // a frame that is not mapped keeps its stale address
        if (slots.mapping().asid(frame) == 0) {
            return KernelError.NO_ERROR;
        }
        KernelError done = super.pageUnmap(frame);
        // what kind of space it was in had to be known until now
        setMapType(frame, 0);
        return done;
    }

    @Override
    void onCopiedFrame(long copy) {
        setMapType(copy, 0);
    }
}
