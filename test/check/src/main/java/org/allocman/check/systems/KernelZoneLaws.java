package org.allocman.check.systems;

import java.util.Arrays;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.Architecture;

/**
 * The kernel's laws for a zone, decided fast: whether any is broken, not which. What it does not know it calls broken; the
 * laws themselves then say whether it is.
 */
final class KernelZoneLaws {
    private static final int MOST = 64;

    private final KernelZone zone;
    private final Slots slots;
    private final Architecture architecture;
    private final long[] base = new long[MOST];
    private final long[] end = new long[MOST];
    private final long[] freeFrom = new long[MOST];
    private final int[] descendants = new int[MOST];
    private final CapabilityType[] type = new CapabilityType[MOST];
    private final boolean[] hasChildren = new boolean[MOST];
    private int size;

    KernelZoneLaws(KernelZone zone, Architecture architecture) {
        this.zone = zone;
        this.slots = zone.slots();
        this.architecture = architecture;
        Arrays.fill(type, CapabilityType.NULL);
    }

    /** Whether every law holds, of what the zone has last found. */
    boolean hold() {
        if (!zone.isIntact()) {
            return false;
        }
        size = zone.size();
        for (int i = 0; i < size; i++) {
            if (!read(i)) {
                return false;
            }
        }
        if (descendants[0] != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!isPlaced(i) || !nests(i) || !hasItsMarks(i) || !standsWithItsObject(i)) {
                return false;
            }
            for (int j = i + 1; j < size; j++) {
                boolean apart = end[i] <= base[j] || end[j] <= base[i];
                if (!apart && !mayOverlap(i, j)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Reads a capability and judges it by itself. */
    private boolean read(int i) {
        long at = zone.slot(i);
        CapabilityType found = slots.type(at);
        type[i] = found;
        int bits = zone.regions().sizeBits(at);
        if (bits < 0 || slots.isDevice(at)) {
            return false;
        }
        base[i] = slots.object(at);
        end[i] = base[i] + (1L << bits);
        if ((base[i] & (1L << bits) - 1) != 0) {
            return false;
        }
        int last = i + 1;
        while (last < size && zone.list().isParent(at, zone.slot(last))) {
            last++;
        }
        descendants[i] = last;
        hasChildren[i] = last > i + 1;
        return switch (found) {
            case UNTYPED -> {
                long free = slots.untyped().freeIndex(at);
                freeFrom[i] = base[i] + free;
                yield slots.mdb().isRevocable(at)
                        && bits >= architecture.minUntypedBits()
                        && bits <= architecture.maxUntypedBits()
                        && free <= 1L << bits;
            }
            case CNODE -> {
                int guardBits = slots.cnode().guardSize(at);
                yield slots.cnode().radix(at) >= 1
                        && slots.cnode().radix(at) + guardBits <= architecture.wordBits()
                        && (guardBits == Long.SIZE || slots.cnode().guard(at) >>> guardBits == 0);
            }
            case ZOMBIE ->
                slots.zombie().number(at) <= 1L << slots.zombie().radix(at)
                        && !slots.zombie().isTcb(at);
            case ENDPOINT, NOTIFICATION -> true;
            case OBJECT -> zone.types().isSound(at);
            default -> false;
        };
    }

    /**
     * A capability lies in a slot of the user's, or of a CNode of the zone; the first one where it always was. That no other
     * slot is in use need not be asked: memory outside of what was found is as at first.
     */
    private boolean isPlaced(int i) {
        long at = zone.slot(i);
        if (i == 0 || zone.isOfUser(at)) {
            return true;
        }
        for (int j = 1; j < size; j++) {
            boolean holds = type[j] == CapabilityType.CNODE
                    || type[j] == CapabilityType.ZOMBIE
                            && at < slots.at(base[j], slots.zombie().number(zone.slot(j)));
            if (holds && base[j] <= at && at < end[j]) {
                return (at & slots.bytes() - 1) == 0;
            }
        }
        return false;
    }

    /** Descendants lie inside, and bring their own descendants. */
    private boolean nests(int i) {
        for (int j = i + 1; j < descendants[i]; j++) {
            if (descendants[j] > descendants[i] || base[j] < base[i] || end[j] > end[i]) {
                return false;
            }
        }
        return true;
    }

    /** A new badge begins a family; only that, an untyped and the first capability to an object are revocable, and begin one. */
    private boolean hasItsMarks(int i) {
        long at = zone.slot(i);
        boolean begins = slots.mdb().isFirstBadged(at);
        boolean isCopy = i > 0 && isOneObject(i - 1, i);
        long badge = isBadged(i) ? slots.endpoint().badge(at) : 0;
        if (isCopy && badge != 0 && badge != slots.endpoint().badge(zone.slot(i - 1)) && !begins) {
            return false;
        }
        return !slots.mdb().isRevocable(at) || begins && (!isCopy || badge != 0);
    }

    private boolean isBadged(int i) {
        return type[i] == CapabilityType.ENDPOINT || type[i] == CapabilityType.NOTIFICATION;
    }

    private boolean isOneObject(int i, int j) {
        return type[i] == type[j]
                && base[i] == base[j]
                && type[i] != CapabilityType.UNTYPED
                && type[i] != CapabilityType.ZOMBIE;
    }

    /** No other object stands between two capabilities to one, and what is derived from one has no more rights. */
    private boolean standsWithItsObject(int i) {
        int behind = i + 1;
        while (behind < size && isOneObject(i, behind)) {
            behind++;
        }
        for (int j = behind; j < size; j++) {
            if (isOneObject(i, j)) {
                return false;
            }
        }
        for (int j = i + 1; j < descendants[i] && isBadged(i); j++) {
            if ((slots.endpoint().rights(zone.slot(j)) & ~slots.endpoint().rights(zone.slot(i))) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether two capabilities to overlapping memory, the first earlier in the list, may be there. */
    private boolean mayOverlap(int i, int j) {
        boolean isOuter = base[i] <= base[j] && end[j] <= end[i];
        if (type[i] != CapabilityType.UNTYPED) {
            boolean isOne = type[i] == type[j] && base[i] == base[j] && end[i] == end[j];
            return isOne && type[i] != CapabilityType.ZOMBIE;
        }
        // what lies in an untyped stands behind it, among its descendants
        if (!isOuter || j >= descendants[i] || end[j] > freeFrom[i] || !hasChildren[i]) {
            return false;
        }
        if (type[j] == CapabilityType.UNTYPED) {
            boolean isSame = base[i] == base[j] && end[i] == end[j];
            long freeOfInner = hasChildren[j] ? freeFrom[j] : base[j];
            boolean isReserved = Math.max(freeFrom[i], freeOfInner) >= Math.min(end[i], end[j]);
            return isReserved && (!isSame || freeFrom[i] == end[i]);
        }
        return true;
    }
}
