package org.allocman.check.invariants;

import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelVcpus;
import org.allocman.vka.KernelVcpus.VirtualInterrupt;

/** Random invocations of virtual CPUs. */
final class RandomVcpus {
    private final KernelVcpus kernel;
    private final SplittableRandom random;
    private final ToLongFunction<CapabilityType> of;

    /** Draws from a random number; which capabilities there are, the caller draws. */
    RandomVcpus(Kernel kernel, SplittableRandom random, ToLongFunction<CapabilityType> of) {
        this.kernel = kernel.vcpus();
        this.random = random;
        this.of = of;
    }

    KernelError invoke(boolean isNonsense) {
        long vcpu = of.applyAsLong(CapabilityType.OBJECT);
        int number = isNonsense ? random.nextInt() : random.nextInt(4);
        return switch (random.nextInt(8)) {
            case 0 -> kernel.injectInterrupt(vcpu, new VirtualInterrupt(number, number, number & 1, number));
            case 1 -> kernel.readRegister(vcpu, number).fold(error -> error, read -> KernelError.NO_ERROR);
            case 2 -> kernel.writeRegister(vcpu, number, random.nextInt(3));
            case 3 -> kernel.acknowledge(vcpu, random.nextBoolean() ? 27 : number);
            case 4 -> kernel.setTcb(vcpu, BootSlots.TCB);
            default -> kernel.setTcb(vcpu, of.applyAsLong(CapabilityType.TCB));
        };
    }
}
