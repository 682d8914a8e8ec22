package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.MessageInvocations.words;

import org.allocman.vka.CapPath;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelInterrupts;

/** The interrupts of the port: each invocation is a message. */
final class SimInterrupts implements KernelInterrupts {
    private final MessageInvocations messages;
    private final int triggerLabel;
    private final int pinLabel;

    SimInterrupts(MessageInvocations messages, int triggerLabel, int pinLabel) {
        this.messages = messages;
        this.triggerLabel = triggerLabel;
        this.pinLabel = pinLabel;
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
    public KernelError getIoApic(long control, int interrupt, IoApicPin pin, CapPath to) {
        long[] words = words(
                to.index(),
                to.depth(),
                pin.ioApic(),
                pin.pin(),
                pin.isLevel() ? 1 : 0,
                pin.isActiveLow() ? 1 : 0,
                interrupt);
        return messages.invoke(control, pinLabel, words, to.root()).error();
    }

    @Override
    public KernelError getMsi(long control, int interrupt, MsiSource source, CapPath to) {
        long[] words = words(
                to.index(), to.depth(), source.bus(), source.device(), source.function(), source.handle(), interrupt);
        return messages.invoke(control, pinLabel + 1, words, to.root()).error();
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
