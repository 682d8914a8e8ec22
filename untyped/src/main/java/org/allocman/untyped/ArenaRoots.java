package org.allocman.untyped;

import static org.allocman.untyped.ArenaRecord.CHILD_SLOTS;
import static org.allocman.untyped.ArenaRecord.FREE;
import static org.allocman.untyped.ArenaRecord.IS_ROOT;
import static org.allocman.untyped.ArenaRecord.MADE;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;

/**
 * The untypeds that were handed over as arenas with one child. In which order they came does not matter after
 * {@link #tidy}: of free untypeds of a size the one with the least address is used first.
 */
final class ArenaRoots {
    private final Memory memory;
    private final FreeLists lists;
    private final ArenaTree tree;

    ArenaRoots(Memory memory, FreeLists lists, ArenaTree tree) {
        this.memory = memory;
        this.lists = lists;
        this.tree = tree;
    }

    void enter(long record, Untyped untyped) {
        IS_ROOT.set(memory, record, 1);
        MADE.set(memory, record, 1);
        FREE.set(memory, record, 1);
        CHILD_SLOTS.set(memory, record, untyped.slot());
        lists.push(record);
    }

    boolean isWhole(long record) {
        return FREE.get(memory, record) != 0;
    }

    void leave(long record) {
        tree.giveBackObjectSlots(record);
        lists.remove(record);
    }

    long slot(long record) {
        return CHILD_SLOTS.get(memory, record);
    }

    /** Gives back the slots that free roots keep for their next object. */
    void giveBackSlots(UntypedTable table) {
        for (int i = 0; i < table.count(); i++) {
            if (isWhole(table.at(i))) {
                tree.giveBackObjectSlots(table.at(i));
            }
        }
    }

    /** Gives back the slots that arenas keep for objects to come, of those arenas that hold no user's object. */
    boolean giveBackKeptSlots(List<ArenaView> arenas, Consumer<LongConsumer> inChosenSlots) {
        // a mark in each record, gone again before anybody looks
        inChosenSlots.accept(handle -> ArenaRecord.SLOTS_IN_USE.set(memory, Handle.record(handle), 1));
        boolean any = false;
        for (ArenaView arena : arenas) {
            long record = arena.record();
            boolean inUse = ArenaRecord.SLOTS_IN_USE.get(memory, record) != 0 || arena.holdsUsersObject();
            ArenaRecord.SLOTS_IN_USE.set(memory, record, 0);
            if (!inUse && arena.objectSlots() != 0) {
                tree.giveBackObjectSlots(record);
                any = true;
            }
        }
        return any;
    }

    /** Free roots in address order, their generations forgotten, as at the start; nothing is live. */
    void tidy(UntypedTable table) {
        for (int i = table.count() - 1; i >= 0; i--) {
            long root = table.at(i);
            if (isWhole(root)) {
                ArenaRecord.setGenerations(memory, root, 1, 0);
                leave(root);
                lists.push(root);
            }
        }
    }
}
