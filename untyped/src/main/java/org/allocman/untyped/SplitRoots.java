package org.allocman.untyped;

import java.util.List;
import org.allocman.vka.Memory;

/** The untypeds that were handed over: left halves of nothing. */
final class SplitRoots implements UntypedRoots {
    private final Memory memory;
    private final RecordStore records;
    private final SplitLists lists;
    private final RootTable table;

    SplitRoots(Memory memory, long state, RecordStore records, SplitLists lists) {
        this.memory = memory;
        this.records = records;
        this.lists = lists;
        this.table = new RootTable(memory, state);
    }

    /** Of free untypeds of a size the one that comes last is used first. */
    @Override
    public boolean adopt(long address, List<Root> roots) {
        if (!table.fill(address, roots, records, RecordStore.Use.PAIR)) {
            return false;
        }
        for (Root root : roots) {
            long node = table.holding(root.untyped().paddr(), 0);
            PairRecord.setSlot(memory, node, root.untyped().slot());
            lists.push(node);
        }
        return true;
    }

    @Override
    public int count() {
        return table.count();
    }

    @Override
    public long physicalAddress(int index) {
        return table.physicalAddress(index);
    }

    @Override
    public int sizeBits(int index) {
        return table.sizeBits(index);
    }

    @Override
    public boolean isWhole(int index) {
        return PairRecord.state(memory, at(index)) == PairRecord.FREE;
    }

    /** The root in which a block lies wholly, or 0. */
    long holding(long paddr, int bits) {
        return table.holding(paddr, bits);
    }

    long at(int index) {
        return table.at(index);
    }

    /** With nothing live: the lists in address order, the last first. */
    void tidy() {
        for (int i = 0; i < count(); i++) {
            if (isWhole(i)) {
                lists.remove(at(i));
                lists.push(at(i));
            }
        }
    }
}
