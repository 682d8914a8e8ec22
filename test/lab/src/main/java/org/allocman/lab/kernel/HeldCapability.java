package org.allocman.lab.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a slot says of its capability and of its marks in the derivation list, but for watermarks and mappings.
 *
 * @param type what it is
 * @param object the object's address
 * @param size size bits of an untyped, radix of a CNode, which size of a frame; otherwise 0
 * @param device whether it is device memory
 * @param rights of an endpoint, notification or frame the bits of {@link CapRights}; otherwise 0
 * @param badge of an endpoint or notification; otherwise 0
 * @param guardBits of a CNode; otherwise 0
 * @param guard of a CNode; otherwise 0
 * @param revocable its mark
 * @param firstBadged its mark
 */
record HeldCapability(
        CapabilityType type,
        long object,
        int size,
        boolean device,
        int rights,
        long badge,
        int guardBits,
        long guard,
        boolean revocable,
        boolean firstBadged) {

    /** Reads a slot; null if it is empty. */
    static @Nullable HeldCapability of(Slots slots, Architecture architecture, @PhysAddr long slot) {
        if (slots.isEmpty(slot)) {
            return null;
        }
        CapabilityType type = slots.type(slot);
        boolean badged = type == CapabilityType.ENDPOINT || type == CapabilityType.NOTIFICATION;
        boolean isCNode = type == CapabilityType.CNODE;
        int size = switch (type) {
            case UNTYPED -> slots.untyped().sizeBits(slot);
            case CNODE -> slots.cnode().radix(slot);
            case FRAME -> slots.frame().size(slot);
            default -> 0;
        };
        int rights = badged
                ? slots.endpoint().rights(slot)
                : type == CapabilityType.FRAME
                        ? frameRights(architecture, slots.frame().vmRights(slot))
                        : 0;
        return new HeldCapability(
                type,
                slots.object(slot),
                size,
                slots.isDevice(slot),
                rights,
                badged ? slots.endpoint().badge(slot) : 0,
                isCNode ? slots.cnode().guardSize(slot) : 0,
                isCNode ? slots.cnode().guard(slot) : 0,
                slots.mdb().isRevocable(slot),
                slots.mdb().isFirstBadged(slot));
    }

    /** The rights of a frame, which each architecture numbers in its way, as bits. */
    static int frameRights(Architecture architecture, int number) {
        return Behaviours.of(architecture).frameRights(number).bits();
    }

    /** Whether it has a badge, or may get one. */
    boolean canHaveBadge() {
        return type == CapabilityType.ENDPOINT || type == CapabilityType.NOTIFICATION;
    }

    /** Whether another is to the same object. */
    boolean isOfSameObject(HeldCapability other) {
        return type == other.type && object == other.object && size == other.size && device == other.device;
    }

    /** The rights of a copy with those asked for; a frame cannot be written without being read. */
    int masked(int wanted) {
        int left = rights & wanted;
        boolean blind = type == CapabilityType.FRAME && (left & CapRights.READ) == 0;
        return blind ? 0 : left;
    }

    HeldCapability withRights(int newRights) {
        return new HeldCapability(
                type, object, size, device, newRights, badge, guardBits, guard, revocable, firstBadged);
    }

    HeldCapability withBadge(long newBadge) {
        return new HeldCapability(
                type, object, size, device, rights, newBadge, guardBits, guard, revocable, firstBadged);
    }

    HeldCapability withGuard(int newBits, long newGuard) {
        return new HeldCapability(type, object, size, device, rights, badge, newBits, newGuard, revocable, firstBadged);
    }

    HeldCapability withMarks(boolean marks) {
        return new HeldCapability(type, object, size, device, rights, badge, guardBits, guard, marks, marks);
    }

    @Override
    public String toString() {
        String marks = (revocable ? ", revocable" : "") + (firstBadged ? ", first of its badge" : "");
        String more = canHaveBadge() ? ", badge " + badge : guardBits != 0 ? ", guard of " + guardBits + " bits" : "";
        String allows = canHaveBadge() || type == CapabilityType.FRAME ? ", rights " + new CapRights(rights) : "";
        return type + " at 0x" + Long.toHexString(object) + allows + more + marks;
    }
}
