package org.allocman.sim.kernel;

import org.allocman.vka.KernelError;

/** The forms in which IRQ control makes handlers on a PC (seL4 manual, "seL4_IRQControl_GetIOAPIC" and "seL4_IRQControl_GetMSI"). */
final class PcInterruptForms {
    /** How many labels they have. */
    static final int LABELS = 2;

    /*
     *   word  0  index and  1  depth of the destination
     *         2  I/O APIC, or bus          4  level, or function
     *         3  pin, or device            5  polarity, or handle
     *         6  interrupt, counted from the first that can be had
     */
    private static final int WORDS = 7;
    private static final int LAST_WORD = 6;
    /** The machine has one I/O APIC of 24 pins, as QEMU's PCs do. */
    private static final int MOST_IO_APIC = 0;

    private static final int MOST_PIN = 23;
    private static final int MOST_BUS = 255;
    private static final int MOST_DEVICE = 31;
    private static final int MOST_FUNCTION = 7;

    private final Interrupts interrupts;
    private final CapabilityLookup lookup;
    private final IssuedCapabilities issued;
    private final int pinLabel;

    /** The label of the form for pins; the one for messages is one more. */
    PcInterruptForms(Interrupts interrupts, CapabilityLookup lookup, IssuedCapabilities issued, int pinLabel) {
        this.interrupts = interrupts;
        this.lookup = lookup;
        this.issued = issued;
        this.pinLabel = pinLabel;
    }

    KernelError control(long control, KernelMessage message, long root) {
        boolean isPin = message.label() == pinLabel;
        if (!isPin && message.label() != pinLabel + 1) {
            return KernelError.illegalOperation();
        }
        if (message.length() < WORDS || root < 0) {
            return KernelError.truncatedMessage();
        }
        long most = interrupts.count() - 1L - interrupts.least();
        long asked = message.word(LAST_WORD);
        if (Long.compareUnsigned(asked, most) > 0) {
            return KernelError.rangeError(0, most);
        }
        int interrupt = (int) asked + interrupts.least();
        // an interrupt has one handler
        if (interrupts.state(interrupt) != Interrupts.INACTIVE) {
            return KernelError.revokeFirst();
        }
        KernelError error = issued.checkPlace(root, message.word(0), message.word(1));
        if (!error.failed()) {
            // where it comes from is looked at last
            error = isPin ? checkPin(message) : checkSource(message);
        }
        if (!error.failed()) {
            long to = lookup.place(root, message.word(0), message.word(1));
            issued.put(control, ControlKind.IRQ_HANDLER, interrupt, to);
            interrupts.setState(interrupt, Interrupts.HANDLED);
        }
        return error;
    }

    private static KernelError checkPin(KernelMessage message) {
        return firstBeyond(message, MOST_IO_APIC, MOST_PIN, 1, 1);
    }

    private static KernelError checkSource(KernelMessage message) {
        return firstBeyond(message, MOST_BUS, MOST_DEVICE, MOST_FUNCTION);
    }

    /** The error of the first word from word 2 on that is greater than it may be. */
    private static KernelError firstBeyond(KernelMessage message, int... most) {
        for (int i = 0; i < most.length; i++) {
            if (Long.compareUnsigned(message.word(2 + i), most[i]) > 0) {
                return KernelError.rangeError(0, most[i]);
            }
        }
        return KernelError.NO_ERROR;
    }
}
