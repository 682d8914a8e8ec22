package org.allocman.wire;

import io.vavr.control.Either;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelVcpus;

/** The invocations of virtual CPUs as lines. */
final class LineVcpus implements KernelVcpus {
    private final Invoker<KernelError> invoke;
    private final Invoker<Either<KernelError, Long>> ask;

    LineVcpus(Invoker<KernelError> invoke, Invoker<Either<KernelError, Long>> ask) {
        this.invoke = invoke;
        this.ask = ask;
    }

    @Override
    public KernelError setTcb(long vcpu, long tcb) {
        return invoke.apply(
                InvocationKind.VCPU_SET_TCB,
                GuestLines.vcpuThread(vcpu, tcb),
                kernel -> kernel.vcpus().setTcb(vcpu, tcb));
    }

    @Override
    public KernelError injectInterrupt(long vcpu, VirtualInterrupt interrupt) {
        return invoke.apply(
                InvocationKind.VCPU_INJECT_IRQ,
                GuestLines.virtualInterrupt(vcpu, interrupt),
                kernel -> kernel.vcpus().injectInterrupt(vcpu, interrupt));
    }

    @Override
    public Either<KernelError, Long> readRegister(long vcpu, int register) {
        return ask.apply(
                InvocationKind.VCPU_READ_REGS,
                GuestLines.vcpuRegister(vcpu, register),
                kernel -> kernel.vcpus().readRegister(vcpu, register));
    }

    @Override
    public KernelError writeRegister(long vcpu, int register, long value) {
        return invoke.apply(
                InvocationKind.VCPU_WRITE_REGS,
                GuestLines.vcpuRegister(vcpu, register, value),
                kernel -> kernel.vcpus().writeRegister(vcpu, register, value));
    }

    @Override
    public KernelError acknowledge(long vcpu, int line) {
        return invoke.apply(
                InvocationKind.VCPU_ACK_VPPI,
                GuestLines.vcpuAcknowledge(vcpu, line),
                kernel -> kernel.vcpus().acknowledge(vcpu, line));
    }
}
