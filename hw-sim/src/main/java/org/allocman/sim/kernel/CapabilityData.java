package org.allocman.sim.kernel;

import org.allocman.vka.Architecture;

/** Badges and guards: what an invocation may write into a capability (seL4 manual, "seL4_CNode_Mint"). */
final class CapabilityData {
    /*
     * Guard data, 64-bit kernels:   guard 6..63, guard size 0..5
     *             32-bit kernels:   guard 8..25, guard size 3..7
     */
    private static final int WIDE_GUARD_SHIFT = 6;
    private static final int NARROW_GUARD_SHIFT = 8;
    private static final int NARROW_SIZE_SHIFT = 3;
    private static final int NARROW_SIZE_MASK = 31;
    private static final int WIDE_SIZE_MASK = 63;

    private final Slots slots;
    private final int wordBits;
    private final long badgeMask;

    CapabilityData(Slots slots, Architecture architecture) {
        this.slots = slots;
        this.wordBits = architecture.wordBits();
        this.badgeMask = -1L >>> Long.SIZE - slots.endpoint().layout().badge().width();
    }

    /** Whether a capability stays valid with the data; {@code keepBadge} forbids touching endpoints at all. */
    boolean accepts(long slot, long data, boolean keepBadge) {
        return switch (slots.type(slot)) {
            case ENDPOINT, NOTIFICATION -> !keepBadge && slots.endpoint().badge(slot) == 0;
            case CNODE -> slots.cnode().radix(slot) + guardBits(data) <= wordBits;
            default -> true;
        };
    }

    /** Writes data that was accepted. */
    void apply(long slot, long data) {
        switch (slots.type(slot)) {
            case ENDPOINT, NOTIFICATION -> slots.endpoint().setBadge(slot, data);
            case CNODE -> slots.cnode().setGuard(slot, guardBits(data), guard(data));
            default -> {
                return;
            }
        }
    }

    /** The badge that data become. */
    long badge(long data) {
        return data & badgeMask;
    }

    /** Whether words have 64 bits. */
    boolean isWide() {
        return wordBits == Long.SIZE;
    }

    private int guardBits(long data) {
        return wordBits == Long.SIZE
                ? (int) data & WIDE_SIZE_MASK
                : (int) (data >>> NARROW_SIZE_SHIFT) & NARROW_SIZE_MASK;
    }

    private long guard(long data) {
        long guard = data >>> (wordBits == Long.SIZE ? WIDE_GUARD_SHIFT : NARROW_GUARD_SHIFT);
        return guard & (1L << guardBits(data)) - 1;
    }
}
