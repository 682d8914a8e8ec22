package org.allocman.sim.kernel;

import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;

/** The invocations of IRQ control and of handlers (seL4 manual, "seL4_IRQControl_Get" and "seL4_IRQHandler_SetNotification"). */
final class InterruptInvocations {
    private static final int GET_WORDS = 3;
    private static final int TRIGGER_WORDS = 4;
    private static final int SGI_WORDS = 4;
    private static final int MOST_SGI = 15;
    private static final int MOST_TARGET = 7;
    private static final int TARGET_BITS = 8;

    private final Slots slots;
    private final CapabilityLookup lookup;
    private final Finaliser finaliser;
    private final CapDerivation derivation;
    private final Interrupts interrupts;
    private final int triggerLabel;
    private final IssuedCapabilities issued;
    private final PcInterruptForms pc;

    /** The label of the trigger form; the form for software-generated interrupts has the next. PCs have their forms instead. */
    InterruptInvocations(
            Slots slots,
            DerivationList list,
            CapabilityLookup lookup,
            Finaliser finaliser,
            CapDerivation derivation,
            Interrupts interrupts,
            KernelLabels labels) {
        this.slots = slots;
        this.lookup = lookup;
        this.finaliser = finaliser;
        this.derivation = derivation;
        this.interrupts = interrupts;
        this.triggerLabel = labels.ports();
        this.issued = new IssuedCapabilities(slots, list, lookup);
        this.pc = new PcInterruptForms(interrupts, lookup, issued, labels.pcInterrupts());
    }

    KernelError control(long control, KernelMessage message, long root) {
        long label = message.label();
        if (label == Labels.IRQ_ISSUE_HANDLER) {
            return message.length() < GET_WORDS || root < 0
                    ? KernelError.truncatedMessage()
                    : get(control, message.word(0), root, message.word(1), message.word(2));
        }
        if (interrupts.isPc()) {
            return pc.control(control, message, root);
        }
        if (label == triggerLabel) {
            return message.length() < TRIGGER_WORDS || root < 0
                    ? KernelError.truncatedMessage()
                    : getTrigger(control, message.word(0), root, message.word(2), message.word(3));
        }
        if (label == triggerLabel + 1 && interrupts.hasSoftware()) {
            return message.length() < SGI_WORDS || root < 0
                    ? KernelError.truncatedMessage()
                    : issueSgi(control, message.word(0), message.word(1), root, message.word(2), message.word(3));
        }
        return KernelError.illegalOperation();
    }

    KernelError get(long control, long interrupt, long root, long index, long depth) {
        // where there is an I/O APIC a number alone says nothing
        if (interrupts.count() == 0 || interrupts.isPc()) {
            return KernelError.illegalOperation();
        }
        if (Long.compareUnsigned(interrupt, interrupts.least()) < 0
                || Long.compareUnsigned(interrupt, interrupts.count()) >= 0) {
            return KernelError.rangeError(interrupts.least(), interrupts.count() - 1L);
        }
        // an interrupt has one handler, and the kernel's own have none
        if (interrupts.state((int) interrupt) != Interrupts.INACTIVE) {
            return KernelError.revokeFirst();
        }
        KernelError error = issued.checkPlace(root, index, depth);
        if (!error.failed()) {
            issued.put(control, ControlKind.IRQ_HANDLER, (int) interrupt, lookup.place(root, index, depth));
            interrupts.setState((int) interrupt, Interrupts.HANDLED);
        }
        return error;
    }

    KernelError getTrigger(long control, long interrupt, long root, long index, long depth) {
        return interrupts.hasTriggers() ? get(control, interrupt, root, index, depth) : KernelError.illegalOperation();
    }

    KernelError issueSgi(long control, long interrupt, long target, long root, long index, long depth) {
        if (Long.compareUnsigned(interrupt, MOST_SGI) > 0) {
            return KernelError.rangeError(0, MOST_SGI);
        }
        if (Long.compareUnsigned(target, MOST_TARGET) > 0) {
            return KernelError.invalidArgument(1);
        }
        KernelError error = issued.checkPlace(root, index, depth);
        if (!error.failed()) {
            int number = (int) (interrupt << TARGET_BITS | target);
            issued.put(control, ControlKind.SGI_SIGNAL, number, lookup.place(root, index, depth));
        }
        return error;
    }

    KernelError handler(long handler, KernelMessage message, long notification) {
        return switch ((int) Math.min(message.label(), Integer.MAX_VALUE)) {
            case Labels.IRQ_ACK -> KernelError.NO_ERROR;
            case Labels.IRQ_SET_HANDLER ->
                notification < 0 ? KernelError.truncatedMessage() : setNotification(handler, notification);
            case Labels.IRQ_CLEAR_HANDLER -> clear(handler);
            default -> KernelError.illegalOperation();
        };
    }

    KernelError setNotification(long handler, long notification) {
        boolean allowed = slots.type(notification) == CapabilityType.NOTIFICATION
                && (slots.endpoint().rights(notification) & CapRights.WRITE) != 0;
        if (!allowed) {
            return KernelError.invalidCapability(0);
        }
        long slot = interrupts.slot(slots.control().number(handler));
        // the one from before may be the last of its notification, never of this one
        finaliser.delete(slot);
        derivation.copy(notification, slot, CapRights.ALL.bits(), false, 0);
        return KernelError.NO_ERROR;
    }

    KernelError clear(long handler) {
        finaliser.delete(interrupts.slot(slots.control().number(handler)));
        return KernelError.NO_ERROR;
    }
}
