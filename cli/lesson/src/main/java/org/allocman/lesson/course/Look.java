package org.allocman.lesson.course;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.script.CapabilityText;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityLookup;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.DerivationList;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.Slots;

/**
 * A machine's capabilities, as checks ask for them: by the slots of the CNode that was the root when this was made, read from
 * memory at the moment of the question. So a program may do with its CSpace what it likes.
 */
final class Look {
    private final Slots slots;
    private final ObjectRegions regions;
    private final DerivationList list;
    private final CapabilityLookup lookup;
    private final CapabilityText text;
    private final @PhysAddr long root;

    Look(Machine machine) {
        slots = new Slots(machine.memory().words(), machine.board().architecture());
        regions = new ObjectRegions(slots, machine.board().architecture());
        list = new DerivationList(slots, regions);
        lookup = new CapabilityLookup(
                machine.memory().words(), machine.board().architecture(), slots, machine.kernelState());
        root = slots.object(lookup.root());
        text = new CapabilityText(machine.memory(), machine.board().architecture());
    }

    Slots slots() {
        return slots;
    }

    /** A slot of the CNode that was the root at the start. */
    @PhysAddr
    long slot(@CPtr long cptr) {
        return slots.at(root, cptr);
    }

    /** The slot that an index leads to from a CNode; negative if it leads nowhere. */
    long place(@CPtr long root, long index, int depth) {
        return lookup.place(slot(root), index, depth);
    }

    /** Why an index leads nowhere. */
    String whyNoPlace(@CPtr long root, long index, int depth) {
        return lookup.placeError(false, slot(root), index, depth).toString();
    }

    CapabilityType type(@CPtr long cptr) {
        return slots.type(slot(cptr));
    }

    boolean isEmpty(@CPtr long cptr) {
        return slots.isEmpty(slot(cptr));
    }

    @PhysAddr
    long object(@CPtr long cptr) {
        return slots.object(slot(cptr));
    }

    int sizeBits(@CPtr long cptr) {
        return regions.sizeBits(slot(cptr));
    }

    boolean isDevice(@CPtr long cptr) {
        return slots.isDevice(slot(cptr));
    }

    @Bytes
    long watermark(@CPtr long untyped) {
        return slots.untyped().freeIndex(slot(untyped));
    }

    boolean hasChildren(@CPtr long cptr) {
        return list.hasChildren(slot(cptr));
    }

    /** Whether a capability would be deleted by a revoke of another. */
    boolean descends(@CPtr long ancestor, @CPtr long cptr) {
        long from = slot(ancestor);
        long wanted = slot(cptr);
        for (long at = slots.mdb().next(from);
                at >= 0 && list.isParent(from, at);
                at = slots.mdb().next(at)) {
            if (at == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Those of several slots that hold something. */
    List<Long> held(List<Long> cptrs) {
        List<Long> held = new ArrayList<>();
        for (long cptr : cptrs) {
            if (!isEmpty(cptr)) {
                held.add(cptr);
            }
        }
        return held;
    }

    /** A slot in words. */
    String phrase(@CPtr long cptr) {
        return isEmpty(cptr) ? "nothing" : text.phrase(slot(cptr));
    }

    /** A slot in words with an article. */
    String thing(@CPtr long cptr) {
        String phrase = phrase(cptr);
        return isEmpty(cptr) ? phrase : ("aeiou".indexOf(phrase.charAt(0)) >= 0 ? "an " : "a ") + phrase;
    }

    /** Slot numbers as they are listed in a sentence. */
    static String list(List<Long> cptrs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cptrs.size(); i++) {
            text.append(i == 0 ? "" : i == cptrs.size() - 1 ? " and " : ", ").append(cptrs.get(i));
        }
        return text.toString();
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
