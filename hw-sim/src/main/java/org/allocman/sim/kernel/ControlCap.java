package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.Bits;

/** The fields of the capabilities without an object, seL4's {@code irq_control_cap}, {@code irq_handler_cap} and others. */
public final class ControlCap {
    private static final int WIDE_SHIFT = 47;
    private static final int NARROW_SHIFT = 32;
    private static final int PORTS_SHIFT = 4;
    private static final int PORT_BITS = 16;

    private final PagedMemory memory;
    private final boolean isWide;

    /**
     * Where the fields lie.
     *
     * @param kind which capability it is
     * @param number the interrupt, for a software-generated one 256 times it and its target; for a SchedControl the core; 0 for the others
     * @param firstPort of a range of I/O ports, where others have the object's address
     * @param lastPort of a range of I/O ports
     */
    record Layout(Bits kind, Bits number, Bits firstPort, Bits lastPort) {
        static final Layout WIDE = new Layout(
                new Bits("control", 0, WIDE_SHIFT, 4),
                new Bits("number", 0, 51, 13),
                new Bits("first port", 0, PORTS_SHIFT, PORT_BITS),
                new Bits("last port", 0, PORTS_SHIFT + PORT_BITS, PORT_BITS));
        static final Layout NARROW = new Layout(
                new Bits("control", 0, NARROW_SHIFT, 4),
                new Bits("number", 0, 36, 28),
                new Bits("first port", 0, PORTS_SHIFT, PORT_BITS),
                new Bits("last port", 0, 36, PORT_BITS));
    }

    ControlCap(PagedMemory memory, SlotLayout slot) {
        this.memory = memory;
        this.isWide = slot == SlotLayout.WIDE;
    }

    Layout layout() {
        return isWide ? Layout.WIDE : Layout.NARROW;
    }

    /**
     * Which of the capabilities without an object it is.
     *
     * @param slot a slot with a control capability
     * @return which
     */
    public ControlKind kind(@PhysAddr long slot) {
        return ControlKind.numbered((int) layout().kind().get(memory, slot));
    }

    /** The kind in a word 0. */
    ControlKind kindOf(long word) {
        return ControlKind.numbered((int) layout().kind().of(word));
    }

    /** All that a word 0 says behind the type, in one: equal for two capabilities to the same. */
    long identityOf(long word) {
        return word >>> SlotLayout.TYPE.width();
    }

    /**
     * Where a range of I/O ports begins.
     *
     * @param slot a slot with a control capability of kind {@link ControlKind#IO_PORT}
     * @return the first port, 0 to 65535
     */
    public int firstPort(@PhysAddr long slot) {
        return (int) layout().firstPort().get(memory, slot);
    }

    /**
     * Where a range of I/O ports ends.
     *
     * @param slot a slot with a control capability of kind {@link ControlKind#IO_PORT}
     * @return the last port, 0 to 65535
     */
    public int lastPort(@PhysAddr long slot) {
        return (int) layout().lastPort().get(memory, slot);
    }

    /** Writes a capability to a range of I/O ports; its links stay. */
    void setPorts(long slot, int first, int last) {
        setKind(slot, ControlKind.IO_PORT);
        layout().firstPort().set(memory, slot, first);
        layout().lastPort().set(memory, slot, last);
    }

    /**
     * Which interrupt a handler handles.
     *
     * @param slot a slot with a control capability
     * @return the interrupt; for a software-generated one 256 times it and its target; 0 for other kinds
     */
    public int number(@PhysAddr long slot) {
        return (int) layout().number().get(memory, slot);
    }

    /** Writes a capability; its links stay. */
    void set(long slot, ControlKind kind, int number) {
        setKind(slot, kind);
        layout().number().set(memory, slot, number);
    }

    /**
     * Sets which of the capabilities without an object it is.
     *
     * @param slot a slot with a control capability
     * @param kind which
     */
    public void setKind(@PhysAddr long slot, ControlKind kind) {
        layout().kind().set(memory, slot, kind.ordinal());
    }
}
