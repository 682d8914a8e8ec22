package org.allocman.untyped;

import static org.allocman.untyped.ArenaRecord.BASE;
import static org.allocman.untyped.ArenaRecord.CHILD_BITS;
import static org.allocman.untyped.ArenaRecord.CHILD_SLOTS;
import static org.allocman.untyped.ArenaRecord.FREE;
import static org.allocman.untyped.ArenaRecord.INDEX_IN_PARENT;
import static org.allocman.untyped.ArenaRecord.KIND;
import static org.allocman.untyped.ArenaRecord.MADE;
import static org.allocman.untyped.ArenaRecord.OBJECT_SLOTS;
import static org.allocman.untyped.ArenaRecord.OWN;
import static org.allocman.untyped.ArenaRecord.SUB_ARENAS;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.allocman.vka.Memory;

/** Reads every arena, from the roots inwards. */
final class ArenaInspection {
    private final Memory memory;
    private final ArenaTree tree;
    private final UntypedTable table;

    ArenaInspection(Memory memory, ArenaTree tree, UntypedTable table) {
        this.memory = memory;
        this.tree = tree;
        this.table = table;
    }

    List<ArenaView> all() {
        List<ArenaView> views = new ArrayList<>();
        Deque<ArenaView> open = new ArrayDeque<>();
        for (int i = table.count() - 1; i >= 0; i--) {
            open.push(view(table.at(i), 0));
        }
        while (!open.isEmpty()) {
            ArenaView view = open.pop();
            views.add(view);
            for (int child = view.count() - 1; child >= 0; child--) {
                if ((view.subArenas() >>> child & 1) != 0) {
                    open.push(view(tree.subArena(view.record(), child), view.depth() + 1));
                }
            }
        }
        return views;
    }

    /** What memory it is; what is reserved has the kind of what it lies in. */
    private MemoryKind kind(long record) {
        long at = record;
        while (KIND.get(memory, at) == ManagerState.RESERVED) {
            at = tree.parent(at);
        }
        return MemoryKind.values()[(int) KIND.get(memory, at)];
    }

    /** The records in use, each once. */
    List<RecordAddress> records() {
        List<RecordAddress> places = new ArrayList<>();
        for (ArenaView arena : all()) {
            places.add(new RecordAddress(arena.record(), ArenaRecord.ARENA));
            if (arena.depth() > 0 && arena.subArenas() != 0) {
                long ofSubArenas = Reference.target(ArenaRecord.TABLE.get(memory, arena.record()));
                places.add(new RecordAddress(ofSubArenas, ArenaRecord.SUB_ARENA_TABLE));
            }
        }
        return places;
    }

    private ArenaView view(long record, int depth) {
        return new ArenaView(
                record,
                depth,
                kind(record),
                BASE.get(memory, record),
                (int) CHILD_BITS.get(memory, record),
                tree.count(record),
                (int) MADE.get(memory, record),
                depth == 0
                        ? CHILD_SLOTS.get(memory, record)
                        : tree.childSlot(tree.parent(record), (int) INDEX_IN_PARENT.get(memory, record)),
                CHILD_SLOTS.get(memory, record),
                OBJECT_SLOTS.get(memory, record),
                FREE.get(memory, record),
                SUB_ARENAS.get(memory, record),
                OWN.get(memory, record));
    }
}
