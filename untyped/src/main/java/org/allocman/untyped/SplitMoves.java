package org.allocman.untyped;

import static org.allocman.untyped.PairRecord.CHILD;
import static org.allocman.untyped.PairRecord.PARENT;

import org.allocman.vka.Memory;

/** Moves the records of pairs. */
final class SplitMoves implements RecordMoves {
    private final Memory memory;
    private final long state;
    private final FreeLists lists;

    SplitMoves(Memory memory, long state, FreeLists lists) {
        this.memory = memory;
        this.state = state;
        this.lists = lists;
    }

    @Override
    public boolean canMove(RecordStore.Use use, long record) {
        return PairRecord.parent(memory, record) != 0
                && PairRecord.state(memory, record) != PairRecord.LIVE
                && PairRecord.state(memory, PairRecord.sibling(record)) != PairRecord.LIVE
                && ManagerState.UNDONE.get(memory, state) == 0;
    }

    @Override
    public void move(RecordStore.Use use, long from, long to) {
        for (int offset = 0; offset < use.bytes(); offset += Long.BYTES) {
            memory.store64(to, offset, memory.load64(from, offset));
        }
        CHILD.set(memory, PairRecord.parent(memory, to), Reference.to(to));
        reconnect(from, to);
        reconnect(PairRecord.sibling(from), PairRecord.sibling(to));
    }

    /** Has what refers to a half refer to its new place. */
    private void reconnect(long old, long node) {
        int what = PairRecord.state(memory, node);
        if (what == PairRecord.FREE) {
            lists.replace(old, node);
        } else if (what == PairRecord.SPLIT) {
            PARENT.set(memory, PairRecord.child(memory, node), Reference.to(node));
        }
    }

    @Override
    public long moved(long handle, long from, long to) {
        return PairRecord.record(SplitHandle.node(handle)) == from ? SplitHandle.moved(handle, to) : handle;
    }
}
