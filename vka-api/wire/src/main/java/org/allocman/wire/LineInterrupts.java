package org.allocman.wire;

import org.allocman.vka.CapPath;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelInterrupts;

/** The invocations about interrupts as lines. */
final class LineInterrupts implements KernelInterrupts {
    private final Invoker<KernelError> invoke;

    LineInterrupts(Invoker<KernelError> invoke) {
        this.invoke = invoke;
    }

    @Override
    public KernelError get(long control, int interrupt, CapPath to) {
        return invoke.apply(
                InvocationKind.IRQ_CONTROL_GET,
                InvocationLines.interrupt(control, interrupt, "", to),
                kernel -> kernel.interrupts().get(control, interrupt, to));
    }

    @Override
    public KernelError getTrigger(long control, int interrupt, boolean isEdge, CapPath to) {
        return invoke.apply(
                InvocationKind.IRQ_CONTROL_GET_TRIGGER,
                InvocationLines.interrupt(control, interrupt, isEdge ? " edge" : " level", to),
                kernel -> kernel.interrupts().getTrigger(control, interrupt, isEdge, to));
    }

    @Override
    public KernelError issueSgi(long control, int interrupt, int target, CapPath to) {
        return invoke.apply(
                InvocationKind.IRQ_CONTROL_ISSUE_SGI,
                InvocationLines.sgi(control, interrupt, target, to),
                kernel -> kernel.interrupts().issueSgi(control, interrupt, target, to));
    }

    @Override
    public KernelError getIoApic(long control, int interrupt, IoApicPin pin, CapPath to) {
        return invoke.apply(
                InvocationKind.IRQ_CONTROL_GET_IO_APIC,
                InvocationLines.pin(control, interrupt, pin, to),
                kernel -> kernel.interrupts().getIoApic(control, interrupt, pin, to));
    }

    @Override
    public KernelError getMsi(long control, int interrupt, MsiSource source, CapPath to) {
        return invoke.apply(
                InvocationKind.IRQ_CONTROL_GET_MSI,
                InvocationLines.message(control, interrupt, source, to),
                kernel -> kernel.interrupts().getMsi(control, interrupt, source, to));
    }

    @Override
    public KernelError acknowledge(long handler) {
        return invoke.apply(
                InvocationKind.IRQ_HANDLER_ACK,
                InvocationLines.on("ack", handler),
                kernel -> kernel.interrupts().acknowledge(handler));
    }

    @Override
    public KernelError setNotification(long handler, long notification) {
        return invoke.apply(
                InvocationKind.IRQ_HANDLER_SET_NOTIFICATION,
                InvocationLines.to("set-notification", handler, notification),
                kernel -> kernel.interrupts().setNotification(handler, notification));
    }

    @Override
    public KernelError clear(long handler) {
        return invoke.apply(
                InvocationKind.IRQ_HANDLER_CLEAR,
                InvocationLines.on("clear", handler),
                kernel -> kernel.interrupts().clear(handler));
    }
}
