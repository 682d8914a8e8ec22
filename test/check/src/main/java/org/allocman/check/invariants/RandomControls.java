package org.allocman.check.invariants;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelInterrupts;
import org.allocman.vka.KernelInterrupts.IoApicPin;
import org.allocman.vka.KernelInterrupts.MsiSource;
import org.allocman.vka.KernelPorts.PortWidth;

/** Random invocations of control capabilities and of what they issue: interrupts, I/O ports, domains. */
final class RandomControls {
    private final Kernel kernel;
    private final SplittableRandom random;
    private final Supplier<CapPath> to;
    private final ToLongFunction<CapabilityType> of;

    /** Draws from a random number; where a capability may go and which there are, the caller draws. */
    RandomControls(Kernel kernel, SplittableRandom random, Supplier<CapPath> to, ToLongFunction<CapabilityType> of) {
        this.kernel = kernel;
        this.random = random;
        this.to = to;
        this.of = of;
    }

    KernelError invoke(boolean isNonsense) {
        return switch (random.nextInt(4)) {
            case 0 -> ports(isNonsense ? random.nextInt() : random.nextInt(6));
            case 1 -> domains();
            default -> interrupts(isNonsense ? random.nextInt() : random.nextInt(4));
        };
    }

    private KernelError interrupts(int line) {
        KernelInterrupts interrupts = kernel.interrupts();
        long handler = of.applyAsLong(CapabilityType.CONTROL);
        long control = BootSlots.IRQ_CONTROL;
        return switch (random.nextInt(9)) {
            case 0, 1 -> interrupts.get(control, line, to.get());
            case 2 -> interrupts.getTrigger(control, line, random.nextBoolean(), to.get());
            case 3 -> interrupts.issueSgi(control, line, random.nextInt(9), to.get());
            case 4, 5 -> interrupts.setNotification(handler, of.applyAsLong(CapabilityType.NOTIFICATION));
            case 6 -> interrupts.getIoApic(control, line, new IoApicPin(0, random.nextInt(25), true, false), to.get());
            case 7 -> interrupts.getMsi(control, line, new MsiSource(random.nextInt(257), 0, 0, 0), to.get());
            default -> random.nextBoolean() ? interrupts.clear(handler) : interrupts.acknowledge(handler);
        };
    }

    private KernelError ports(int first) {
        long range = of.applyAsLong(CapabilityType.CONTROL);
        return switch (random.nextInt(5)) {
            case 0 -> kernel.ports().write(range, first, PortWidth.BITS_16, 1);
            case 1 ->
                kernel.ports().read(range, first, PortWidth.BITS_8).fold(error -> error, read -> KernelError.NO_ERROR);
            default -> kernel.ports().issue(BootSlots.IO_PORT_CONTROL, first, first + random.nextInt(4) - 1, to.get());
        };
    }

    private KernelError domains() {
        long control = BootSlots.DOMAIN;
        int index = random.nextInt(3);
        return switch (random.nextInt(3)) {
            case 0 ->
                kernel.domains()
                        .set(control, index, random.nextBoolean() ? BootSlots.TCB : of.applyAsLong(CapabilityType.TCB));
            case 1 -> kernel.domains().configureSchedule(control, index, random.nextInt(2), random.nextInt(3));
            default -> kernel.domains().startSchedule(control, index);
        };
    }
}
