package org.allocman.conformance.kernel;

import java.util.ArrayList;
import java.util.List;
import org.allocman.vka.Memory;

/** Notices which slots of the arena a step has changed. */
final class ArenaWatch {
    private final Memory memory;
    private final long arena;
    private final int slotBytes;
    private final long[] before;

    ArenaWatch(RecordedMachine machine) {
        this.memory = machine.memory.words();
        this.arena = machine.arena;
        this.slotBytes = machine.slots.bytes();
        this.before = new long[machine.arenaSlots * slotBytes / Long.BYTES];
    }

    void remember() {
        for (int i = 0; i < before.length; i++) {
            before[i] = memory.load64(arena + (long) i * Long.BYTES, 0);
        }
    }

    List<Long> changed() {
        List<Long> slots = new ArrayList<>();
        long last = -1;
        for (int i = 0; i < before.length; i++) {
            long address = arena + (long) i * Long.BYTES;
            long slot = address & -slotBytes;
            if (slot != last && memory.load64(address, 0) != before[i]) {
                slots.add(slot);
                last = slot;
            }
        }
        return slots;
    }
}
