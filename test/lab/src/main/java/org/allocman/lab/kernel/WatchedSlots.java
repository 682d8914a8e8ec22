package org.allocman.lab.kernel;

import java.util.Arrays;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;

/**
 * What some slots held a while ago, to be compared with what they hold now: whether a capability that is still to the same
 * object says the same. Explorations ask this after each step, so it makes no objects.
 */
final class WatchedSlots {
    private static final int REVOCABLE = 1;
    private static final int FIRST_BADGED = 2;

    private final Slots slots;
    private final CapabilityType[] type;
    private final long[] object;
    private final int[] rights;
    private final long[] data;
    private final int[] bits;
    private final int[] marks;

    WatchedSlots(Slots slots, int count) {
        this.slots = slots;
        this.type = new CapabilityType[count];
        Arrays.fill(type, CapabilityType.NULL);
        this.object = new long[count];
        this.rights = new int[count];
        this.data = new long[count];
        this.bits = new int[count];
        this.marks = new int[count];
    }

    int count() {
        return type.length;
    }

    /** Takes down what a slot holds; nothing if it is negative. */
    void take(int number, @PhysAddr long slot) {
        CapabilityType held = slot < 0 ? CapabilityType.NULL : slots.type(slot);
        type[number] = held;
        if (held != CapabilityType.NULL) {
            object[number] = slots.object(slot);
            rights[number] = rights(held, slot);
            data[number] = data(held, slot);
            bits[number] = bits(held, slot);
            marks[number] = marks(slot);
        }
    }

    /** Whether a capability to the same object as before says something else, or has lost a mark that stays. */
    boolean hasChanged(int number, @PhysAddr long slot) {
        CapabilityType held = type[number];
        if (held == CapabilityType.NULL
                || slot < 0
                || slots.type(slot) != held
                || slots.object(slot) != object[number]) {
            return false;
        }
        int now = marks(slot);
        return rights(held, slot) != rights[number]
                || data(held, slot) != data[number]
                || bits(held, slot) != bits[number]
                || (now & REVOCABLE) != (marks[number] & REVOCABLE)
                || (now & FIRST_BADGED) < (marks[number] & FIRST_BADGED);
    }

    /** What was taken down, to be shown. */
    String earlier(int number) {
        return type[number] + " with rights " + rights[number] + ", data " + data[number] + ", " + bits[number]
                + " bits, marks " + marks[number];
    }

    private int rights(CapabilityType held, long slot) {
        return switch (held) {
            case ENDPOINT, NOTIFICATION -> slots.endpoint().rights(slot);
            case FRAME -> slots.frame().vmRights(slot);
            default -> 0;
        };
    }

    /** A badge or a guard. */
    private long data(CapabilityType held, long slot) {
        return switch (held) {
            case ENDPOINT, NOTIFICATION -> slots.endpoint().badge(slot);
            case CNODE -> slots.cnode().guard(slot);
            default -> 0;
        };
    }

    /** Sizes, of guards too. */
    private int bits(CapabilityType held, long slot) {
        return switch (held) {
            case UNTYPED -> slots.untyped().sizeBits(slot);
            case CNODE -> slots.cnode().radix(slot) << Byte.SIZE | slots.cnode().guardSize(slot);
            case FRAME -> slots.frame().size(slot);
            default -> 0;
        };
    }

    private int marks(long slot) {
        return (slots.mdb().isRevocable(slot) ? REVOCABLE : 0) | (slots.mdb().isFirstBadged(slot) ? FIRST_BADGED : 0);
    }
}
