package org.allocman.view.recording;

import java.util.List;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads slots. */
final class CapabilityReader {
    private final Slots slots;
    private final ObjectRegions regions;
    private final ObjectTypes types;
    private final List<ObjectType> ownTypes;

    CapabilityReader(Slots slots, Architecture architecture) {
        this.slots = slots;
        this.regions = new ObjectRegions(slots, architecture);
        this.types = new ObjectTypes(slots, architecture);
        this.ownTypes = MachineShape.own(architecture);
    }

    /** The number of what a slot holds among the types that {@link MachineShape} has. */
    private int number(CapabilityType type, long slot) {
        ObjectType own = types.type(slot);
        int index = own == null || !own.isOwn() ? -1 : ownTypes.indexOf(own);
        return index < 0 ? type.ordinal() : CapabilityType.values().length + index;
    }

    int slotBytes() {
        return slots.bytes();
    }

    /** What a slot holds, or null if it is empty. */
    @Nullable
    CapabilityRow read(long slot) {
        if (slots.isEmpty(slot)) {
            return null;
        }
        CapabilityType type = slots.type(slot);
        int bits = regions.sizeBits(slot);
        boolean table = type.isTable();
        boolean mapped = type == CapabilityType.FRAME
                ? slots.mapping().asid(slot) != 0
                : table && slots.table().isMapped(slot);
        int flags = (slots.isDevice(slot) ? CapabilityRow.DEVICE : 0)
                | (slots.mdb().isRevocable(slot) ? CapabilityRow.REVOCABLE : 0)
                | (slots.mdb().isFirstBadged(slot) ? CapabilityRow.FIRST_BADGED : 0)
                | (mapped ? CapabilityRow.MAPPED : 0);
        String detail = switch (type) {
            case ENDPOINT, NOTIFICATION -> Long.toHexString(slots.endpoint().badge(slot));
            case CNODE -> Long.toHexString(slots.cnode().guard(slot));
            case FRAME, PAGE_TABLE, PAGE_DIRECTORY, PDPT ->
                mapped ? Long.toHexString(slots.mapping().vaddr(slot)) : "";
            default -> "";
        };
        boolean cnode = type == CapabilityType.CNODE;
        return new CapabilityRow(
                number(type, slot),
                bits < 0 ? 0 : slots.object(slot),
                bits,
                flags,
                type == CapabilityType.UNTYPED ? slots.untyped().freeIndex(slot) : 0,
                detail,
                cnode ? slots.cnode().radix(slot) : 0,
                cnode ? slots.cnode().guardSize(slot) : 0,
                slots.mdb().next(slot));
    }
}
