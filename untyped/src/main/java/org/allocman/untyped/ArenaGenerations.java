package org.allocman.untyped;

import java.util.function.LongConsumer;

/** Where arenas keep generations. */
record ArenaGenerations(ArenaInspection arenas, long state) implements HandleGenerations {
    @Override
    public long handleBits() {
        return Handle.GENERATION_MASK;
    }

    @Override
    public void visitWords(LongConsumer words) {
        words.accept(state + ManagerState.BIRTHS.offset());
        for (ArenaView arena : arenas.all()) {
            ArenaRecord.visitGenerations(arena.record(), arena.count(), words);
        }
    }

    @Override
    public void visitIdleUntypeds(LongConsumer slots) {
        for (ArenaView arena : arenas.all()) {
            for (int child = 0; child < arena.made(); child++) {
                if ((arena.free() >>> child & 1) != 0) {
                    slots.accept(arena.childSlots() + child);
                }
            }
        }
    }
}
