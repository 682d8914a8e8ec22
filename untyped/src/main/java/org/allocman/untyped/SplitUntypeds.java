package org.allocman.untyped;

import static org.allocman.untyped.PairRecord.OBJECT_SLOT;
import static org.allocman.untyped.PairRecord.SERIAL;

import java.util.List;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;

/**
 * The binary buddy: a block is halved until it has the size that is wanted, and two free halves are one block again.
 *
 * <p>Free blocks are in a list for each size, the one that became free last in front. A request takes the first block of
 * the least size that is large enough, and of its halves the left one. Freeing is one revoke, however many halves become
 * whole by it.
 *
 * <p>In its compatible mode the slots are taken as libsel4allocman takes them, too: that of the object first (by the
 * caller, or here), then for each halving one for the left half and one for the right, and each half is a retype of its
 * own. Otherwise the halves get neighbouring slots, if there are some, and one retype makes both.
 */
public final class SplitUntypeds implements UntypedManager {
    private final Memory memory;
    private final RecordStore records;
    private final SlotRuns slots;
    private final long state;
    private final FreeLists lists;
    private final SplitTree tree;
    private final SplitRoots holder;
    private final UntypedTable table;

    /** How slots for the halves are taken. */
    public enum Halving {
        /** Two neighbouring slots if there are some, and one retype. */
        IN_PAIRS,
        /** As libsel4allocman does it: a slot and a retype for each half, the left one first. */
        COMPATIBLE
    }

    /**
     * A view of the manager whose state is at an address. Memory that is all zero is a manager with nothing to manage.
     *
     * @param kernel makes and revokes
     * @param memory where the book-keeping lies
     * @param state address of {@link UntypedDesign#stateBytes} bytes in one page, a multiple of 8
     * @param records where records come from
     * @param slots where slots come from
     * @param table the untypeds that are handed over
     * @param halving how slots for the halves are taken
     */
    public SplitUntypeds(
            Kernel kernel,
            Memory memory,
            long state,
            RecordStore records,
            SlotRuns slots,
            UntypedTable table,
            Halving halving) {
        this.memory = memory;
        this.records = records;
        this.slots = slots;
        this.state = state;
        this.lists = new FreeLists(memory, state);
        this.tree = new SplitTree(kernel, memory, records, slots, lists, state, halving == Halving.COMPATIBLE);
        this.holder = new SplitRoots(memory, lists, tree);
        this.table = table;
    }

    @Override
    public UntypedTable table() {
        return table;
    }

    @Override
    public void attach(long root, Untyped untyped) {
        holder.enter(root, untyped);
    }

    @Override
    public void detach(long root) {
        holder.leave(root);
    }

    @Override
    public boolean isWhole(long root) {
        return holder.isWhole(root);
    }

    @Override
    public long rootSlot(long root) {
        return holder.slot(root);
    }

    @Override
    public List<String> audit(SlotProbe probe) {
        return new SplitAudit(new SplitInspection(memory, lists, table), probe)
                .check(hasHalvingToUndo(), liveObjects());
    }

    @Override
    public List<RecordAddress> recordsInUse() {
        return inspect().stream()
                .mapToLong(block -> PairRecord.record(block.node()))
                .distinct()
                .mapToObj(record -> new RecordAddress(record, PairRecord.PAIR))
                .toList();
    }

    /**
     * Every block, the outer before the inner, for checking and drawing.
     *
     * @return a snapshot
     */
    public List<SplitView> inspect() {
        return new SplitInspection(memory, lists, table).all();
    }

    /**
     * The free blocks of a size, for checking and drawing.
     *
     * @param kind what memory
     * @param bits their size in bits, 0 to 63
     * @return the list from its head
     */
    public List<SplitView> freeList(MemoryKind kind, @SizeBits int bits) {
        return new SplitInspection(memory, lists, table).list(kind, bits);
    }

    /**
     * Whether the kernel refused to undo an allocation that it had refused to finish. The next operation makes it good.
     *
     * @return true if blocks are halved of which nothing is in use
     */
    public boolean hasHalvingToUndo() {
        return ManagerState.UNDONE.get(memory, state) != 0;
    }

