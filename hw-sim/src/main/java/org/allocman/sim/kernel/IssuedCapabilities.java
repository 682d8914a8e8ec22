package org.allocman.sim.kernel;

import org.allocman.vka.KernelError;

/** What control capabilities issue: handlers, signals, ranges of ports. Each is derived from the control capability. */
final class IssuedCapabilities {
    private final Slots slots;
    private final DerivationList list;
    private final CapabilityLookup lookup;

    IssuedCapabilities(Slots slots, DerivationList list, CapabilityLookup lookup) {
        this.slots = slots;
        this.list = list;
        this.lookup = lookup;
    }

    /** Whether there is an empty slot at a place. */
    KernelError checkPlace(long root, long index, long depth) {
        long to = lookup.place(root, index, depth);
        if (to < 0) {
            return lookup.placeError(false, root, index, depth);
        }
        return slots.isEmpty(to) ? KernelError.NO_ERROR : KernelError.deleteFirst();
    }

    /** Writes a capability into an empty slot. */
    void put(long control, ControlKind kind, int number, long to) {
        slots.put(to, CapabilityType.CONTROL, 0);
        slots.control().set(to, kind, number);
        list.insert(control, to, true);
    }

    /** Writes a capability to a range of ports into an empty slot. */
    void putPorts(long control, int first, int last, long to) {
        slots.put(to, CapabilityType.CONTROL, 0);
        slots.control().setPorts(to, first, last);
        list.insert(control, to, true);
    }
}
