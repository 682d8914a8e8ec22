package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.TestKernel.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.util.List;
import java.util.stream.Stream;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelPorts;
import org.allocman.vka.KernelPorts.PortWidth;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** I/O ports: a port is given out once, ranges may be copied, and the last capability of a range frees it. */
class PortsTest {
    private static final long CONTROL = BootSlots.IO_PORT_CONTROL;

    static List<Architecture> withPorts() {
        return all().filter(one -> Behaviours.of(one).hasIoPorts()).toList();
    }

    static List<Architecture> withoutPorts() {
        return all().filter(one -> !Behaviours.of(one).hasIoPorts()).toList();
    }

    private static Stream<Architecture> all() {
        return Stream.concat(Stream.of(Architecture.values()), Stream.of(Architecture.configured()));
    }

    private static CapPath path(TestKernel on, long slot) {
        return new CapPath(TestKernel.ROOT, slot, on.bits);
    }

    private static long issue(TestKernel on, int first, int last) {
        long slot = on.free();
        ok(on.kernel.ports().issue(CONTROL, first, last, path(on, slot)));
        return slot;
    }

    private static KernelError refused(TestKernel on, int first, int last) {
        return on.kernel.ports().issue(CONTROL, first, last, path(on, on.free()));
    }

    @ParameterizedTest
    @MethodSource("withPorts")
    void aPortIsGivenOutOnce(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        Fingerprint before = on.machine.memory().fingerprint();
        long middle = issue(on, 0x60, 0x64);
        assertEquals(0x60, on.slots.control().firstPort(on.slot(middle)));
        assertEquals(0x64, on.slots.control().lastPort(on.slot(middle)));
        for (int[] range : new int[][] {{0x60, 0x64}, {0x5f, 0x60}, {0x64, 0x64}, {0, 0xffff}, {0x62, 0x63}}) {
            assertEquals(KernelError.revokeFirst(), refused(on, range[0], range[1]));
        }
        long below = issue(on, 0, 0x5f);
        long above = issue(on, 0x65, 0xffff);
        assertEquals(KernelError.revokeFirst(), refused(on, 0xffff, 0xffff));
        ok(on.delete(below));
        issue(on, 0x10, 0x10);
        assertEquals(KernelError.revokeFirst(), refused(on, 0, 0x5f));
        ok(on.kernel.revoke(TestKernel.ROOT, CONTROL, on.bits));
        assertTrue(on.slots.isEmpty(on.slot(middle)));
        assertTrue(on.slots.isEmpty(on.slot(above)));
        assertFalse(on.slots.isEmpty(on.slot(CONTROL)));
        assertEquals(before, on.machine.memory().fingerprint());
        issue(on, 0, 0xffff);
    }

    @ParameterizedTest
    @MethodSource("withPorts")
    void theLastCapabilityFreesARange(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long range = issue(on, 0x3f8, 0x3ff);
        long copy = on.free();
        long minted = on.free();
        ok(on.copy(range, copy));
        ok(on.mint(copy, minted, 77));
        ok(on.delete(range));
        assertEquals(KernelError.revokeFirst(), refused(on, 0x3f8, 0x3f8), "copies are left");
        long moved = on.free();
        ok(on.move(copy, moved));
        ok(on.delete(minted));
        assertEquals(KernelError.revokeFirst(), refused(on, 0x3ff, 0x400), "a moved one is left");
        ok(on.delete(moved));
        long again = issue(on, 0x3f8, 0x3ff);
        ok(on.copy(again, copy));
        ok(on.kernel.revoke(TestKernel.ROOT, again, on.bits));
        assertTrue(on.slots.isEmpty(on.slot(copy)), "what is issued is an ancestor of its copies");
        assertFalse(on.slots.isEmpty(on.slot(again)));
    }

    @ParameterizedTest
    @MethodSource("withPorts")
    void theControlExistsOnceAndMayMove(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        issue(on, 5, 6);
        long elsewhere = on.free();
        assertEquals(KernelError.illegalOperation(), on.copy(CONTROL, elsewhere));
        assertEquals(KernelError.illegalOperation(), on.mint(CONTROL, elsewhere, 1));
        ok(on.move(CONTROL, elsewhere));
        KernelPorts ports = on.kernel.ports();
        assertEquals(KernelError.revokeFirst(), ports.issue(elsewhere, 6, 7, path(on, on.free())));
        ok(ports.issue(elsewhere, 7, 7, path(on, on.free())));
    }

