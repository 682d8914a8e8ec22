package org.allocman.lesson.course;

import java.util.List;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.BootSlots;

/** Slots, and how they are found. */
final class CSpaceLesson extends KernelLesson {
    private static final long CNODE = 100;
    private static final long GUARDED = 101;
    private static final int RADIX = 4;
    private static final long GUARD = 0x2a;
    private static final int GUARD_BITS = 8;
    private static final long INDEX = 0x2a5;
    private static final int DEPTH = 12;
    private static final int SLOT = 5;

    CSpaceLesson() {
        super("cspace", Form.SCRIPT, Form.JAVA);
    }

    @Override
    List<Long> shown() {
        return List.of(BootSlots.CNODE, 47L, 48L);
    }

    @Override
    void check(Machine machine, SlotFindings found) {
        Look look = found.look();
        Slots slots = look.slots();
        if (look.type(CNODE) != CapabilityType.CNODE || slots.cnode().radix(look.slot(CNODE)) != RADIX) {
            found.slot(
                    CNODE,
                    "cnode",
                    "a CNode of 16 slots",
                    "A CNode's size is its radix, the number of bits that choose a slot: 16 slots are 2^4.");
            return;
        }
        if (look.type(GUARDED) != CapabilityType.CNODE) {
            found.slot(
                    GUARDED,
                    "copy",
                    "a second capability to the CNode",
                    "A mint makes a second capability to the same object, and gives it a guard of its own.");
            return;
        }
        if (look.object(GUARDED) != look.object(CNODE)) {
            found.add(
                    "other",
                    "Slots 100 and 101 hold different CNodes, at " + Look.hex(look.object(CNODE)) + " and "
                            + Look.hex(look.object(GUARDED)) + ".",
                    "A retype makes a new object; a mint makes a new capability to an object that is there.");
            return;
        }
        long guarded = look.slot(GUARDED);
        if (slots.cnode().guardSize(guarded) != GUARD_BITS || slots.cnode().guard(guarded) != GUARD) {
            found.add(
                    "guard",
                    "The capability in slot 101 has a guard of " + slots.cnode().guardSize(guarded)
                            + " bits with value " + Look.hex(slots.cnode().guard(guarded))
                            + "; wanted are 8 bits with value 0x2a. " + lookedUp(look),
                    "The bits of an index are used from the top: first the guard, which must be equal, then the radix, which"
                            + " chooses the slot.");
            return;
        }
        long place = look.place(GUARDED, INDEX, DEPTH);
        if (slots.isEmpty(place)) {
            found.add(
                    "slot",
                    "Index 0x2a5 with depth 12 leads to slot 5 of the CNode, which is empty. " + others(look),
                    "The index is 0x2a5: its top 8 bits are the guard 0x2a, its last 4 bits are the slot, 5.");
        } else if (slots.type(place) != CapabilityType.ENDPOINT) {
            found.add(
                    "endpoint",
                    "Slot 5 of the CNode holds something that is no endpoint.",
                    "Look at the type that you make, and at the untyped it is made from.");
        }
    }

    private static String lookedUp(Look look) {
        return look.place(GUARDED, INDEX, DEPTH) >= 0
                ? "Index 0x2a5 with depth 12 finds a slot all the same, but by other bits."
                : "So the look-up of index 0x2a5 with depth 12 fails: " + look.whyNoPlace(GUARDED, INDEX, DEPTH) + ".";
    }

    private static String others(Look look) {
        Slots slots = look.slots();
        for (int slot = 0; slot < 1 << RADIX; slot++) {
            if (slot != SLOT && !slots.isEmpty(slots.at(look.object(CNODE), slot))) {
                return "Slot " + slot + " of it is in use.";
            }
        }
        return "All of its slots are.";
    }
}
