package org.allocman.cli.provider;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.allocman.cli.frame.NullReturnedException;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.HandleGenerations;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.RecordAddress;
import org.allocman.untyped.Requester;
import org.allocman.untyped.SlotProbe;
import org.allocman.untyped.UntypedManager;
import org.allocman.untyped.UntypedTable;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What {@link NullGuard} does, for a manager: by hand, because its methods are called for each allocation. */
final class GuardedUntypeds implements UntypedManager {
    private final String where;
    private final UntypedManager manager;

    GuardedUntypeds(String where, UntypedManager manager) {
        this.where = where;
        this.manager = manager;
    }

    private <T extends Object> T checked(String method, @Nullable T result) {
        if (result == null) {
            throw new NullReturnedException(where, manager.getClass(), method, "null");
        }
        return result;
    }

    @Override
    public long allocate(
            MemoryKind kind, int type, int size, @SizeBits int bits, @CPtr long slot, Requester requester) {
        return manager.allocate(kind, type, size, bits, slot, requester);
    }

    @Override
    public long allocateAt(
            int type, int size, @SizeBits int bits, @PhysAddr long paddr, @CPtr long slot, Requester requester) {
        return manager.allocateAt(type, size, bits, paddr, slot, requester);
    }

    @Override
    public long free(long handle) {
        return manager.free(handle);
    }

    @Override
    public long check(long handle) {
        return manager.check(handle);
    }

    @Override
    public @PhysAddr long physicalAddress(long handle) {
        return manager.physicalAddress(handle);
    }

    @Override
    public @CPtr long slot(long handle) {
        return manager.slot(handle);
    }

    @Override
    public @SizeBits int sizeBits(long handle) {
        return manager.sizeBits(handle);
    }

    @Override
    public void trim() {
        manager.trim();
    }

    @Override
    public long reserve(@PhysAddr long paddr, @SizeBits int bits, Requester requester) {
        return manager.reserve(paddr, bits, requester);
    }

    @Override
    public long unreserve(@PhysAddr long paddr, @SizeBits int bits) {
        return manager.unreserve(paddr, bits);
    }

    @Override
    public @PhysAddr long findFree(MemoryKind kind, @SizeBits int bits) {
        return manager.findFree(kind, bits);
    }

    @Override
    public boolean isReserved(@PhysAddr long paddr) {
        return manager.isReserved(paddr);
    }

    @Override
    public boolean giveBackKeptSlots(Consumer<LongConsumer> inChosenSlots) {
        return manager.giveBackKeptSlots(inChosenSlots);
    }

    @Override
    public long freeBlocks(MemoryKind kind, @SizeBits int bits) {
        return manager.freeBlocks(kind, bits);
    }

    @Override
    public int largestFree(MemoryKind kind) {
        return manager.largestFree(kind);
    }

    @Override
    public long liveObjects() {
        return manager.liveObjects();
    }

    @Override
    public UntypedTable table() {
        return checked("table", manager.table());
    }

    @Override
    public boolean canAttach(Untyped untyped) {
        return manager.canAttach(untyped);
    }

    @Override
    public void attach(long root, Untyped untyped) {
        manager.attach(root, untyped);
    }

    @Override
    public void detach(long root) {
        manager.detach(root);
    }

    @Override
    public boolean isWhole(long root) {
        return manager.isWhole(root);
    }

    @Override
    public @CPtr long rootSlot(long root) {
        return manager.rootSlot(root);
    }

    @Override
    public List<String> audit(SlotProbe slots) {
        return checked("audit", manager.audit(slots));
    }

    @Override
    public List<RecordAddress> recordsInUse() {
        return checked("recordsInUse", manager.recordsInUse());
    }

    @Override
    public @Nullable HandleGenerations generations() {
        return manager.generations();
    }
}
