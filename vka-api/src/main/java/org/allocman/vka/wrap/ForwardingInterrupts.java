package org.allocman.vka.wrap;

import org.allocman.vka.CapPath;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelInterrupts;

/** Interrupts of a {@link ForwardingKernel}. */
final class ForwardingInterrupts implements KernelInterrupts {
    private final KernelInterrupts kernel;
    private final InvocationHooks hooks;

    ForwardingInterrupts(KernelInterrupts kernel, InvocationHooks hooks) {
        this.kernel = kernel;
        this.hooks = hooks;
    }

    @Override
    public KernelError get(long control, int interrupt, CapPath to) {
        return hooks.around(InvocationKind.IRQ_CONTROL_GET, () -> kernel.get(control, interrupt, to));
    }

    @Override
    public KernelError getTrigger(long control, int interrupt, boolean isEdge, CapPath to) {
        return hooks.around(
                InvocationKind.IRQ_CONTROL_GET_TRIGGER, () -> kernel.getTrigger(control, interrupt, isEdge, to));
    }

    @Override
    public KernelError issueSgi(long control, int interrupt, int target, CapPath to) {
        return hooks.around(
                InvocationKind.IRQ_CONTROL_ISSUE_SGI, () -> kernel.issueSgi(control, interrupt, target, to));
    }

    @Override
    public KernelError getIoApic(long control, int interrupt, IoApicPin pin, CapPath to) {
        return hooks.around(
                InvocationKind.IRQ_CONTROL_GET_IO_APIC, () -> kernel.getIoApic(control, interrupt, pin, to));
    }

    @Override
    public KernelError getMsi(long control, int interrupt, MsiSource source, CapPath to) {
        return hooks.around(InvocationKind.IRQ_CONTROL_GET_MSI, () -> kernel.getMsi(control, interrupt, source, to));
    }

    @Override
    public KernelError acknowledge(long handler) {
        return hooks.around(InvocationKind.IRQ_HANDLER_ACK, () -> kernel.acknowledge(handler));
    }

    @Override
    public KernelError setNotification(long handler, long notification) {
        return hooks.around(
                InvocationKind.IRQ_HANDLER_SET_NOTIFICATION, () -> kernel.setNotification(handler, notification));
    }

    @Override
    public KernelError clear(long handler) {
        return hooks.around(InvocationKind.IRQ_HANDLER_CLEAR, () -> kernel.clear(handler));
    }
}
