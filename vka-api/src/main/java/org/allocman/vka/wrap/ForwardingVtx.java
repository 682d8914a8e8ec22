package org.allocman.vka.wrap;

import io.vavr.control.Either;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelVtx;

/** Guests of x86 of a {@link ForwardingKernel}. */
final class ForwardingVtx implements KernelVtx {
    private final KernelVtx kernel;
    private final InvocationHooks hooks;

    ForwardingVtx(KernelVtx kernel, InvocationHooks hooks) {
        this.kernel = kernel;
        this.hooks = hooks;
    }

    @Override
    public KernelError setEptRoot(long tcb, long root) {
        return hooks.around(InvocationKind.TCB_SET_EPT_ROOT, () -> kernel.setEptRoot(tcb, root));
    }

    @Override
    public KernelError mapTable(long table, long root, long address, long attributes) {
        return hooks.around(InvocationKind.EPT_TABLE_MAP, () -> kernel.mapTable(table, root, address, attributes));
    }

    @Override
    public KernelError unmapTable(long table) {
        return hooks.around(InvocationKind.EPT_TABLE_UNMAP, () -> kernel.unmapTable(table));
    }

    @Override
    public KernelError mapPage(long frame, long root, long address, CapRights rights, long attributes) {
        return hooks.around(
                InvocationKind.PAGE_MAP_EPT, () -> kernel.mapPage(frame, root, address, rights, attributes));
    }

    @Override
    public Either<KernelError, Long> readField(long vcpu, int field) {
        return hooks.aroundValue(InvocationKind.VCPU_READ_VMCS, () -> kernel.readField(vcpu, field));
    }

    @Override
    public Either<KernelError, Long> writeField(long vcpu, int field, long value) {
        return hooks.aroundValue(InvocationKind.VCPU_WRITE_VMCS, () -> kernel.writeField(vcpu, field, value));
    }

    @Override
    public KernelError enablePorts(long vcpu, long range, int first, int last) {
        return hooks.around(InvocationKind.VCPU_ENABLE_IO_PORT, () -> kernel.enablePorts(vcpu, range, first, last));
    }

    @Override
    public KernelError disablePorts(long vcpu, int first, int last) {
        return hooks.around(InvocationKind.VCPU_DISABLE_IO_PORT, () -> kernel.disablePorts(vcpu, first, last));
    }

    @Override
    public KernelError writeRegisters(long vcpu, GuestRegisters registers) {
        return hooks.around(InvocationKind.VCPU_WRITE_REGISTERS, () -> kernel.writeRegisters(vcpu, registers));
    }
}
