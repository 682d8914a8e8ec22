package org.allocman.vka;

import io.vavr.control.Either;
import org.allocman.qual.CPtr;

/**
 * The invocations of virtual CPUs, which hypervisor kernels have (seL4 manual, "seL4_ARM_VCPU"), as {@link Kernel#vcpus} has
 * them. A kernel that has none of them refuses each as an invocation that a capability does not have.
 */
public interface KernelVcpus {
    /** Refuses everything. */
    KernelVcpus NONE = new KernelVcpus() {};

    /**
     * An interrupt for a guest.
     *
     * @param line its number, 0 to 1023
     * @param priority 0 to 31
     * @param group 0 or 1
     * @param register which of the list registers has it, 0 to 3
     */
    record VirtualInterrupt(int line, int priority, int group, int register) {}

    /**
     * Binds a virtual CPU to a thread ({@code seL4_ARM_VCPU_SetTCB}). What either was bound to before is bound no more.
     *
     * @param vcpu the virtual CPU
     * @param tcb the thread
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError setTcb(@CPtr long vcpu, @CPtr long tcb) {
        return KernelError.illegalOperation();
    }

    /**
     * Queues an interrupt for a guest ({@code seL4_ARM_VCPU_InjectIRQ}).
     *
     * @param vcpu the virtual CPU
     * @param interrupt what it gets
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError injectInterrupt(@CPtr long vcpu, VirtualInterrupt interrupt) {
        return KernelError.illegalOperation();
    }

    /**
     * Reads a register of a virtual CPU ({@code seL4_ARM_VCPU_ReadRegs}).
     *
     * @param vcpu the virtual CPU
     * @param register its number in {@code seL4_VCPUReg}, 0 to 23 on 64-bit kernels, 0 to 45 on 32-bit kernels
     * @return what is in it, or what was wrong
     */
    default Either<KernelError, Long> readRegister(@CPtr long vcpu, int register) {
        return Either.left(KernelError.illegalOperation());
    }

    /**
     * Writes a register of a virtual CPU ({@code seL4_ARM_VCPU_WriteRegs}).
     *
     * @param vcpu the virtual CPU
     * @param register its number in {@code seL4_VCPUReg}, 0 to 23 on 64-bit kernels, 0 to 45 on 32-bit kernels
     * @param value a word
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError writeRegister(@CPtr long vcpu, int register, long value) {
        return KernelError.illegalOperation();
    }

    /**
     * Lets an interrupt of the core come again that the kernel keeps for virtual CPUs ({@code seL4_ARM_VCPU_AckVPPI}).
     *
     * @param vcpu the virtual CPU
     * @param line the interrupt: that of the virtual timer
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError acknowledge(@CPtr long vcpu, int line) {
        return KernelError.illegalOperation();
    }
}
