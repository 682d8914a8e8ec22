package org.allocman.untyped;

import static org.allocman.untyped.ArenaRecord.FREE;
import static org.allocman.untyped.ArenaRecord.INDEX_IN_PARENT;
import static org.allocman.untyped.ArenaRecord.OWN;
import static org.allocman.untyped.ArenaRecord.PARENT;
import static org.allocman.untyped.ArenaRecord.SUB_ARENAS;
import static org.allocman.untyped.ArenaRecord.TABLE;

import org.allocman.vka.Memory;

/** Moves the records of arenas and their tables. */
final class ArenaMoves implements RecordMoves {
    private final Memory memory;
    private final FreeLists lists;
    private final ArenaTree tree;

    ArenaMoves(Memory memory, FreeLists lists, ArenaTree tree) {
        this.memory = memory;
        this.lists = lists;
        this.tree = tree;
    }

    @Override
    public boolean canMove(RecordStore.Use use, long record) {
        return use == RecordStore.Use.SUB_ARENAS || canMoveArena(record);
    }

    /** Whether none of an arena's children holds a user's object. */
    private boolean canMoveArena(long arena) {
        long notUsers = FREE.get(memory, arena) | SUB_ARENAS.get(memory, arena) | OWN.get(memory, arena);
        return !tree.isRoot(arena) && notUsers == ArenaRecord.all(tree.count(arena));
    }

    @Override
    public void move(RecordStore.Use use, long from, long to) {
        for (int offset = 0; offset < use.bytes(); offset += Long.BYTES) {
            memory.store64(to, offset, memory.load64(from, offset));
        }
        if (use == RecordStore.Use.SUB_ARENAS) {
            tableMoved(to);
        } else {
            arenaMoved(from, to);
        }
    }

    private void arenaMoved(long from, long to) {
        tree.setSubArena(tree.parent(to), (int) INDEX_IN_PARENT.get(memory, to), to);
        lists.replace(from, to);
        for (long subs = SUB_ARENAS.get(memory, to); subs != 0; subs &= subs - 1) {
            long sub = tree.subArena(to, Long.numberOfTrailingZeros(subs));
            PARENT.set(memory, sub, Reference.to(to));
        }
    }

    private void tableMoved(long to) {
        for (int child = 0; child < ArenaRecord.MAX_CHILDREN; child++) {
            int sub = memory.load32(to, ArenaRecord.tableEntry(child));
            if (sub != 0) {
                long owner = tree.parent(Reference.target(Integer.toUnsignedLong(sub)));
                TABLE.set(memory, owner, Reference.to(to));
                return;
            }
        }
    }

    @Override
    public long moved(long handle, long from, long to) {
        return Handle.record(handle) == from ? Handle.moved(handle, to) : handle;
    }
}