    @Override
    public long allocate(MemoryKind kind, int type, int size, int bits, long slot, Requester requester) {
        if (!table.allows(kind, type)) {
            return Refusal.WRONG_KIND;
        }
        long refusal = tree.makeGood();
        if (refusal != 0) {
            return refusal;
        }
        int from = lists.least(kind.ordinal(), bits);
        if (from < 0) {
            return Refusal.OUT_OF_UNTYPED;
        }
        long top = lists.first(kind.ordinal(), from);
        return place(top, PairRecord.base(memory, top), bits, type, size, slot, requester);
    }

    @Override
    public long allocateAt(int type, int size, int bits, long paddr, long slot, Requester requester) {
        long at = table.rootFor(type, bits, paddr);
        if (at < 0) {
            return at;
        }
        long refusal = tree.makeGood();
        if (refusal != 0) {
            return refusal;
        }
        while (PairRecord.state(memory, at) == PairRecord.SPLIT && PairRecord.sizeBits(memory, at) > bits) {
            at = PairRecord.halfWith(memory, PairRecord.child(memory, at), paddr);
        }
        return PairRecord.state(memory, at) == PairRecord.FREE
                ? place(at, paddr, bits, type, size, slot, requester)
                : Refusal.IN_USE;
    }

    /** The second half of an allocation: slots and records, then the kernel, then what can no longer fail. */
    private long place(long top, long paddr, int bits, int type, int size, long slot, Requester requester) {
        long destination = slot == 0 ? slots.takeRun(1, requester) : slot;
        if (destination == 0) {
            return Refusal.OUT_OF_SLOTS;
        }
        long node = tree.chain(top, paddr, bits, requester);
        long refusal = node < 0 ? node : tree.make(top, node, type, size, destination);
        if (refusal < 0) {
            if (slot == 0) {
                slots.giveBackRun(destination, 1);
            }
            return refusal;
        }
        tree.settleInTree(top, node, requester == Requester.POOLS ? PairRecord.OWN : PairRecord.LIVE);
        long serial = ManagerState.SERIAL.get(memory, state) + 1 & SplitHandle.SERIAL_MASK;
        ManagerState.SERIAL.set(memory, state, serial);
        ManagerState.LIVE.add(memory, state, 1);
        SERIAL.set(memory, node, serial);
        OBJECT_SLOT.set(memory, node, slot == 0 ? destination : 0);
        return SplitHandle.of(node, serial);
    }

    @Override
    public long free(long handle) {
        long refusal = check(handle);
        if (refusal != 0) {
            return refusal;
        }
        // if that is refused, so probably is what follows, but it need not be
        tree.makeGood();
        long node = SplitHandle.node(handle);
        long objectSlot = OBJECT_SLOT.get(memory, node);
        refusal = tree.merge(node);
        if (refusal != 0) {
            return refusal;
        }
        if (objectSlot != 0) {
            slots.giveBackRun(objectSlot, 1);
        }
        ManagerState.LIVE.add(memory, state, -1);
        return 0;
    }

    @Override
    public long check(long handle) {
        if (handle <= 0) {
            return Refusal.FOREIGN_HANDLE;
        }
        long node = SplitHandle.node(handle);
        if (!PairRecord.isNode(node) || !records.holds(PairRecord.PAIR, PairRecord.record(node))) {
            return Refusal.STALE_HANDLE;
        }
        int what = PairRecord.state(memory, node);
        boolean live = what == PairRecord.LIVE || what == PairRecord.OWN;
        return live && SERIAL.get(memory, node) == SplitHandle.serial(handle) ? 0 : Refusal.STALE_HANDLE;
    }

    @Override
    public long physicalAddress(long handle) {
        return PairRecord.base(memory, SplitHandle.node(handle));
    }

    @Override
    public long slot(long handle) {
        return OBJECT_SLOT.get(memory, SplitHandle.node(handle));
    }

    @Override
    public int sizeBits(long handle) {
        return PairRecord.sizeBits(memory, SplitHandle.node(handle));
    }

    @Override
    public void trim() {
        if (tree.makeGood() == 0 && ManagerState.LIVE.get(memory, state) == 0) {
            ManagerState.SERIAL.set(memory, state, 0);
            holder.tidy(table);
        }
    }

    @Override
    public long freeBlocks(MemoryKind kind, int bits) {
        long blocks = 0;
        for (long at = lists.first(kind.ordinal(), bits); at != 0; at = lists.next(at)) {
            blocks++;
        }
        return blocks;
    }

    @Override
    public int largestFree(MemoryKind kind) {
        return lists.greatest(kind.ordinal());
    }

    @Override
    public long liveObjects() {
        return ManagerState.LIVE.get(memory, state);
    }
}
