package org.allocman.wire;

import java.util.Locale;
import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelInterrupts.IoApicPin;
import org.allocman.vka.KernelInterrupts.MsiSource;
import org.allocman.vka.KernelPorts.PortWidth;
import org.allocman.vka.KernelScheduling.Allotment;
import org.allocman.vka.KernelScheduling.SchedParams;
import org.allocman.vka.ThreadSpaces;

/** Invocations as lines of a script: all arguments as numbers, places as {@code CNODE/INDEX:DEPTH}, in one fixed form. */
public final class InvocationLines {
    private static final String RIGHTS = "wrgp";

    private InvocationLines() {}

    static String n(long number) {
        return WireNumbers.text(number);
    }

    static String n(int number) {
        return WireNumbers.text(Integer.toUnsignedLong(number));
    }

    /** A kernel's words have no sign: what is negative here is larger there than any type or size, and so is this. */
    private static String word(int number) {
        return n(number < 0 ? Integer.MAX_VALUE : number);
    }

    /**
     * A place.
     *
     * @param path the place
     * @return for instance {@code 2/300:64}
     */
    public static String place(CapPath path) {
        return n(path.root()) + "/" + n(path.index()) + ":" + n(path.depth());
    }

    /**
     * Rights.
     *
     * @param rights which
     * @return for instance {@code rw}, or {@code none}
     */
    public static String rights(CapRights rights) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < RIGHTS.length(); bit++) {
            if ((rights.bits() >>> bit & 1) != 0) {
                text.append(RIGHTS.charAt(bit));
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    static String retype(
            long untyped,
            int type,
            int sizeBits,
            long root,
            long nodeIndex,
            int nodeDepth,
            long nodeOffset,
            int count) {
        return "retype " + n(untyped) + " " + word(type) + " " + word(sizeBits) + " -> " + n(root) + "/" + n(nodeIndex)
                + ":" + n(nodeDepth) + "/" + n(nodeOffset) + " count " + n(count);
    }

    static String copy(CapPath to, CapPath from, CapRights rights) {
        return "copy " + place(from) + " -> " + place(to) + " rights " + rights(rights);
    }

    static String mint(CapPath to, CapPath from, CapRights rights, long badge) {
        return "mint " + place(from) + " -> " + place(to) + " rights " + rights(rights) + " badge " + n(badge);
    }

    static String move(CapPath to, CapPath from) {
        return "move " + place(from) + " -> " + place(to);
    }

    static String mutate(CapPath to, CapPath from, long badge) {
        return "mutate " + place(from) + " -> " + place(to) + " badge " + n(badge);
    }

    static String rotate(CapPath to, long toBadge, CapPath pivot, long pivotBadge, CapPath from) {
        return "rotate " + place(from) + " via " + place(pivot) + " -> " + place(to) + " badge " + n(toBadge)
                + " pivot-badge " + n(pivotBadge);
    }

    /** One of delete, revoke, cancel-badged-sends, save-caller. */
    static String onSlot(String word, CapPath at) {
        return word + " " + place(at);
    }

    static String pageMap(
            @CPtr long frame, @CPtr long vspace, @VirtAddr long vaddr, CapRights rights, long attributes) {
        return "map-page " + n(frame) + " at " + n(vaddr) + " in " + n(vspace) + " rights " + rights(rights)
                + " attributes " + n(attributes);
    }

    static String tableMap(@CPtr long table, @CPtr long vspace, @VirtAddr long vaddr, long attributes) {
        return "map-table " + n(table) + " at " + n(vaddr) + " in " + n(vspace) + " attributes " + n(attributes);
    }

    /** An invocation whose only argument is the capability that is invoked. */
    static String on(String word, @CPtr long capability) {
        return word + " " + n(capability);
    }

    /** An invocation that gives the first capability the second. */
    static String to(String word, @CPtr long capability, @CPtr long other) {
        return word + " " + n(capability) + " to " + n(other);
    }

    static String asidPoolAssign(@CPtr long pool, @CPtr long vspace) {
        return "assign-asid " + n(vspace) + " from " + n(pool);
    }

    static String makePool(@CPtr long control, @CPtr long untyped, CapPath to) {
        return "make-asid-pool " + n(untyped) + " -> " + place(to) + " with " + n(control);
    }

    static String cache(String word, CacheOperation operation, @CPtr long capability, long start, long end) {
        return word + " " + n(capability) + " operation "
                + operation.name().toLowerCase(Locale.ROOT).replace('_', '-') + " start " + n(start) + " end "
                + n(end);
    }

    static String setSpace(@CPtr long tcb, ThreadSpaces spaces) {
        return "set-space " + n(tcb) + spaces(spaces);
    }

    static String configure(@CPtr long tcb, ThreadSpaces spaces, @VirtAddr long buffer, @CPtr long bufferFrame) {
        return "configure-tcb " + n(tcb) + spaces(spaces) + " buffer " + n(buffer) + " buffer-frame " + n(bufferFrame);
    }

    private static String spaces(ThreadSpaces spaces) {
        return " cspace " + n(spaces.cspaceRoot()) + " vspace " + n(spaces.vspaceRoot()) + " cspace-data "
                + n(spaces.cspaceData()) + " vspace-data " + n(spaces.vspaceData()) + " fault "
                + n(spaces.faultEndpoint());
    }

    static String interrupt(@CPtr long control, int interrupt, String trigger, CapPath to) {
        return "irq-get " + n(interrupt) + " -> " + place(to) + trigger + " with " + n(control);
    }

    static String sgi(@CPtr long control, int interrupt, int target, CapPath to) {
        return "sgi-get " + n(interrupt) + " core " + n(target) + " -> " + place(to) + " with " + n(control);
    }

    static String pin(@CPtr long control, int interrupt, IoApicPin pin, CapPath to) {
        return "pin-get " + n(interrupt) + " pin " + n(pin.pin()) + " -> " + place(to) + " io-apic " + n(pin.ioApic())
                + (pin.isLevel() ? " level" : "") + (pin.isActiveLow() ? " active-low" : "") + " with " + n(control);
    }

    static String message(@CPtr long control, int interrupt, MsiSource source, CapPath to) {
        return "msi-get " + n(interrupt) + " bus " + n(source.bus()) + " device " + n(source.device()) + " function "
                + n(source.function()) + " -> " + place(to) + " handle " + n(source.handle()) + " with " + n(control);
    }

    static String ports(@CPtr long control, int first, int last, CapPath to) {
        return "ports-get " + n(first) + " last " + n(last) + " -> " + place(to) + " with " + n(control);
    }

    static String portIn(@CPtr long range, int port, PortWidth width) {
        return "port-in " + n(range) + " port " + n(port) + " width " + width.ports() * Byte.SIZE;
    }

    static String portOut(@CPtr long range, int port, PortWidth width, long value) {
        return "port-out " + n(range) + " port " + n(port) + " data " + n(value) + " width "
                + width.ports() * Byte.SIZE;
    }

    static String domain(@CPtr long control, int domain, @CPtr long tcb) {
        return "set-domain " + n(tcb) + " number " + n(domain) + " with " + n(control);
    }

    static String scheduleEntry(@CPtr long control, int index, int domain, long duration) {
        return "schedule-domain " + n(index) + " number " + n(domain) + " duration " + n(duration) + " with "
                + n(control);
    }

    static String startSchedule(@CPtr long control, int index) {
        return "start-domains " + n(index) + " with " + n(control);
    }

    static String priority(String word, @CPtr long tcb, @CPtr long authority, int priority) {
        return word + " " + n(tcb) + " priority " + n(priority) + " authority " + n(authority);
    }

    static String schedParams(@CPtr long tcb, @CPtr long authority, SchedParams parameters) {
        return priority("set-sched-params", tcb, authority, parameters.priority()) + " max-priority "
                + n(parameters.maxPriority()) + " context " + n(parameters.context()) + " fault "
                + n(parameters.faultEndpoint());
    }

    static String allot(@CPtr long control, @CPtr long context, Allotment allotment) {
        return "configure " + n(context) + " budget " + n(allotment.budget()) + " period " + n(allotment.period())
                + " extra-refills " + n(allotment.extraRefills()) + " badge " + n(allotment.badge())
                + (allotment.isSporadic() ? " sporadic" : "") + " with " + n(control);
    }

    static String unbindFrom(@CPtr long context, @CPtr long object) {
        return "unbind " + n(context) + " from " + n(object);
    }
}
