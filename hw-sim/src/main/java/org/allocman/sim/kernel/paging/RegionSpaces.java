package org.allocman.sim.kernel.paging;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.KernelMessage;
import org.allocman.sim.kernel.KernelReply;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;

/**
 * Address spaces that are MPU regions. A frame is mapped at its own physical address and takes a region; if none is free the
 * answer is {@link KernelError.Code#DELETE_FIRST}. A VSpace gets its number when it is made, from a table of
 * {@link MpuSpaceTable#COUNT}; one that gets none cannot be mapped in. Windows keep no translations of regions, so there are
 * none to forget.
 */
final class RegionSpaces implements AddressSpaces {
    private static final int MAP_WORDS = 3;

    private final Slots slots;
    private final ObjectRegions objects;
    private final MpuRegions regions;
    private final MpuSpaceTable spaces;
    private final PagingLabels labels;

    RegionSpaces(PhysicalMemory physical, Architecture architecture, @PhysAddr long state) {
        this.slots = new Slots(physical.words(), architecture);
        this.objects = new ObjectRegions(slots, architecture);
        this.regions = new MpuRegions(physical.words());
        this.spaces = new MpuSpaceTable(physical.words(), state);
        this.labels = PagingLabels.MPU;
    }

    @Override
    public int lastLabel() {
        return labels.last();
    }

    @Override
    public KernelReply invoke(@PhysAddr long slot, KernelMessage message, @PhysAddr long first, @PhysAddr long second) {
        if (slots.type(slot) != CapabilityType.FRAME) {
            return KernelReply.of(KernelError.illegalOperation());
        }
        if (message.label() == labels.pageGetAddress()) {
            return KernelReply.value(slots.object(slot));
        }
        if (message.label() == labels.pageMap() + 1) {
            return KernelReply.of(pageUnmap(slot));
        }
        if (message.label() != labels.pageMap()) {
            return KernelReply.of(KernelError.illegalOperation());
        }
        return KernelReply.of(
                message.length() < MAP_WORDS || first < 0
                        ? KernelError.truncatedMessage()
                        : pageMap(slot, first, message.word(0), message.word(1), message.word(2)));
    }

    @Override
    public KernelError pageMap(
            @PhysAddr long frame, @PhysAddr long vspace, @VirtAddr long vaddr, long rights, long attributes) {
        if (!isRoot(vspace)
                || slots.mapping().asid(frame) != 0
                        && slots.mapping().asid(frame) != slots.mapping().asid(vspace)) {
            return KernelError.invalidCapability(1);
        }
        int bits = objects.sizeBits(frame);
        if ((vaddr & (1L << bits) - 1) != 0) {
            return KernelError.alignmentError();
        }
        long address = slots.object(frame);
        // without paging an address is physical and virtual at once
        if (vaddr != (@VirtAddr long) address) {
            return KernelError.invalidArgument(0);
        }
        long space = slots.object(vspace);
        int own = regions.exactly(space, address, bits);
        int region = own != MpuRegions.NONE ? own : regions.free(space);
        if (region == MpuRegions.NONE) {
            return KernelError.deleteFirst();
        }
        regions.put(space, region, address, bits, masked(slots.frame().vmRights(frame), rights), 0);
        slots.mapping().setAsid(frame, slots.mapping().asid(vspace));
        slots.mapping().setVaddr(frame, vaddr);
        return KernelError.NO_ERROR;
    }

    private static int masked(int held, long wanted) {
        if ((wanted & CapRights.READ) == 0) {
            return MpuRegions.KERNEL_ONLY;
        }
        return (wanted & CapRights.WRITE) != 0 ? held : Math.min(held, MpuRegions.READ_ONLY);
    }

    @Override
    public KernelError pageUnmap(@PhysAddr long frame) {
        leave(frame);
        slots.mapping().setAsid(frame, 0);
        slots.mapping().setVaddr(frame, 0);
        return KernelError.NO_ERROR;
    }

    private void leave(long frame) {
        long space = slots.mapping().asid(frame) == 0
                ? MpuSpaceTable.NONE
                : spaces.space(slots.mapping().asid(frame));
        if (space != MpuSpaceTable.NONE) {
            regions.remove(space, slots.object(frame), objects.sizeBits(frame));
        }
    }

    @Override
    public KernelError tableMap(@PhysAddr long table, @PhysAddr long vspace, @VirtAddr long vaddr, long attributes) {
        return KernelError.illegalOperation();
    }

    @Override
    public KernelError tableUnmap(@PhysAddr long table) {
        return KernelError.illegalOperation();
    }

    @Override
    public KernelError asidPoolAssign(@PhysAddr long pool, @PhysAddr long vspace) {
        return KernelError.illegalOperation();
    }

    @Override
    public KernelError makePool(@PhysAddr long untyped, @PhysAddr long root, long index, long depth) {
        return KernelError.illegalOperation();
    }

    @Override
    public KernelError pageCache(CacheOperation operation, @PhysAddr long frame, @Bytes long start, @Bytes long end) {
        return KernelError.illegalOperation();
    }

    @Override
    public KernelError vspaceCache(
            CacheOperation operation, @PhysAddr long vspace, @VirtAddr long start, @VirtAddr long end) {
        return KernelError.illegalOperation();
    }

    @Override
    public int newFrameRights() {
        return MpuRegions.READ_WRITE;
    }

    @Override
    public void onCreate(@PhysAddr long slot) {
        if (slots.type(slot) == CapabilityType.VSPACE) {
            int number = spaces.free();
            if (number != MpuSpaceTable.NONE) {
                spaces.put(number, slots.object(slot));
                slots.table().setMapped(slot, true);
                slots.mapping().setAsid(slot, number);
            }
        }
    }

    @Override
    public KernelError checkCopy(@PhysAddr long slot) {
        return slots.type(slot) == CapabilityType.VSPACE && !slots.table().isMapped(slot)
                ? KernelError.illegalOperation()
                : KernelError.NO_ERROR;
    }

    @Override
    public void onCopy(@PhysAddr long copy, int rights) {
        if (slots.type(copy) == CapabilityType.FRAME) {
            slots.frame().setVmRights(copy, masked(slots.frame().vmRights(copy), rights));
            slots.mapping().setAsid(copy, 0);
            slots.mapping().setVaddr(copy, 0);
        }
    }

    @Override
    public void onDelete(@PhysAddr long slot, boolean last) {
        if (slots.type(slot) == CapabilityType.FRAME) {
            leave(slot);
            return;
        }
        if (last && slots.table().isMapped(slot)) {
            spaces.remove(slots.mapping().asid(slot), slots.object(slot));
        }
    }

    @Override
    public boolean isRoot(@PhysAddr long slot) {
        return slots.type(slot) == CapabilityType.VSPACE && slots.table().isMapped(slot);
    }
}
