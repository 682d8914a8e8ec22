package org.allocman.sim.kernel.paging;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;

/** Address spaces of aarch64: four levels, of which only the root is a type of its own; cache operations. */
class Aarch64Spaces extends PagedSpaces {
    private static final int SMALL_BITS = 12;

    Aarch64Spaces(PhysicalMemory physical, ArchitectureBehaviour behaviour, @PhysAddr long state) {
        super(physical, behaviour, state);
    }

    @Override
    public KernelError pageMap(
            @PhysAddr long frame, @PhysAddr long vspace, @VirtAddr long vaddr, long rights, long attributes) {
        if (!isRoot(vspace)) {
            return KernelError.invalidCapability(1);
        }
        KernelError error = checkSpace(vspace);
        if (error.failed()) {
            return error;
        }
        if (!isAligned(frame, vaddr)) {
            return KernelError.alignmentError();
        }
        error = slots.mapping().asid(frame) != 0
                ? checkRemap(frame, vspace, vaddr)
                : isBeyond(lastByte(frame, vaddr)) ? KernelError.invalidArgument(0) : KernelError.NO_ERROR;
        if (error.failed()) {
            return error;
        }
        long place = tables.walk(slots.object(vspace), vaddr, SMALL_BITS);
        if (PageTables.bitsLeft(place) != frameBits(frame)) {
            return missing(PageTables.bitsLeft(place));
        }
        return enter(frame, vspace, vaddr, place, rights, attributes);
    }

    @Override
    public KernelError tableMap(@PhysAddr long table, @PhysAddr long vspace, @VirtAddr long vaddr, long attributes) {
        if (slots.table().isMapped(table)) {
            return KernelError.invalidCapability(0);
        }
        if (!isRoot(vspace)) {
            return KernelError.invalidCapability(1);
        }
        if (isBeyond(vaddr)) {
            return KernelError.invalidArgument(0);
        }
        KernelError error = checkSpace(vspace);
        if (error.failed()) {
            return error;
        }
        long place = tables.walk(slots.object(vspace), vaddr, SMALL_BITS);
        return PageTables.bitsLeft(place) == SMALL_BITS || tables.isTaken(place)
                ? KernelError.deleteFirst()
                : enterTable(table, vspace, vaddr, place, attributes);
    }

    private boolean isBeyond(long vaddr) {
        return Long.compareUnsigned(vaddr, userTop()) > 0;
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
        if (Long.compareUnsigned(end, start) <= 0) {
            return KernelError.invalidArgument(1);
        }
        long size = frameBytes(frame);
        if (Long.compareUnsigned(start, size) >= 0 || Long.compareUnsigned(end, size) > 0) {
            return KernelError.invalidArgument(0);
        }
        return checkCached(operation, frame, start, end, root);
    }

    /** The kernel works on the user's address, which must still be the frame's. */
    KernelError checkCached(
            CacheOperation operation, @PhysAddr long frame, @Bytes long start, @Bytes long end, @PhysAddr long root) {
        long place = tables.walk(root, slots.mapping().vaddr(frame), SMALL_BITS);
        if (PageTables.bitsLeft(place) != frameBits(frame)
                || !tables.maps(place, slots.object(frame), frameBits(frame))) {
            return KernelError.invalidCapability(0);
        }
        return checkInvalidate(operation, place);
    }

    @Override
    public KernelError vspaceCache(
            CacheOperation operation, @PhysAddr long vspace, @VirtAddr long start, @VirtAddr long end) {
        if (Long.compareUnsigned(end, start) <= 0) {
            return KernelError.invalidArgument(1);
        }
        if (isBeyond(end)) {
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
        if (!format.isPage(tables.at(place), bits)) {
            return KernelError.NO_ERROR;
        }
        long last = start | (1L << bits) - 1;
        return Long.compareUnsigned(end - 1, last) > 0
                ? KernelError.rangeError(start, last)
                : checkInvalidate(operation, place);
    }

    /** Dropping lines that were written would undo writing, so that takes the right to write. */
    KernelError checkInvalidate(CacheOperation operation, long place) {
        return operation == CacheOperation.INVALIDATE && Aarch64Entries.rights(tables.at(place)) != format.readWrite()
                ? KernelError.illegalOperation()
                : KernelError.NO_ERROR;
    }
}
