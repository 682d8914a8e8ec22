package org.allocman.untyped;

import static org.allocman.untyped.ArenaRecord.FREE;
import static org.allocman.untyped.ArenaRecord.INDEX_IN_PARENT;
import static org.allocman.untyped.ArenaRecord.OWN;
import static org.allocman.untyped.ArenaRecord.PARENT;
import static org.allocman.untyped.ArenaRecord.SUB_ARENAS;
import static org.allocman.untyped.ArenaRecord.TABLE;

import org.allocman.vka.Memory;

/**
 * Moves records, so that a page of the pool can be given back although the last records in it describe the arena that the
 * page itself came from. Only records to which no user holds a handle can be moved.
 */
public final class ArenaMoves {
    private final Memory memory;
    private final ArenaLists lists;
    private final ArenaTree tree;

    ArenaMoves(Memory memory, ArenaLists lists, ArenaTree tree) {
        this.memory = memory;
        this.lists = lists;
        this.tree = tree;
    }

    /**
     * Whether an arena's record can be moved.
     *
     * @param arena the record
     * @return true if none of its children holds a user's object
     */
    public boolean canMove(long arena) {
        long notUsers = FREE.get(memory, arena) | SUB_ARENAS.get(memory, arena) | OWN.get(memory, arena);
        return !tree.isRoot(arena) && notUsers == ArenaRecord.all(tree.count(arena));
    }

    /**
     * Moves an arena's record. Handles of the pools' own objects in it have to be {@link #moved} afterwards.
     *
     * @param arena the record, which {@link #canMove}; the caller gives it back
     * @param to the new place, taken for an arena
     */
    public void moveArena(long arena, long to) {
        copy(arena, to, RecordStore.Use.ARENA);
        tree.setSubArena(tree.parent(to), (int) INDEX_IN_PARENT.get(memory, to), to);
        lists.replace(arena, to);
        for (long subs = SUB_ARENAS.get(memory, to); subs != 0; subs &= subs - 1) {
            long sub = tree.subArena(to, Long.numberOfTrailingZeros(subs));
            PARENT.set(memory, sub, ArenaRecord.reference(to));
        }
    }

    /**
     * Moves a table of sub-arenas.
     *
     * @param table the table; the caller gives it back
     * @param to the new place, taken for a table
     */
    public void moveTable(long table, long to) {
        copy(table, to, RecordStore.Use.SUB_ARENAS);
        for (int child = 0; child < ArenaRecord.MAX_CHILDREN; child++) {
            int sub = memory.load32(to, ArenaRecord.tableEntry(child));
            if (sub != 0) {
                long owner = tree.parent(ArenaRecord.record(Integer.toUnsignedLong(sub)));
                TABLE.set(memory, owner, ArenaRecord.reference(to));
                return;
            }
        }
    }

    /**
     * The handle of an object after its arena's record was moved.
     *
     * @param handle the handle
     * @param from where the record was
     * @param to where it is
     * @return the same object's handle; the handle itself if it is of another arena
     */
    public static long moved(long handle, long from, long to) {
        return Handle.record(handle) == from ? Handle.moved(handle, to) : handle;
    }

    private void copy(long from, long to, RecordStore.Use use) {
        for (int offset = 0; offset < use.bytes(); offset += Long.BYTES) {
            memory.store64(to, offset, memory.load64(from, offset));
        }
    }
}
