package org.allocman.untyped;

import static org.allocman.untyped.ArenaRecord.CHILD_BITS;
import static org.allocman.untyped.ArenaRecord.KIND;
import static org.allocman.untyped.ArenaRecord.NEXT;
import static org.allocman.untyped.ArenaRecord.PREVIOUS;

import org.allocman.vka.Memory;

/**
 * The arenas that have a free child, by kind and child size. An arena is put in front when a child of it becomes free and
 * none was: then it is the fullest, and is filled again first, so that the others drain.
 */
final class ArenaLists {
    private final Memory memory;
    private final long state;

    ArenaLists(Memory memory, long state) {
        this.memory = memory;
        this.state = state;
    }

    /** The first arena, or 0. */
    long first(int kind, int bits) {
        return ArenaRecord.record(Integer.toUnsignedLong(memory.load32(state, ArenaState.head(kind, bits))));
    }

    /** The arena behind one, or 0. */
    long next(long arena) {
        return ArenaRecord.record(NEXT.get(memory, arena));
    }

    /** The least child size, greater than one given, of which there is a free child; -1 if there is none. */
    int leastAbove(int kind, int bits) {
        long sizes = sizes(kind) & -2L << bits;
        return sizes == 0 ? -1 : Long.numberOfTrailingZeros(sizes);
    }

    /** The greatest child size, greater than one given, of which there is a free child; -1 if there is none. */
    int greatestAbove(int kind, int bits) {
        return 63 - Long.numberOfLeadingZeros(sizes(kind) & -2L << bits);
    }

    /** The greatest child size of which there is a free child; -1 if there is none. */
    int greatest(int kind) {
        return 63 - Long.numberOfLeadingZeros(sizes(kind));
    }

    /** A bit for each child size of which there is a free child. */
    long sizes(int kind) {
        return memory.load64(state, ArenaState.mask(kind));
    }

    void push(long arena) {
        int kind = (int) KIND.get(memory, arena);
        int bits = (int) CHILD_BITS.get(memory, arena);
        long first = first(kind, bits);
        PREVIOUS.set(memory, arena, 0);
        NEXT.set(memory, arena, ArenaRecord.reference(first));
        if (first != 0) {
            PREVIOUS.set(memory, first, ArenaRecord.reference(arena));
        } else {
            memory.store64(state, ArenaState.mask(kind), sizes(kind) | 1L << bits);
        }
        memory.store32(state, ArenaState.head(kind, bits), (int) ArenaRecord.reference(arena));
    }

    void remove(long arena) {
        long next = NEXT.get(memory, arena);
        long previous = PREVIOUS.get(memory, arena);
        if (next != 0) {
            PREVIOUS.set(memory, ArenaRecord.record(next), previous);
        }
        if (previous != 0) {
            NEXT.set(memory, ArenaRecord.record(previous), next);
        } else {
            int kind = (int) KIND.get(memory, arena);
            int bits = (int) CHILD_BITS.get(memory, arena);
            memory.store32(state, ArenaState.head(kind, bits), (int) next);
            if (next == 0) {
                memory.store64(state, ArenaState.mask(kind), sizes(kind) & ~(1L << bits));
            }
        }
        NEXT.set(memory, arena, 0);
        PREVIOUS.set(memory, arena, 0);
    }

    /** Puts a record that was moved where the old one was. */
    void replace(long old, long arena) {
        long next = NEXT.get(memory, arena);
        long previous = PREVIOUS.get(memory, arena);
        if (next != 0) {
            PREVIOUS.set(memory, ArenaRecord.record(next), ArenaRecord.reference(arena));
        }
        if (previous != 0) {
            NEXT.set(memory, ArenaRecord.record(previous), ArenaRecord.reference(arena));
            return;
        }
        int kind = (int) KIND.get(memory, arena);
        int bits = (int) CHILD_BITS.get(memory, arena);
        if (first(kind, bits) == old) {
            memory.store32(state, ArenaState.head(kind, bits), (int) ArenaRecord.reference(arena));
        }
    }
}
