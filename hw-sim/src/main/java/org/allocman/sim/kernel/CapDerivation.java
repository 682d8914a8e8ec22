package org.allocman.sim.kernel;

import org.allocman.vka.KernelError;

/**
 * Which capabilities can be copied, and what a copy is (seL4 manual, "Capability derivation"): seL4's {@code deriveCap} and
 * what follows it.
 */
final class CapDerivation {
    private final Slots slots;
    private final DerivationList list;
    private final CapabilityData data;
    private final AddressSpaces spaces;

    CapDerivation(Slots slots, DerivationList list, CapabilityData data, AddressSpaces spaces) {
        this.slots = slots;
        this.list = list;
        this.data = data;
        this.spaces = spaces;
    }

    /** Whether a capability may be copied at all. */
    KernelError check(long from) {
        return switch (slots.type(from)) {
            // two untypeds with one memory would both make objects from it
            case UNTYPED -> list.hasChildren(from) ? KernelError.revokeFirst() : KernelError.NO_ERROR;
            // a zombie is no capability any more, a reply is good for one use
            case ZOMBIE, REPLY -> KernelError.illegalOperation();
            // these two exist once
            case CONTROL ->
                switch (slots.control().kind(from)) {
                    case IRQ_CONTROL, IO_PORT_CONTROL -> KernelError.illegalOperation();
                    default -> KernelError.NO_ERROR;
                };
            case FRAME, PAGE_TABLE, PAGE_DIRECTORY, PDPT, VSPACE, ASID_POOL -> spaces.checkCopy(from);
            case OBJECT ->
                spaces.guests().isTable(from) && !spaces.guests().isMapped(from)
                        ? KernelError.illegalOperation()
                        : KernelError.NO_ERROR;
            default -> KernelError.NO_ERROR;
        };
    }

    /** Copies what {@link #check}, and {@link CapabilityData#accepts} if there are data, have accepted. */
    void copy(long from, long to, int rights, boolean withData, long newData) {
        slots.copyCapability(from, to);
        boolean revocable = false;
        CapabilityType type = slots.type(from);
        switch (type) {
            case UNTYPED -> {
                slots.untyped().setFreeIndex(from, 1L << slots.untyped().sizeBits(from));
                revocable = true;
            }
            case ENDPOINT, NOTIFICATION -> {
                EndpointCap endpoint = slots.endpoint();
                endpoint.setRights(to, endpoint.rights(to) & rights);
                if (withData) {
                    data.apply(to, newData);
                    revocable = endpoint.badge(to) != endpoint.badge(from);
                }
            }
            case OBJECT -> {
                // of a guest's tables it says there whether they are mapped
                if (!spaces.guests().isTable(from)) {
                    slots.own().setRights(to, slots.own().rights(to) & rights);
                }
            }
            case CNODE -> {
                if (withData) {
                    data.apply(to, newData);
                }
            }
            default -> {
                if (type.isPaging()) {
                    spaces.onCopy(to, rights);
                }
            }
        }
        list.insert(from, to, revocable);
    }
}
