package org.allocman.manager;

import org.allocman.vka.Memory;
import org.allocman.vka.layout.HalfWord;

/** Where in a state record a reserve is kept. */
record ReserveFields(HalfWord arenas, HalfWord tables, HalfWord pairs, HalfWord slotBooks, HalfWord slotWords) {
    /** Five fields of four bytes from an offset on. */
    static ReserveFields at(int offset) {
        return new ReserveFields(
                new HalfWord("reserved arenas", offset),
                new HalfWord("reserved tables", offset + 4),
                new HalfWord("reserved pairs", offset + 8),
                new HalfWord("reserved books of slots", offset + 12),
                new HalfWord("reserved slot words", offset + 16));
    }

    Reserve get(Memory memory, long state) {
        return new Reserve(
                (int) arenas.get(memory, state),
                (int) tables.get(memory, state),
                (int) pairs.get(memory, state),
                (int) slotBooks.get(memory, state),
                (int) slotWords.get(memory, state));
    }

    void set(Memory memory, long state, Reserve reserve) {
        arenas.set(memory, state, reserve.arenas());
        tables.set(memory, state, reserve.tables());
        pairs.set(memory, state, reserve.pairs());
        slotBooks.set(memory, state, reserve.slotBooks());
        slotWords.set(memory, state, reserve.slotWords());
    }
}