    @ParameterizedTest
    @MethodSource("withPorts")
    void checksComeInTheKernelsOrder(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelPorts ports = on.kernel.ports();
        long range = issue(on, 0x10, 0x1f);
        Fingerprint before = on.machine.memory().fingerprint();
        CapPath used = path(on, BootSlots.CNODE);
        assertEquals(KernelError.invalidArgument(1), ports.issue(CONTROL, 0x11, 0x10, used));
        assertEquals(KernelError.revokeFirst(), ports.issue(CONTROL, 0x10, 0x10, used));
        assertEquals(KernelError.deleteFirst(), ports.issue(CONTROL, 0x20, 0x20, used));
        assertEquals(
                KernelError.rangeError(1, on.bits),
                ports.issue(CONTROL, 0x20, 0x20, new CapPath(TestKernel.ROOT, on.free(), 0)));
        assertEquals(KernelError.illegalOperation(), ports.issue(range, 0x20, 0x20, path(on, on.free())));
        long label = label(architecture);
        assertEquals(KernelError.truncatedMessage(), call(on, CONTROL, label, new long[3], TestKernel.ROOT));
        assertEquals(KernelError.truncatedMessage(), call(on, CONTROL, label, new long[4]));
        assertEquals(KernelError.illegalOperation(), call(on, CONTROL, label + 1, new long[4], TestKernel.ROOT));
        for (int in = 0; in < 3; in++) {
            assertEquals(KernelError.truncatedMessage(), call(on, range, label + 1 + in, new long[0]));
            assertEquals(KernelError.truncatedMessage(), call(on, range, label + 4 + in, new long[1]));
        }
        assertEquals(KernelError.illegalOperation(), call(on, range, label, new long[2]));
        assertEquals(KernelError.illegalOperation(), call(on, range, label + 7, new long[2]));
        assertEquals(before, on.machine.memory().fingerprint());
        ok(call(on, CONTROL, label, new long[] {0x1_0020, 0x7_0021, on.free(), on.bits}, TestKernel.ROOT));
        assertEquals(KernelError.revokeFirst(), refused(on, 0x21, 0x21), "numbers are taken modulo 2^16");
    }

    /** The first label of I/O ports; ia32 has one invocation less before them, VT-x one more, and MCS six more. */
    private static long label(Architecture architecture) {
        int ofGuests = architecture.has(ObjectType.EPT_PML4) ? 1 : 0;
        return (architecture.base() == Architecture.IA32 ? 43 : 44) + ofGuests + (architecture.hasMcs() ? 6 : 0);
    }

    private static KernelError call(TestKernel on, long service, long label, long[] words, long... capabilities) {
        return on.kernel
                .call(service, new KernelMessage(label, words, capabilities))
                .error();
    }

    @ParameterizedTest
    @EnumSource(PortWidth.class)
    void anAccessStaysInTheRange(PortWidth width) {
        TestKernel on = new TestKernel(Architecture.X86_64);
        KernelPorts ports = on.kernel.ports();
        long range = issue(on, 0xfff0, 0xffff);
        int last = 0x1_0000 - width.ports();
        Fingerprint before = on.machine.memory().fingerprint();
        assertEquals(Either.right((1L << 8 * width.ports()) - 1), ports.read(range, last, width));
        assertEquals(Either.right((1L << 8 * width.ports()) - 1), ports.read(range, 0xfff0, width));
        ok(ports.write(range, last, width, -1));
        for (int port : new int[] {0xffef, last + 1, 0}) {
            assertEquals(Either.left(KernelError.illegalOperation()), ports.read(range, port, width));
            assertEquals(KernelError.illegalOperation(), ports.write(range, port, width, 0));
        }
        assertEquals(Either.left(KernelError.illegalOperation()), ports.read(CONTROL, last, width));
        assertEquals(before, on.machine.memory().fingerprint());
    }

    @ParameterizedTest
    @MethodSource("withoutPorts")
    void whereThereAreNoneEverythingIsRefused(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelPorts ports = on.kernel.ports();
        assertEquals(KernelError.illegalOperation(), ports.issue(CONTROL, 1, 1, path(on, on.free())));
        for (long control : new long[] {BootSlots.IRQ_CONTROL, BootSlots.DOMAIN, TestKernel.ROOT}) {
            assertTrue(ports.issue(control, 1, 1, path(on, on.free())).failed());
            assertTrue(ports.read(control, 1, PortWidth.BITS_8).isLeft());
        }
    }
}
