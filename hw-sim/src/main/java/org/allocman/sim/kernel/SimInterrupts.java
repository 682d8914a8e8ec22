package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.MessageInvocations.words;

import org.allocman.vka.CapPath;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelInterrupts;

/** The interrupts of the port: each invocation is a message. */
final class SimInterrupts implements KernelInterrupts {
    private final MessageInvocations messages;
    private final int triggerLabel;

    SimInterrupts(MessageInvocations messages, int triggerLabel) {
        this.messages = messages;
        this.triggerLabel = triggerLabel;
    }

    @Override
    public KernelError get(long control, int interrupt, CapPath to) {
        return messages.invoke(control, Labels.IRQ_ISSUE_HANDLER, words(interrupt, to.index(), to.depth()), to.root())
                .error();
    }

    @Override
    public KernelError getTrigger(long control, int interrupt, boolean isEdge, CapPath to) {
        return messages.invoke(
                        control, triggerLabel, words(interrupt, isEdge ? 1 : 0, to.index(), to.depth()), to.root())
                .error();
    }

    @Override
    public KernelError issueSgi(long control, int interrupt, int target, CapPath to) {
        return messages.invoke(control, triggerLabel + 1, words(interrupt, target, to.index(), to.depth()), to.root())
                .error();
    }

    @Override
    public KernelError acknowledge(long handler) {
        return messages.invoke(handler, Labels.IRQ_ACK, words()).error();
    }

    @Override
    public KernelError setNotification(long handler, long notification) {
        return messages.invoke(handler, Labels.IRQ_SET_HANDLER, words(), notification)
                .error();
    }

    @Override
    public KernelError clear(long handler) {
        return messages.invoke(handler, Labels.IRQ_CLEAR_HANDLER, words()).error();
    }
}
