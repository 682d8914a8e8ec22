package org.allocman.check.manager;

import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.untyped.SlotProbe;

/** Looks into the simulated kernel's slots for a manager's own checks. */
public final class KernelProbe implements SlotProbe {
    private final Slots slots;
    private final LongUnaryOperator places;
    private final LongPredicate isFree;
    private final LongPredicate isElsewhere;

    /**
     * Prepares to look.
     *
     * @param slots reads the kernel's slots
     * @param places tells at which physical address a slot is; negative if its CNode is not there
     * @param isFree whether the CSpace manager calls a slot free
     * @param isElsewhere whether the object at a physical address is in a slot that its user chose
     */
    public KernelProbe(Slots slots, LongUnaryOperator places, LongPredicate isFree, LongPredicate isElsewhere) {
        this.slots = slots;
        this.places = places;
        this.isFree = isFree;
        this.isElsewhere = isElsewhere;
    }

    @Override
    public boolean isThere(long slot) {
        return places.applyAsLong(slot) >= 0;
    }

    @Override
    public boolean isEmpty(long slot) {
        return slots.isEmpty(places.applyAsLong(slot));
    }

    @Override
    public boolean isFree(long slot) {
        return isFree.test(slot);
    }

    @Override
    public long object(long slot) {
        return slots.object(places.applyAsLong(slot));
    }

    @Override
    public int untypedBits(long slot) {
        long at = places.applyAsLong(slot);
        return slots.type(at) == CapabilityType.UNTYPED ? slots.untyped().sizeBits(at) : -1;
    }

    @Override
    public long watermark(long slot) {
        return slots.untyped().freeIndex(places.applyAsLong(slot));
    }

    @Override
    public boolean isElsewhere(long paddr) {
        return isElsewhere.test(paddr);
    }
}
