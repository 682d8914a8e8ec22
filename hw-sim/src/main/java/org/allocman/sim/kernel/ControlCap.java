package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.Bits;

/** The field of the capabilities without an object, seL4's {@code irq_control_cap} and others. */
public final class ControlCap {
    private static final Bits WIDE = new Bits("control", 0, 47, 4);
    private static final Bits NARROW = new Bits("control", 0, 32, 4);

    private final PagedMemory memory;
    private final boolean isWide;

    ControlCap(PagedMemory memory, SlotLayout slot) {
        this.memory = memory;
        this.isWide = slot == SlotLayout.WIDE;
    }

    Bits layout() {
        return isWide ? WIDE : NARROW;
    }

    /**
     * Which of the capabilities without an object it is.
     *
     * @param slot a slot with a control capability
     * @return which
     */
    public ControlKind kind(@PhysAddr long slot) {
        return ControlKind.numbered((int) layout().get(memory, slot));
    }

    /** The number of the kind in a word 0. */
    long numberOf(long word) {
        return layout().of(word);
    }

    /**
     * Sets which of the capabilities without an object it is.
     *
     * @param slot a slot with a control capability
     * @param kind which
     */
    public void setKind(@PhysAddr long slot, ControlKind kind) {
        layout().set(memory, slot, kind.ordinal());
    }
}
