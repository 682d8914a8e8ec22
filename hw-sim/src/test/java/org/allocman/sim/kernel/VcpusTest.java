package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.TestKernel.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelOption;
import org.allocman.vka.KernelVcpus;
import org.allocman.vka.KernelVcpus.VirtualInterrupt;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Virtual CPUs of hypervisor kernels on Arm: checks, bindings, what comes back when they go. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class VcpusTest {
    private static final int TIMER = 27;
    private static final int MOST = 159;

    static Stream<Architecture> hypervisors() {
        return Stream.of(Architecture.configured())
                .filter(architecture -> architecture.options().contains(KernelOption.HYP));
    }

    static Stream<Architecture> others() {
        return Stream.concat(Stream.of(Architecture.values()), Stream.of(Architecture.configured()))
                .filter(architecture -> !architecture.has(ObjectType.VCPU));
    }

    private static VcpuBindings bindings(TestKernel on) {
        return new VcpuBindings(on.machine.memory().words(), on.slots);
    }

    private static long object(TestKernel on, long cptr) {
        return on.slots.object(on.slot(cptr));
    }

    @ParameterizedTest
    @MethodSource("hypervisors")
    void everyTypeComesAndGoes(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        Fingerprint before = on.settled();
        for (ObjectType type : architecture.types()) {
            if (architecture.sizeBits(type, architecture.leastSize(type)) > 21) {
                continue;
            }
            long made = on.make(type, type.isSizedByCaller() ? architecture.leastSize(type) : 0);
            long copy = on.free();
            KernelError copied = on.copy(made, copy);
            assertTrue(!copied.failed() || CapabilityType.of(type).isTable(), type + ": " + copied);
            ok(on.delete(made));
            ok(on.delete(copy));
        }
        assertEquals(before, on.settled());
    }

    @ParameterizedTest
    @MethodSource("hypervisors")
    void bindingReplacesWhatEitherHad(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelVcpus vcpus = on.kernel.vcpus();
        long[] vcpu = {on.make(ObjectType.VCPU, 0), on.make(ObjectType.VCPU, 0)};
        long[] tcb = {on.make(ObjectType.TCB, 0), on.make(ObjectType.TCB, 0)};
        VcpuBindings bound = bindings(on);
        ok(vcpus.setTcb(vcpu[0], tcb[0]));
        ok(vcpus.setTcb(vcpu[1], tcb[1]));
        ok(vcpus.setTcb(vcpu[0], tcb[1]));
        assertEquals(object(on, tcb[1]), bound.thread(object(on, vcpu[0])));
        assertEquals(object(on, vcpu[0]), bound.vcpu(object(on, tcb[1])));
        assertEquals(-1, bound.vcpu(object(on, tcb[0])));
        assertEquals(-1, bound.thread(object(on, vcpu[1])));
        Fingerprint before = on.machine.memory().fingerprint();
        ok(vcpus.setTcb(vcpu[0], tcb[1]));
        assertEquals(KernelError.illegalOperation(), vcpus.setTcb(vcpu[0], vcpu[1]));
        assertEquals(
                KernelError.illegalOperation(),
                vcpus.setTcb(vcpu[0], on.machine.bootInfo().empty().end() - 1));
        assertEquals(before, on.machine.memory().fingerprint());
        ok(vcpus.setTcb(vcpu[1], BootSlots.TCB));
        assertEquals(object(on, vcpu[1]), bound.vcpu(on.thread()));
    }

    @ParameterizedTest
    @MethodSource("hypervisors")
    void bindingsGoWithEitherSide(Architecture architecture) {
        for (boolean isThreadFirst : new boolean[] {false, true}) {
            TestKernel on = new TestKernel(architecture);
            Fingerprint before = on.settled();
            long vcpu = on.make(ObjectType.VCPU, 0);
            long tcb = on.make(ObjectType.TCB, 0);
            long copy = on.free();
            ok(on.copy(vcpu, copy));
            ok(on.kernel.vcpus().setTcb(copy, tcb));
            ok(on.delete(copy));
            VcpuBindings bound = bindings(on);
            long[] at = {object(on, vcpu), object(on, tcb)};
            assertEquals(at[0], bound.vcpu(at[1]), "a copy is left");
            ok(on.delete(isThreadFirst ? tcb : vcpu));
            assertEquals(-1, bound.vcpu(at[1]));
            assertEquals(-1, bound.thread(at[0]));
            assertEquals(before, on.settled());
        }
    }

    @ParameterizedTest
    @MethodSource("hypervisors")
    void interruptsAreQueuedWithinLimits(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelVcpus vcpus = on.kernel.vcpus();
        long vcpu = on.make(ObjectType.VCPU, 0);
        PagedMemory memory = on.machine.memory().words();
        ok(vcpus.injectInterrupt(vcpu, new VirtualInterrupt(1023, 31, 1, 3)));
        // pending, with number, priority and group, and the kernel hears of its end
        assertEquals(
                1L << 30 | 1L << 28 | 31L << 23 | 1L << 19 | 1023,
                VcpuLayout.listRegister(memory, object(on, vcpu), 3));
        Fingerprint before = on.machine.memory().fingerprint();
        assertEquals(
                KernelError.rangeError(0, 1023), vcpus.injectInterrupt(vcpu, new VirtualInterrupt(1024, 32, 2, 4)));
        assertEquals(KernelError.rangeError(0, 31), vcpus.injectInterrupt(vcpu, new VirtualInterrupt(1, 32, 2, 4)));
        assertEquals(KernelError.rangeError(0, 1), vcpus.injectInterrupt(vcpu, new VirtualInterrupt(1, 1, 2, 4)));
        assertEquals(KernelError.rangeError(0, 3), vcpus.injectInterrupt(vcpu, new VirtualInterrupt(1, 1, 1, 4)));
        assertEquals(before, on.machine.memory().fingerprint());
    }

    @ParameterizedTest
    @MethodSource("hypervisors")
    void registersKeepWhatIsWritten(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelVcpus vcpus = on.kernel.vcpus();
        long vcpu = on.make(ObjectType.VCPU, 0);
        boolean isWide = architecture.wordBits() == Long.SIZE;
        int last = VcpuLayout.registers(isWide) - 1;
        assertEquals(Either.right(isWide ? 0x34d58820L : 0xc5187cL), vcpus.readRegister(vcpu, 0));
        ok(vcpus.writeRegister(vcpu, last, -1));
        assertEquals(Either.right(-1L >>> Long.SIZE - architecture.wordBits()), vcpus.readRegister(vcpu, last));
        assertEquals(Either.left(KernelError.invalidArgument(1)), vcpus.readRegister(vcpu, last + 1));
        assertEquals(Either.left(KernelError.invalidArgument(1)), vcpus.readRegister(vcpu, -1));
        assertEquals(KernelError.invalidArgument(1), vcpus.writeRegister(vcpu, last + 1, 0));
        assertEquals(KernelError.illegalOperation(), vcpus.writeRegister(BootSlots.TCB, 0, 0));
        assertEquals(Either.left(KernelError.illegalOperation()), vcpus.readRegister(BootSlots.VSPACE, 0));
    }

    @ParameterizedTest
    @MethodSource("hypervisors")
    void theVirtualTimerAloneIsAcknowledged(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelVcpus vcpus = on.kernel.vcpus();
        long vcpu = on.make(ObjectType.VCPU, 0);
        ok(vcpus.acknowledge(vcpu, TIMER));
        assertEquals(KernelError.invalidArgument(0), vcpus.acknowledge(vcpu, 25));
        assertEquals(KernelError.invalidArgument(0), vcpus.acknowledge(vcpu, MOST));
        assertEquals(KernelError.rangeError(0, MOST), vcpus.acknowledge(vcpu, MOST + 1));
        assertEquals(KernelError.rangeError(0, MOST), vcpus.acknowledge(vcpu, -1));
        for (int kept : new int[] {25, 26, TIMER}) {
            CapPath to = new CapPath(BootSlots.CNODE, on.free(), on.bits);
            assertEquals(KernelError.revokeFirst(), on.kernel.interrupts().get(BootSlots.IRQ_CONTROL, kept, to));
        }
    }

    @ParameterizedTest
    @MethodSource("hypervisors")
    void messagesAreCheckedInTheKernelsOrder(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long vcpu = on.make(ObjectType.VCPU, 0);
        int first = (architecture.base() == Architecture.AARCH64 ? 49 : 48) + (architecture.hasMcs() ? 6 : 0);
        for (int label = first; label < first + 5; label++) {
            assertEquals(KernelError.truncatedMessage(), call(on, vcpu, label), "label " + label);
        }
        assertEquals(KernelError.illegalOperation(), call(on, vcpu, first - 1));
        assertEquals(KernelError.illegalOperation(), call(on, vcpu, first + 5));
        assertEquals(KernelError.illegalOperation(), call(on, vcpu, Long.MIN_VALUE));
        // behind them come the interrupts of Arm
        assertEquals(KernelError.truncatedMessage(), call(on, BootSlots.IRQ_CONTROL, first + 5));
        assertEquals(KernelError.truncatedMessage(), call(on, BootSlots.IRQ_CONTROL, first + 6));
        assertEquals(KernelError.illegalOperation(), call(on, BootSlots.IRQ_CONTROL, first + 7));
    }

    private static KernelError call(TestKernel on, long cptr, long label) {
        return on.kernel
                .call(cptr, new KernelMessage(label, new long[0], new long[0]))
                .error();
    }

    @ParameterizedTest
    @MethodSource("others")
    void whereThereAreNoneNothingIsOne(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelVcpus vcpus = on.kernel.vcpus();
        assertEquals(KernelError.illegalOperation(), vcpus.setTcb(BootSlots.TCB, BootSlots.TCB));
        assertEquals(
                KernelError.illegalOperation(), vcpus.injectInterrupt(BootSlots.TCB, new VirtualInterrupt(0, 0, 0, 0)));
        assertEquals(Either.left(KernelError.illegalOperation()), vcpus.readRegister(BootSlots.TCB, 0));
        assertEquals(KernelError.illegalOperation(), vcpus.writeRegister(BootSlots.TCB, 0, 0));
        assertEquals(KernelError.illegalOperation(), vcpus.acknowledge(BootSlots.TCB, TIMER));
        int number = architecture.types().stream()
                        .mapToInt(architecture::number)
                        .max()
                        .orElseThrow()
                + 1;
        assertEquals(
                KernelError.invalidArgument(0),
                on.kernel.retype(on.untyped, number, 0, TestKernel.ROOT, 0, 0, on.free(), 1));
    }
}
