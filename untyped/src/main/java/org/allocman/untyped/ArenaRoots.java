package org.allocman.untyped;

import static org.allocman.untyped.ArenaRecord.CHILD_SLOTS;
import static org.allocman.untyped.ArenaRecord.FREE;
import static org.allocman.untyped.ArenaRecord.IS_ROOT;
import static org.allocman.untyped.ArenaRecord.MADE;

import java.util.List;
import org.allocman.vka.Memory;

/** The untypeds that were handed over: arenas with one child. */
final class ArenaRoots implements UntypedRoots {
    private final Memory memory;
    private final RecordStore records;
    private final ArenaLists lists;
    private final ArenaTree tree;
    private final RootTable table;

    ArenaRoots(Memory memory, long state, RecordStore records, ArenaLists lists, ArenaTree tree) {
        this.memory = memory;
        this.records = records;
        this.lists = lists;
        this.tree = tree;
        this.table = new RootTable(memory, state);
    }

    /** The order does not matter: of free untypeds of a size the one with the least address is used first. */
    @Override
    public boolean adopt(long address, List<Root> roots) {
        if (!table.fill(address, roots, records, RecordStore.Use.ARENA)) {
            return false;
        }
        List<Root> sorted = RootTable.sorted(roots);
        for (int i = count() - 1; i >= 0; i--) {
            long record = at(i);
            IS_ROOT.set(memory, record, 1);
            MADE.set(memory, record, 1);
            FREE.set(memory, record, 1);
            CHILD_SLOTS.set(memory, record, sorted.get(i).untyped().slot());
            lists.push(record);
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
        return FREE.get(memory, at(index)) != 0;
    }

    /** The root in which a block lies wholly, or 0. */
    long holding(long paddr, int bits) {
        return table.holding(paddr, bits);
    }

    /** With nothing live: free roots in address order, their generations forgotten, as at the start. */
    void tidy() {
        for (int i = count() - 1; i >= 0; i--) {
            long root = at(i);
            if (FREE.get(memory, root) != 0) {
                ArenaRecord.setGeneration(memory, root, 0, 0);
                tree.giveBackObjectSlots(root);
                lists.remove(root);
                lists.push(root);
            }
        }
    }

    long at(int index) {
        return table.at(index);
    }
}
