package org.allocman.check.systems;

import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;

/** What some slots hold, at a glance; read anew when the memory has changed. */
final class SlotTypes {
    /** As many slots as one word has types of. */
    static final int MOST = 16;

    private static final int TYPE_BITS = 4;
    private static final int TYPE_MASK = (1 << TYPE_BITS) - 1;

    private final PhysicalMemory memory;
    private final Slots slots;
    private final long first;
    private final int count;
    private long types;
    private int empty;
    private long high;
    private long low;

    /** Looks at slots that lie side by side. */
    SlotTypes(PhysicalMemory memory, Slots slots, long first, int count) {
        this.memory = memory;
        this.slots = slots;
        this.first = first;
        this.count = count;
        read();
    }

    boolean isEmpty(int slot) {
        refresh();
        return (empty >>> slot & 1) != 0;
    }

    boolean is(int slot, CapabilityType type) {
        refresh();
        return ((int) (types >>> TYPE_BITS * slot) & TYPE_MASK) == type.ordinal();
    }

    /** The first empty slot, or {@link Integer#SIZE} if all are in use. */
    int firstEmpty() {
        refresh();
        return Integer.numberOfTrailingZeros(empty);
    }

    private void refresh() {
        Fingerprint now = memory.fingerprint();
        if (now.high() != high || now.low() != low) {
            read();
        }
    }

    private void read() {
        Fingerprint now = memory.fingerprint();
        high = now.high();
        low = now.low();
        types = 0;
        empty = 0;
        for (int slot = 0; slot < count; slot++) {
            int type = slots.type(slots.at(first, slot)).ordinal();
            types |= (long) type << TYPE_BITS * slot;
            empty |= type == 0 ? 1 << slot : 0;
        }
    }
}
