package org.allocman.check.manager;

import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.untyped.SlotProbe;

/** Looks into the simulated kernel's slots for a manager's own checks. */
public final class KernelProbe implements SlotProbe {
    private final Slots slots;
    private final LongUnaryOperator slotWords;
    private final LongPredicate isFree;
    private final LongPredicate isInClientSlot;

    /**
     * Prepares to look.
     *
     * @param slots reads the kernel's slots
     * @param slotWords tells at which physical address a slot is; negative if its CNode is not there
     * @param isFree whether the CSpace manager calls a slot free
     * @param isInClientSlot whether the object at a physical address is in a slot that its user chose
     */
    public KernelProbe(Slots slots, LongUnaryOperator slotWords, LongPredicate isFree, LongPredicate isInClientSlot) {
        this.slots = slots;
        this.slotWords = slotWords;
        this.isFree = isFree;
        this.isInClientSlot = isInClientSlot;
    }

    @Override
    public boolean isThere(long slot) {
        return slotWords.applyAsLong(slot) >= 0;
    }

    @Override
    public boolean isEmpty(long slot) {
        return slots.isEmpty(slotWords.applyAsLong(slot));
    }

    @Override
    public boolean isFree(long slot) {
        return isFree.test(slot);
    }

    @Override
    public long object(long slot) {
        return slots.object(slotWords.applyAsLong(slot));
    }

    @Override
    public int untypedBits(long slot) {
        long at = slotWords.applyAsLong(slot);
        return slots.type(at) == CapabilityType.UNTYPED ? slots.untyped().sizeBits(at) : -1;
    }

    @Override
    public long watermark(long slot) {
        return slots.untyped().freeIndex(slotWords.applyAsLong(slot));
    }

    @Override
    public boolean isInClientSlot(long paddr) {
        return isInClientSlot.test(paddr);
    }
}
