package org.allocman.script;

import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.ControlKind;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.ObjectType;

/** Capabilities in words. */
public final class CapabilityText {
    private static final int SGI_TARGETS = 256;

    private final Architecture architecture;
    private final Slots slots;
    private final ObjectRegions regions;
    private final ObjectTypes types;
    private final BindingText bindings;

    /**
     * Prepares to describe.
     *
     * @param memory where the capabilities are
     * @param architecture how they are laid out
     */
    public CapabilityText(PhysicalMemory memory, Architecture architecture) {
        this.architecture = architecture;
        this.slots = new Slots(memory.words(), architecture);
        this.regions = new ObjectRegions(slots, architecture);
        this.types = new ObjectTypes(slots, architecture);
        this.bindings = new BindingText(memory, slots, architecture);
    }

    Slots slots() {
        return slots;
    }

    /**
     * What kind of capability a slot holds.
     *
     * @param slot physical address of the slot
     * @return for instance {@code page table}; {@code nothing} for an empty slot
     */
    public String kind(@PhysAddr long slot) {
        return switch (slots.type(slot)) {
            case NULL -> "nothing";
            case UNTYPED -> slots.isDevice(slot) ? "device untyped" : "untyped";
            case REPLY -> "reply";
            case ZOMBIE -> "zombie";
            case ASID_POOL -> "ASID pool";
            case FRAME -> architecture.frames().get(slots.frame().size(slot)).text();
            case CONTROL -> kind(slots.control().kind(slot));
            default -> {
                ObjectType type = types.type(slot);
                yield type == null ? "unknown" : type.text();
            }
        };
    }

    private static String kind(ControlKind kind) {
        return switch (kind) {
            case IRQ_CONTROL -> "IRQ control";
            case ASID_CONTROL -> "ASID control";
            case IO_PORT_CONTROL -> "I/O port control";
            case IO_SPACE -> "I/O space";
            case DOMAIN -> "domain";
            case IRQ_HANDLER -> "IRQ handler";
            case SGI_SIGNAL -> "SGI signal";
            case SCHED_CONTROL -> "scheduling control";
            case IO_PORT -> "I/O ports";
        };
    }

    /**
     * What there is to say of a capability beside its kind, size and address.
     *
     * @param slot physical address of the slot
     * @return for instance {@code badge 5, rights WR--}; empty if there is nothing
     */
    public String detail(@PhysAddr long slot) {
        CapabilityType type = slots.type(slot);
        ObjectType own = type == CapabilityType.OBJECT ? types.type(slot) : null;
        String bound = bindings.of(own, type, slots.object(slot));
        String detail = ownDetail(slot);
        return detail + (detail.isEmpty() || bound.isEmpty() ? "" : ", ") + bound;
    }

    private String ownDetail(long slot) {
        return switch (slots.type(slot)) {
            case UNTYPED -> "watermark " + hex(slots.untyped().freeIndex(slot));
            case ENDPOINT, NOTIFICATION ->
                (slots.endpoint().badge(slot) == 0
                                ? ""
                                : "badge " + hex(slots.endpoint().badge(slot)) + ", ") + "rights "
                        + new CapRights(slots.endpoint().rights(slot));
            case CNODE ->
                (1L << slots.cnode().radix(slot)) + " slots, guard "
                        + hex(slots.cnode().guard(slot)) + " of "
                        + slots.cnode().guardSize(slot) + " bits";
            case FRAME ->
                slots.mapping().asid(slot) == 0
                        ? ""
                        : "mapped at " + hex(slots.mapping().vaddr(slot));
            case PAGE_TABLE, PAGE_DIRECTORY, PDPT ->
                slots.table().isMapped(slot)
                        ? "mapped at " + hex(slots.mapping().vaddr(slot))
                        : "";
            case CONTROL -> number(slot);
            default -> "";
        };
    }

    /** Which of a machine's many things a capability is authority over. */
    private String number(long slot) {
        int number = slots.control().number(slot);
        return switch (slots.control().kind(slot)) {
            case IRQ_HANDLER -> "interrupt " + number;
            case SGI_SIGNAL -> "interrupt " + number / SGI_TARGETS + " to core " + number % SGI_TARGETS;
            case SCHED_CONTROL -> "core " + number;
            case IO_PORT ->
                hex(slots.control().firstPort(slot)) + " to "
                        + hex(slots.control().lastPort(slot));
            default -> "";
        };
    }

    /**
     * A capability in a phrase.
     *
     * @param slot physical address of the slot
     * @return for instance {@code endpoint of 2^4 bytes at 0x40280000, rights WRGP}
     */
    public String phrase(@PhysAddr long slot) {
        int bits = regions.sizeBits(slot);
        boolean isMemory = bits >= 0 && slots.type(slot) != CapabilityType.NULL;
        String where = isMemory ? " of 2^" + bits + " bytes at " + hex(slots.object(slot)) : "";
        String detail = detail(slot);
        return kind(slot) + where + (detail.isEmpty() ? "" : ", " + detail);
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
