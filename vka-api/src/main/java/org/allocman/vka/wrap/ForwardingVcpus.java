package org.allocman.vka.wrap;

import io.vavr.control.Either;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelVcpus;

/** Virtual CPUs of a {@link ForwardingKernel}. */
final class ForwardingVcpus implements KernelVcpus {
    private final KernelVcpus kernel;
    private final InvocationHooks hooks;

    ForwardingVcpus(KernelVcpus kernel, InvocationHooks hooks) {
        this.kernel = kernel;
        this.hooks = hooks;
    }

    @Override
    public KernelError setTcb(long vcpu, long tcb) {
        return hooks.around(InvocationKind.VCPU_SET_TCB, () -> kernel.setTcb(vcpu, tcb));
    }

    @Override
    public KernelError injectInterrupt(long vcpu, VirtualInterrupt interrupt) {
        return hooks.around(InvocationKind.VCPU_INJECT_IRQ, () -> kernel.injectInterrupt(vcpu, interrupt));
    }

    @Override
    public Either<KernelError, Long> readRegister(long vcpu, int register) {
        return hooks.aroundValue(InvocationKind.VCPU_READ_REGS, () -> kernel.readRegister(vcpu, register));
    }

    @Override
    public KernelError writeRegister(long vcpu, int register, long value) {
        return hooks.around(InvocationKind.VCPU_WRITE_REGS, () -> kernel.writeRegister(vcpu, register, value));
    }

    @Override
    public KernelError acknowledge(long vcpu, int line) {
        return hooks.around(InvocationKind.VCPU_ACK_VPPI, () -> kernel.acknowledge(vcpu, line));
    }
}
