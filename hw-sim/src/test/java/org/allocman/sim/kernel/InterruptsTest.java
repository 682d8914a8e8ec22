package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.TestKernel.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelInterrupts;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Interrupts: one handler each, whose notification the kernel holds as a member of the derivation list; all of it comes back. */
class InterruptsTest {
    private static final int LINE = 5;

    static List<Architecture> withLines() {
        return Stream.concat(Stream.of(Architecture.values()), Stream.of(Architecture.configured()))
                .filter(one -> Behaviours.of(one).interrupts().count() > 0)
                .filter(one -> !Behaviours.of(one).interrupts().isPc())
                .toList();
    }

    static List<Architecture> withoutLines() {
        return Stream.concat(Stream.of(Architecture.values()), Stream.of(Architecture.configured()))
                .filter(one -> Behaviours.of(one).interrupts().count() == 0
                        || Behaviours.of(one).interrupts().isPc())
                .toList();
    }

    private static CapPath path(TestKernel on, long slot) {
        return new CapPath(TestKernel.ROOT, slot, on.bits);
    }

    private static Interrupts interrupts(TestKernel on) {
        return new Interrupts(on.machine.memory().words(), on.slots, on.machine.kernelState());
    }

    @ParameterizedTest
    @MethodSource("withLines")
    void aLineHasOneHandler(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelInterrupts irqs = on.kernel.interrupts();
        Fingerprint before = on.machine.memory().fingerprint();
        InterruptLines lines = Behaviours.of(architecture).interrupts();
        long handler = on.free();
        ok(irqs.get(BootSlots.IRQ_CONTROL, LINE, path(on, handler)));
        assertEquals(KernelError.revokeFirst(), irqs.get(BootSlots.IRQ_CONTROL, LINE, path(on, on.free())));
        assertEquals(KernelError.revokeFirst(), irqs.get(BootSlots.IRQ_CONTROL, lines.timer(), path(on, on.free())));
        assertEquals(
                KernelError.rangeError(lines.least(), lines.most()),
                irqs.get(BootSlots.IRQ_CONTROL, lines.most() + 1, path(on, on.free())));
        assertEquals(
                KernelError.rangeError(lines.least(), lines.most()).code(),
                irqs.get(BootSlots.IRQ_CONTROL, -1, path(on, on.free())).code());
        assertEquals(KernelError.deleteFirst(), irqs.get(BootSlots.IRQ_CONTROL, LINE + 1, path(on, handler)));
        ok(irqs.acknowledge(handler));
        assertEquals(KernelError.illegalOperation(), irqs.acknowledge(BootSlots.IRQ_CONTROL));
        assertEquals(KernelError.illegalOperation(), irqs.get(handler, LINE + 1, path(on, on.free())));

        long copy = on.free();
        ok(on.copy(handler, copy));
        ok(on.delete(handler));
        assertEquals(Interrupts.HANDLED, interrupts(on).state(LINE), "a copy is left");
        ok(on.kernel.revoke(TestKernel.ROOT, BootSlots.IRQ_CONTROL, on.bits));
        assertTrue(on.slots.isEmpty(on.slot(copy)), "all handlers come from the control over interrupts");
        assertEquals(Interrupts.INACTIVE, interrupts(on).state(LINE));
        assertEquals(before, on.machine.memory().fingerprint());
    }

    @ParameterizedTest
    @MethodSource("withLines")
    void theKernelHoldsANotification(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelInterrupts irqs = on.kernel.interrupts();
        Fingerprint before = on.settled();
        long handler = on.free();
        ok(irqs.getTrigger(BootSlots.IRQ_CONTROL, LINE, true, path(on, handler)));
        long first = on.make(ObjectType.NOTIFICATION, 0);
        long second = on.make(ObjectType.NOTIFICATION, 0);
        long kernels = interrupts(on).slot(LINE);
        ok(irqs.setNotification(handler, first));
        assertEquals(on.slots.object(on.slot(first)), on.slots.object(kernels));
        assertEquals(on.slot(first), on.slots.mdb().previous(kernels));
        ok(irqs.setNotification(handler, second));
        assertEquals(on.slots.object(on.slot(second)), on.slots.object(kernels));
        assertEquals(KernelError.invalidCapability(0), irqs.setNotification(handler, handler));
        ok(irqs.clear(handler));
        assertTrue(on.slots.isEmpty(kernels));
        ok(irqs.setNotification(handler, second));
        ok(on.kernel.revoke(TestKernel.ROOT, second, on.bits));
        assertTrue(on.slots.isEmpty(kernels), "the kernel's copy is derived from the notification");
        ok(irqs.setNotification(handler, second));
        ok(on.delete(second));
        assertEquals(CapabilityType.NOTIFICATION, on.slots.type(kernels), "the kernel's is the last one");
        ok(on.delete(handler));
        assertTrue(on.slots.isEmpty(kernels), "without a handler nobody is told");
        assertEquals(before, on.settled());
    }

    @ParameterizedTest
    @MethodSource("withoutLines")
    void whereThereAreNoneEverythingIsRefused(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelInterrupts irqs = on.kernel.interrupts();
        long slot = on.free();
        assertEquals(KernelError.illegalOperation(), irqs.get(BootSlots.IRQ_CONTROL, LINE, path(on, slot)));
        assertEquals(
                KernelError.illegalOperation(), irqs.getTrigger(BootSlots.IRQ_CONTROL, LINE, true, path(on, slot)));
        assertEquals(KernelError.illegalOperation(), irqs.issueSgi(BootSlots.IRQ_CONTROL, 1, 1, path(on, slot)));
    }

    @ParameterizedTest
    @MethodSource("withLines")
    void softwareGeneratedOnesAreArms(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelInterrupts irqs = on.kernel.interrupts();
        long slot = on.free();
        KernelError answer = irqs.issueSgi(BootSlots.IRQ_CONTROL, 15, 7, path(on, slot));
        if (!Behaviours.of(architecture).interrupts().hasSoftware()) {
            assertEquals(KernelError.illegalOperation(), answer);
            return;
        }
        ok(answer);
        ok(irqs.issueSgi(BootSlots.IRQ_CONTROL, 15, 7, path(on, on.free())));
        assertEquals(KernelError.rangeError(0, 15), irqs.issueSgi(BootSlots.IRQ_CONTROL, 16, 7, path(on, on.free())));
        assertEquals(KernelError.invalidArgument(1), irqs.issueSgi(BootSlots.IRQ_CONTROL, 15, 8, path(on, on.free())));
        ok(on.kernel.revoke(TestKernel.ROOT, BootSlots.IRQ_CONTROL, on.bits));
        assertTrue(on.slots.isEmpty(on.slot(slot)));
    }
}
