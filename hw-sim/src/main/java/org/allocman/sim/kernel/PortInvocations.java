package org.allocman.sim.kernel;

import org.allocman.vka.KernelError;
import org.allocman.vka.KernelPorts.PortWidth;

/**
 * The invocations of I/O port control and of ranges of ports (seL4 manual, "seL4_X86_IOPortControl_Issue"). Which ports are given out
 * is written nowhere but in the ranges themselves: they stand in one piece behind the control capability in the derivation list.
 * No device answers behind any port, so reading finds ones, and writing does nothing.
 */
final class PortInvocations {
    /** How many labels they have. */
    static final int LABELS = 7;

    private static final int ISSUE_WORDS = 4;
    private static final int OUT_WORDS = 2;
    private static final long PORT = 0xffff;
    private static final int WIDTHS = PortWidth.values().length;

    private final Slots slots;
    private final DerivationList list;
    private final CapabilityLookup lookup;
    private final IssuedCapabilities issued;
    private final int issueLabel;

    /** The label of Issue; the three of In and the three of Out are the next. */
    PortInvocations(Slots slots, DerivationList list, CapabilityLookup lookup, int issueLabel) {
        this.slots = slots;
        this.list = list;
        this.lookup = lookup;
        this.issued = new IssuedCapabilities(slots, list, lookup);
        this.issueLabel = issueLabel;
    }

    KernelError control(long control, KernelMessage message, long root) {
        if (message.label() != issueLabel) {
            return KernelError.illegalOperation();
        }
        if (message.length() < ISSUE_WORDS || root < 0) {
            return KernelError.truncatedMessage();
        }
        int first = (int) (message.word(0) & PORT);
        int last = (int) (message.word(1) & PORT);
        if (last < first) {
            return KernelError.invalidArgument(1);
        }
        // a port is given out once
        if (isGivenOut(control, first, last)) {
            return KernelError.revokeFirst();
        }
        KernelError error = issued.checkPlace(root, message.word(2), message.word(3));
        if (!error.failed()) {
            issued.putPorts(control, first, last, lookup.place(root, message.word(2), message.word(3)));
        }
        return error;
    }

    private boolean isGivenOut(long control, int first, int last) {
        for (long slot = slots.mdb().next(control);
                slot >= 0 && list.isParent(control, slot);
                slot = slots.mdb().next(slot)) {
            if (slots.control().firstPort(slot) <= last && slots.control().lastPort(slot) >= first) {
                return true;
            }
        }
        return false;
    }

    KernelReply range(long range, KernelMessage message) {
        long number = message.label() - issueLabel - 1;
        if (number < 0 || number >= 2L * WIDTHS) {
            return KernelReply.of(KernelError.illegalOperation());
        }
        boolean isOut = number >= WIDTHS;
        if (message.length() < (isOut ? OUT_WORDS : 1)) {
            return KernelReply.of(KernelError.truncatedMessage());
        }
        int ports = 1 << number % WIDTHS;
        int port = (int) (message.word(0) & PORT);
        // all that the access touches has to be in the range
        if (port < slots.control().firstPort(range)
                || port + ports - 1 > slots.control().lastPort(range)) {
            return KernelReply.of(KernelError.illegalOperation());
        }
        return isOut ? KernelReply.of(KernelError.NO_ERROR) : KernelReply.value((1L << ports * Byte.SIZE) - 1);
    }
}
