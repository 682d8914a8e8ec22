package org.allocman.untyped;

import java.util.List;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The untypeds that were handed over to a manager: they come, as many as the table has room for, and one that is whole can
 * go again. The table says where they are, the manager what is made of them.
 */
public final class UntypedRoots {
    private final UntypedManager manager;
    private final UntypedTable table;

    /**
     * A view of a manager's untypeds.
     *
     * @param manager the manager
     */
    public UntypedRoots(UntypedManager manager) {
        this.manager = manager;
        this.table = manager.table();
    }

    /**
     * An untyped and what memory it is.
     *
     * @param untyped the untyped; nothing has been made of it
     * @param kind its kind
     */
    public record Root(Untyped untyped, MemoryKind kind) {}

    /**
     * Takes untypeds over. Once only, before anything else.
     *
     * @param roots the untypeds, none overlapping another, at most as many as there is room for, in the order in which the
     *     manager is to meet them
     * @return true; false, with nothing changed, if there are too few records
     */
    public boolean adopt(List<Root> roots) {
        List<Root> sorted = roots.stream()
                .sorted((left, right) -> Long.compareUnsigned(
                        left.untyped().paddr(), right.untyped().paddr()))
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            long record = table.newRecord(sorted.get(i).untyped(), sorted.get(i).kind(), Requester.POOLS);
            if (record == 0) {
                forget(i);
                return false;
            }
            table.insert(i, record);
        }
        for (Root root : roots) {
            manager.attach(table.holding(root.untyped().paddr(), 0), root.untyped());
        }
        return true;
    }

    private void forget(int entries) {
        for (int i = entries - 1; i >= 0; i--) {
            table.giveBack(table.at(i));
            table.remove(i);
        }
    }

    /**
     * Takes one more untyped over.
     *
     * @param root the untyped; nothing has been made of it
     * @return 0; or {@link Refusal#ALREADY_MANAGED} if it overlaps another, {@link Refusal#TABLE_FULL},
     *     {@link Refusal#OUT_OF_BOOK_KEEPING}, {@link Refusal#OUT_OF_REACH}
     */
    public long add(Root root) {
        Untyped untyped = root.untyped();
        int before = table.lastUpTo(untyped.last());
        if (before >= 0 && Long.compareUnsigned(table.last(before), untyped.paddr()) >= 0) {
            return Refusal.ALREADY_MANAGED;
        }
        if (!manager.canAttach(untyped)) {
            return Refusal.OUT_OF_REACH;
        }
        if (table.isFull()) {
            return Refusal.TABLE_FULL;
        }
        long record = table.newRecord(untyped, root.kind(), Requester.CLIENT);
        if (record == 0) {
            return Refusal.OUT_OF_BOOK_KEEPING;
        }
        table.insert(before + 1, record);
        manager.attach(record, untyped);
        return 0;
    }

    /**
     * Gives an untyped back to its owner: nothing is made of it any more, and its capability is where it was.
     *
     * @param paddr its physical address
     * @return the cptr of its capability; or {@link Refusal#NOT_MANAGED}, {@link Refusal#IN_USE} if it is not whole
     */
    public long remove(@PhysAddr long paddr) {
        int index = table.lastUpTo(paddr);
        if (index < 0 || table.physicalAddress(index) != paddr) {
            return Refusal.NOT_MANAGED;
        }
        long record = table.at(index);
        if (!manager.isWhole(record)) {
            return Refusal.IN_USE;
        }
        long slot = manager.rootSlot(record);
        manager.detach(record);
        table.remove(index);
        table.giveBack(record);
        return slot;
    }

    /**
     * How many untypeds there are.
     *
     * @return the number of roots
     */
    public int count() {
        return table.count();
    }

    /**
     * Where an untyped is.
     *
     * @param index which, by address
     * @return its physical address
     */
    public @PhysAddr long physicalAddress(int index) {
        return table.physicalAddress(index);
    }

    /**
     * How large an untyped is.
     *
     * @param index which, by address
     * @return its size in bits
     */
    public @SizeBits int sizeBits(int index) {
        return table.sizeBits(index);
    }

    /**
     * What memory an untyped is.
     *
     * @param index which, by address
     * @return its kind
     */
    public MemoryKind kind(int index) {
        return table.kind(index);
    }

    /**
     * The capability of an untyped.
     *
     * @param index which, by address
     * @return its cptr
     */
    public @CPtr long slot(int index) {
        return manager.rootSlot(table.at(index));
    }

    /**
     * Whether an untyped is free as one block.
     *
     * @param index which, by address
     * @return true if nothing is made of it
     */
    public boolean isWhole(int index) {
        return manager.isWhole(table.at(index));
    }

    /**
     * What memory is at an address.
     *
     * @param paddr the address
     * @return its kind, or null if no untyped of ours holds it
     */
    public @Nullable MemoryKind kindAt(@PhysAddr long paddr) {
        return table.kindAt(paddr);
    }
}
