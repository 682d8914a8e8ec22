package org.allocman.sim.kernel.paging;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;

/**
 * Address spaces of aarch32: a page directory and page tables. Large pages and super sections fill sixteen entries, which
 * must not hold anything of another size. Cache operations, which ask for no right to write.
 */
class Aarch32Spaces extends PagedSpaces {
    private static final int SMALL_BITS = 12;

    Aarch32Spaces(PhysicalMemory physical, ArchitectureBehaviour behaviour, @PhysAddr long state) {
        super(physical, behaviour, state);
    }

    @Override
    public KernelError pageMap(
            @PhysAddr long frame, @PhysAddr long vspace, @VirtAddr long vaddr, long rights, long attributes) {
        if (!isRoot(vspace)) {
            return KernelError.invalidCapability(1);
        }
        KernelError error = slots.mapping().asid(frame) != 0
                ? checkRemap(frame, vspace, vaddr)
                : lastByte(frame, vaddr) >= userTop() ? KernelError.invalidArgument(0) : KernelError.NO_ERROR;
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
        int level = tables.levelFor(bits);
        long place = tables.walk(slots.object(vspace), vaddr, level);
        if (PageTables.bitsLeft(place) != level) {
            return missing(PageTables.bitsLeft(place));
        }
        return tables.holdsOther(place, bits)
                ? KernelError.deleteFirst()
                : enter(frame, vspace, vaddr, place, rights, attributes);
    }

    @Override
    public KernelError tableMap(@PhysAddr long table, @PhysAddr long vspace, @VirtAddr long vaddr, long attributes) {
        if (slots.type(table) != CapabilityType.PAGE_TABLE) {
            return KernelError.illegalOperation();
        }
        if (slots.table().isMapped(table)) {
            return KernelError.invalidCapability(0);
        }
        if (!isRoot(vspace)) {
            return KernelError.invalidCapability(1);
        }
        if (vaddr >= userTop()) {
            return KernelError.invalidArgument(0);
        }
        KernelError error = checkSpace(vspace);
        if (error.failed()) {
            return error;
        }
        long place = tables.walk(slots.object(vspace), vaddr, tables.levelBits(0));
        return tables.isTaken(place) ? KernelError.deleteFirst() : enterTable(table, vspace, vaddr, place, attributes);
    }

    @Override
    public KernelError pageCache(CacheOperation operation, @PhysAddr long frame, @Bytes long start, @Bytes long end) {
        if (slots.mapping().asid(frame) == 0) {
            return KernelError.illegalOperation();
        }
        long root = asids.root(slots.mapping().asid(frame));
        if (root == AsidTable.NONE) {
            return KernelError.failedLookup(false, LookupFault.invalidRoot());
        }
        if (end <= start) {
            return KernelError.invalidArgument(1);
        }
        return checkCached(frame, start, end, root);
    }

    /** The kernel works on the user's address, which must still be the frame's. */
    KernelError checkCached(@PhysAddr long frame, @Bytes long start, @Bytes long end, @PhysAddr long root) {
        int bits = frameBits(frame);
        int level = tables.levelFor(bits);
        long place = tables.walk(root, slots.mapping().vaddr(frame), level);
        if (PageTables.bitsLeft(place) != level || !tables.maps(place, slots.object(frame), bits)) {
            return KernelError.invalidCapability(0);
        }
        return checkRange(frame, start, end);
    }

    final KernelError checkRange(@PhysAddr long frame, @Bytes long start, @Bytes long end) {
        long size = frameBytes(frame);
        return start >= size || end > size ? KernelError.invalidArgument(0) : KernelError.NO_ERROR;
    }

    @Override
    public KernelError vspaceCache(
            CacheOperation operation, @PhysAddr long vspace, @VirtAddr long start, @VirtAddr long end) {
        if (slots.type(vspace) != CapabilityType.PAGE_DIRECTORY) {
            return KernelError.illegalOperation();
        }
        if (end <= start) {
            return KernelError.invalidArgument(1);
        }
        if (start >= userTop() || end > userTop()) {
            return KernelError.illegalOperation();
        }
        if (!isRoot(vspace)) {
            return KernelError.invalidCapability(0);
        }
        long root = asids.root(slots.mapping().asid(vspace));
        if (root == AsidTable.NONE) {
            return KernelError.failedLookup(false, LookupFault.invalidRoot());
        }
        if (root != slots.object(vspace)) {
            return KernelError.invalidCapability(0);
        }
        long place = tables.walk(root, start, SMALL_BITS);
        int bits = PageTables.bitsLeft(place);
        long entry = tables.at(place);
        if (!format.isPage(entry, bits)) {
            return KernelError.NO_ERROR;
        }
        long last = start | (1L << format.pageBits(entry, bits)) - 1;
        return end - 1 > last ? KernelError.rangeError(start, last) : KernelError.NO_ERROR;
    }
}
