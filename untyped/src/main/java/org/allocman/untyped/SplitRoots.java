package org.allocman.untyped;

import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;

/** The untypeds that were handed over: left halves of nothing. Of free untypeds of a size the one that came last is first. */
final class SplitRoots {
    private final Memory memory;
    private final FreeLists lists;
    private final SplitTree tree;

    SplitRoots(Memory memory, FreeLists lists, SplitTree tree) {
        this.memory = memory;
        this.lists = lists;
        this.tree = tree;
    }

    void enter(long record, Untyped untyped) {
        PairRecord.setSlot(memory, record, untyped.slot());
        tree.setFree(record);
    }

    boolean isWhole(long record) {
        return PairRecord.state(memory, record) == PairRecord.FREE;
    }

    void leave(long record) {
        lists.remove(record);
    }

    long slot(long record) {
        return PairRecord.slot(memory, record);
    }

    /** The lists in address order, the last first; nothing is live. */
    void tidy(UntypedTable table) {
        for (int i = 0; i < table.count(); i++) {
            long root = table.at(i);
            if (isWhole(root)) {
                lists.remove(root);
                lists.push(root);
            }
        }
    }
}
