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
import org.allocman.vka.KernelInterrupts.IoApicPin;
import org.allocman.vka.KernelInterrupts.MsiSource;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handlers for pins of an I/O APIC and for messages: checks in the kernel's order, one handler each, all of it comes back. */
class PcInterruptsTest {
    private static final int MOST = 107;
    private static final int FIRST_SLOT = 16;
    private static final IoApicPin PIN = new IoApicPin(0, 23, true, true);
    private static final MsiSource SOURCE = new MsiSource(255, 31, 7, -1);

    static List<Architecture> pcs() {
        return Stream.concat(Stream.of(Architecture.values()), Stream.of(Architecture.configured()))
                .filter(one -> Behaviours.of(one).interrupts().isPc())
                .toList();
    }

    private static CapPath path(TestKernel on, long slot) {
        return new CapPath(TestKernel.ROOT, slot, on.bits);
    }

    private static Interrupts interrupts(TestKernel on) {
        return new Interrupts(on.machine.memory().words(), on.slots, on.machine.kernelState());
    }

    @ParameterizedTest
    @MethodSource("pcs")
    void anInterruptHasOneHandlerWhateverItComesFrom(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelInterrupts irqs = on.kernel.interrupts();
        Fingerprint before = on.machine.memory().fingerprint();
        long pin = on.free();
        long message = on.free();
        ok(irqs.getIoApic(BootSlots.IRQ_CONTROL, 0, PIN, path(on, pin)));
        ok(irqs.getMsi(BootSlots.IRQ_CONTROL, MOST, SOURCE, path(on, message)));
        assertEquals(FIRST_SLOT, on.slots.control().number(on.slot(pin)), "behind those of the old controller");
        assertEquals(FIRST_SLOT + MOST, on.slots.control().number(on.slot(message)));
        assertEquals(KernelError.revokeFirst(), irqs.getMsi(BootSlots.IRQ_CONTROL, 0, SOURCE, path(on, on.free())));
        long copy = on.free();
        ok(on.copy(pin, copy));
        ok(on.delete(pin));
        assertEquals(Interrupts.HANDLED, interrupts(on).state(FIRST_SLOT), "a copy is left");
        ok(on.kernel.revoke(TestKernel.ROOT, BootSlots.IRQ_CONTROL, on.bits));
        assertTrue(on.slots.isEmpty(on.slot(copy)));
        assertTrue(on.slots.isEmpty(on.slot(message)));
        assertEquals(before, on.machine.memory().fingerprint());
    }

    @ParameterizedTest
    @MethodSource("pcs")
    void theSourceIsLookedAtLast(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelInterrupts irqs = on.kernel.interrupts();
        long slot = on.free();
        long control = BootSlots.IRQ_CONTROL;
        IoApicPin noApic = new IoApicPin(1, 24, true, true);
        IoApicPin noPin = new IoApicPin(0, 24, true, true);
        ok(irqs.getIoApic(control, 1, PIN, path(on, on.free())));
        Fingerprint before = on.machine.memory().fingerprint();
        assertEquals(KernelError.rangeError(0, MOST), irqs.getIoApic(control, MOST + 1, noApic, path(on, slot)));
        assertEquals(KernelError.rangeError(0, MOST), irqs.getMsi(control, -1, SOURCE, path(on, slot)));
        assertEquals(KernelError.revokeFirst(), irqs.getIoApic(control, 1, noApic, path(on, BootSlots.CNODE)));
        assertEquals(KernelError.deleteFirst(), irqs.getIoApic(control, 0, noApic, path(on, BootSlots.CNODE)));
        assertEquals(KernelError.rangeError(0, 0), irqs.getIoApic(control, 0, noApic, path(on, slot)));
        assertEquals(KernelError.rangeError(0, 23), irqs.getIoApic(control, 0, noPin, path(on, slot)));
        assertEquals(
                KernelError.rangeError(0, 255), irqs.getMsi(control, 0, new MsiSource(256, 32, 8, 0), path(on, slot)));
        assertEquals(
                KernelError.rangeError(0, 31), irqs.getMsi(control, 0, new MsiSource(0, 32, 8, 0), path(on, slot)));
        assertEquals(KernelError.rangeError(0, 7), irqs.getMsi(control, 0, new MsiSource(0, 0, 8, 0), path(on, slot)));
        assertEquals(KernelError.illegalOperation(), irqs.getMsi(slot - 1, 0, SOURCE, path(on, slot)));
        assertEquals(before, on.machine.memory().fingerprint());
    }

    @ParameterizedTest
    @MethodSource("pcs")
    void messagesMayBeShortOrWrong(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        int ofGuests = architecture.has(ObjectType.EPT_PML4) ? 1 : 0; // X86PageMapEPT
        long pin = (architecture.base() == Architecture.IA32 ? 50 : 51) + ofGuests + (architecture.hasMcs() ? 6 : 0);
        assertEquals(KernelError.truncatedMessage(), call(on, pin, new long[6], TestKernel.ROOT));
        assertEquals(KernelError.truncatedMessage(), call(on, pin + 1, new long[7]));
        assertEquals(KernelError.illegalOperation(), call(on, pin + 2, new long[7], TestKernel.ROOT));
        assertEquals(KernelError.illegalOperation(), call(on, pin - 1, new long[7], TestKernel.ROOT));
        long slot = on.free();
        assertEquals(
                KernelError.rangeError(0, 1),
                call(on, pin, new long[] {slot, on.bits, 0, 0, 2, 2, 0}, TestKernel.ROOT),
                "level");
        assertEquals(
                KernelError.rangeError(0, 1),
                call(on, pin, new long[] {slot, on.bits, 0, 0, 1, 2, 0}, TestKernel.ROOT),
                "polarity");
        ok(call(on, pin, new long[] {slot, on.bits, 0, 0, 1, 1, 0}, TestKernel.ROOT));
    }

    private static KernelError call(TestKernel on, long label, long[] words, long... capabilities) {
        return on.kernel
                .call(BootSlots.IRQ_CONTROL, new KernelMessage(label, words, capabilities))
                .error();
    }

    @ParameterizedTest
    @MethodSource("pcs")
    void theKernelHoldsANotification(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelInterrupts irqs = on.kernel.interrupts();
        Fingerprint before = on.settled();
        long handler = on.free();
        ok(irqs.getMsi(BootSlots.IRQ_CONTROL, 5, SOURCE, path(on, handler)));
        long notification = on.make(ObjectType.NOTIFICATION, 0);
        long kernels = interrupts(on).slot(FIRST_SLOT + 5);
        ok(irqs.setNotification(handler, notification));
        assertEquals(on.slots.object(on.slot(notification)), on.slots.object(kernels));
        ok(on.delete(handler));
        assertTrue(on.slots.isEmpty(kernels));
        assertEquals(before, on.settled());
    }
}
