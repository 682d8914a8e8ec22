package org.allocman.wire;

import io.vavr.control.Either;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelVtx;

/** The invocations for guests of x86 as lines. */
final class LineVtx implements KernelVtx {
    private final Invoker<KernelError> invoke;
    private final Invoker<Either<KernelError, Long>> ask;

    LineVtx(Invoker<KernelError> invoke, Invoker<Either<KernelError, Long>> ask) {
        this.invoke = invoke;
        this.ask = ask;
    }

    @Override
    public KernelError setEptRoot(long tcb, long root) {
        return invoke.apply(
                InvocationKind.TCB_SET_EPT_ROOT,
                GuestLines.eptRoot(tcb, root),
                kernel -> kernel.vtx().setEptRoot(tcb, root));
    }

    @Override
    public KernelError mapTable(long table, long root, long address, long attributes) {
        return invoke.apply(
                InvocationKind.EPT_TABLE_MAP,
                GuestLines.mapTable(table, root, address, attributes),
                kernel -> kernel.vtx().mapTable(table, root, address, attributes));
    }

    @Override
    public KernelError unmapTable(long table) {
        return invoke.apply(
                InvocationKind.EPT_TABLE_UNMAP,
                GuestLines.unmapTable(table),
                kernel -> kernel.vtx().unmapTable(table));
    }

    @Override
    public KernelError mapPage(long frame, long root, long address, CapRights rights, long attributes) {
        return invoke.apply(
                InvocationKind.PAGE_MAP_EPT,
                GuestLines.mapPage(frame, root, address, rights, attributes),
                kernel -> kernel.vtx().mapPage(frame, root, address, rights, attributes));
    }

    @Override
    public Either<KernelError, Long> readField(long vcpu, int field) {
        return ask.apply(
                InvocationKind.VCPU_READ_VMCS,
                GuestLines.readField(vcpu, field),
                kernel -> kernel.vtx().readField(vcpu, field));
    }

    @Override
    public Either<KernelError, Long> writeField(long vcpu, int field, long value) {
        return ask.apply(
                InvocationKind.VCPU_WRITE_VMCS,
                GuestLines.writeField(vcpu, field, value),
                kernel -> kernel.vtx().writeField(vcpu, field, value));
    }

    @Override
    public KernelError enablePorts(long vcpu, long range, int first, int last) {
        return invoke.apply(
                InvocationKind.VCPU_ENABLE_IO_PORT,
                GuestLines.enablePorts(vcpu, range, first, last),
                kernel -> kernel.vtx().enablePorts(vcpu, range, first, last));
    }

    @Override
    public KernelError disablePorts(long vcpu, int first, int last) {
        return invoke.apply(
                InvocationKind.VCPU_DISABLE_IO_PORT,
                GuestLines.disablePorts(vcpu, first, last),
                kernel -> kernel.vtx().disablePorts(vcpu, first, last));
    }

    @Override
    public KernelError writeRegisters(long vcpu, GuestRegisters registers) {
        return invoke.apply(
                InvocationKind.VCPU_WRITE_REGISTERS,
                GuestLines.registers(vcpu, registers),
                kernel -> kernel.vtx().writeRegisters(vcpu, registers));
    }
}
