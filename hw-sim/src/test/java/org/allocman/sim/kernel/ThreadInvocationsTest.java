package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.TestKernel.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.ThreadSpaces;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads hold their spaces by capabilities of their own, and let go of them. */
class ThreadInvocationsTest {
    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void theRootTaskCanChangeItsOwnCSpace(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long level = on.make(ObjectType.CNODE, 2);
        ok(on.kernel.mint(
                new CapPath(level, 1, 2),
                new CapPath(TestKernel.ROOT, BootSlots.CNODE, on.bits),
                all(),
                guard(on, on.bits - 2 - 12)));
        ok(on.kernel.tcbSetSpace(BootSlots.TCB, new ThreadSpaces(7, level, 0, BootSlots.VSPACE, 0)));
        assertEquals(7, TcbLayout.FAULT_ENDPOINT.get(on.machine.memory().words(), on.thread()));
        long moved = 1L << on.bits - 2;
        assertEquals(
                KernelError.invalidCapability(0), on.kernel.delete(1L << on.bits - 1 | BootSlots.CNODE, 0, on.bits));
        ok(on.kernel.delete(moved | BootSlots.CNODE, on.free(), on.bits));
        ok(on.kernel.tcbSetSpace(
                moved | BootSlots.TCB, new ThreadSpaces(0, moved | BootSlots.CNODE, 0, moved | BootSlots.VSPACE, 0)));
        ok(on.delete(level));
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void theRootIsGivenAGuard(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long tcb = on.make(ObjectType.TCB, 0);
        long level = on.make(ObjectType.CNODE, 4);
        ok(on.kernel.tcbSetSpace(tcb, new ThreadSpaces(0, level, guard(on, 9), BootSlots.VSPACE, 0)));
        long slot = on.slots.at(on.slots.object(on.slot(tcb)), TcbLayout.CSPACE);
        assertEquals(9, on.slots.cnode().guardSize(slot));
        assertEquals(on.slot(level), on.slots.mdb().previous(slot));
        assertEquals(
                KernelError.illegalOperation(),
                on.kernel.tcbSetSpace(tcb, new ThreadSpaces(0, level, guard(on, on.bits - 3), BootSlots.VSPACE, 0)));
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void wrongCapabilitiesAreRefused(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long tcb = on.make(ObjectType.TCB, 0);
        long endpoint = on.make(ObjectType.ENDPOINT, 0);
        KernelError illegal = KernelError.illegalOperation();
        assertEquals(illegal, on.kernel.tcbSetSpace(tcb, new ThreadSpaces(0, endpoint, 0, BootSlots.VSPACE, 0)));
        assertEquals(illegal, on.kernel.tcbSetSpace(tcb, new ThreadSpaces(0, BootSlots.CNODE, 0, endpoint, 0)));
        assertEquals(illegal, on.kernel.tcbSetSpace(tcb, new ThreadSpaces(0, BootSlots.CNODE, 0, on.free(), 0)));
        assertEquals(
                illegal, on.kernel.tcbSetSpace(endpoint, new ThreadSpaces(0, BootSlots.CNODE, 0, BootSlots.VSPACE, 0)));
        assertEquals(
                illegal,
                on.kernel.tcbConfigure(
                        tcb, new ThreadSpaces(0, BootSlots.CNODE, 0, BootSlots.VSPACE, 0), 4096, endpoint));
        assertEquals(
                KernelError.alignmentError(),
                on.kernel.tcbConfigure(
                        tcb, new ThreadSpaces(0, BootSlots.CNODE, 0, BootSlots.VSPACE, 0), 4100, BootSlots.IPC_BUFFER));
        assertEquals(
                KernelError.invalidCapability(0),
                on.kernel.tcbSetSpace(on.free(), new ThreadSpaces(0, BootSlots.CNODE, 0, BootSlots.VSPACE, 0)));
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void theLastCapabilityToACNodeIsNotReplaced(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long tcb = on.make(ObjectType.TCB, 0);
        long level = on.make(ObjectType.CNODE, 4);
        ok(on.kernel.tcbSetSpace(tcb, new ThreadSpaces(0, level, 0, BootSlots.VSPACE, 0)));
        ok(on.delete(level));
        assertEquals(
                KernelError.illegalOperation(),
                on.kernel.tcbSetSpace(tcb, new ThreadSpaces(0, BootSlots.CNODE, 0, BootSlots.VSPACE, 0)));
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void aDeletedThreadLetsGo(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long tcb = on.make(ObjectType.TCB, 0);
        long level = on.make(ObjectType.CNODE, 4);
        long frame = on.make(architecture.frames().get(0), 0);
        ok(on.kernel.tcbConfigure(tcb, new ThreadSpaces(5, level, 0, BootSlots.VSPACE, 0), 8192, frame));
        long thread = on.slots.object(on.slot(tcb));
        assertEquals(CapabilityType.FRAME, on.slots.type(on.slots.at(thread, TcbLayout.BUFFER)));
        assertEquals(on.slots.object(on.slot(frame)), on.slots.object(on.slots.at(thread, TcbLayout.BUFFER)));
        assertEquals(on.slots.at(thread, TcbLayout.CSPACE), on.slots.mdb().next(on.slot(level)));
        ok(on.delete(tcb));
        for (int offset = 0; offset < 512; offset += 8) {
            assertEquals(0, on.machine.memory().words().load64(thread + offset, 0), "at " + offset);
        }
        ok(on.delete(level));
        assertEquals(on.slot(frame), on.slots.mdb().next(on.slot(on.untyped)));
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void aThreadThatGetsOtherSpacesLetsGoOfTheFirst(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long tcb = on.make(ObjectType.TCB, 0);
        long first = on.make(ObjectType.CNODE, 4);
        long second = on.make(ObjectType.CNODE, 4);
        long buffer = on.make(architecture.frames().get(0), 0);
        ok(on.kernel.copy(new CapPath(first, 3, 4), new CapPath(TestKernel.ROOT, buffer, on.bits), all()));
        ok(on.kernel.tcbConfigure(tcb, new ThreadSpaces(0, first, 0, BootSlots.VSPACE, 0), 8192, buffer));
        ok(on.kernel.tcbConfigure(tcb, new ThreadSpaces(0, second, 0, BootSlots.VSPACE, 0), 0, buffer));
        long thread = on.slots.object(on.slot(tcb));
        assertEquals(on.slots.object(on.slot(second)), on.slots.object(on.slots.at(thread, TcbLayout.CSPACE)));
        assertTrue(on.slots.isEmpty(on.slots.at(thread, TcbLayout.BUFFER)), "without an address there is no buffer");
        assertEquals(0, TcbLayout.BUFFER_ADDRESS.get(on.machine.memory().words(), thread));
        long inFirst = on.slots.at(on.slots.object(on.slot(first)), 3);
        ok(on.delete(first));
        assertTrue(on.slots.isEmpty(inFirst), "nobody has the first CNode any more, so what was in it is gone");
    }

    /** What is said by a message is done as by the invocation itself, and what is too short is not done. */
    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void messagesDoWhatInvocationsDo(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long tcb = on.make(ObjectType.TCB, 0);
        long level = on.make(ObjectType.CNODE, 4);
        long frame = on.make(architecture.frames().get(0), 0);
        int start = on.machine.memory().startJournal();
        ok(on.kernel.tcbSetSpace(tcb, new ThreadSpaces(7, level, guard(on, 9), BootSlots.VSPACE, 0)));
        Fingerprint spaces = on.machine.memory().fingerprint();
        on.machine.memory().rewind(start);
        ok(on.kernel.tcbConfigure(tcb, new ThreadSpaces(7, level, guard(on, 9), BootSlots.VSPACE, 0), 8192, frame));
        Fingerprint configured = on.machine.memory().fingerprint();
        on.machine.memory().rewind(start);
        says(on, tcb, Labels.TCB_SET_SPACE, new long[] {7, guard(on, 9), 0}, spaces, level, BootSlots.VSPACE);
        says(
                on,
                tcb,
                Labels.TCB_CONFIGURE,
                new long[] {7, guard(on, 9), 0, 8192},
                configured,
                level,
                BootSlots.VSPACE,
                frame);
        assertEquals(
                KernelError.illegalOperation(),
                on.kernel
                        .call(tcb, new KernelMessage(Labels.TCB_SET_SPACE + 1, new long[4], new long[] {level}))
                        .error());
    }

    private static void says(
            TestKernel on, long tcb, int label, long[] words, Fingerprint after, long... capabilities) {
        int start = on.machine.memory().checkpoint();
        Fingerprint before = on.machine.memory().fingerprint();
        for (int length = 0; length <= words.length; length++) {
            for (int with = 0; with <= capabilities.length; with++) {
                boolean isWhole = length == words.length && with == capabilities.length;
                KernelMessage message =
                        new KernelMessage(label, Arrays.copyOf(words, length), Arrays.copyOf(capabilities, with));
                assertEquals(
                        isWhole ? KernelError.NO_ERROR : KernelError.truncatedMessage(),
                        on.kernel.call(tcb, message).error());
                assertEquals(isWhole ? after : before, on.machine.memory().fingerprint());
                on.machine.memory().rewind(start);
            }
        }
    }

    /** Two CNodes get new guards when they are rotated, and nothing does if one of the guards cannot be. */
    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void whatIsRotatedGetsItsGuard(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long one = on.make(ObjectType.CNODE, 3);
        long other = on.make(ObjectType.CNODE, 4);
        long to = on.free();
        long objectOfOne = on.slots.object(on.slot(one));
        assertEquals(
                KernelError.illegalOperation(),
                on.kernel.rotate(
                        new CapPath(TestKernel.ROOT, to, on.bits),
                        guard(on, 5),
                        new CapPath(TestKernel.ROOT, other, on.bits),
                        guard(on, on.bits - 2),
                        new CapPath(TestKernel.ROOT, one, on.bits)));
        ok(on.kernel.rotate(
                new CapPath(TestKernel.ROOT, to, on.bits),
                guard(on, 5),
                new CapPath(TestKernel.ROOT, other, on.bits),
                guard(on, 6),
                new CapPath(TestKernel.ROOT, one, on.bits)));
        assertTrue(on.slots.isEmpty(on.slot(one)));
        assertEquals(objectOfOne, on.slots.object(on.slot(other)), "the source is where the pivot was");
        assertEquals(6, on.slots.cnode().guardSize(on.slot(other)));
        assertEquals(5, on.slots.cnode().guardSize(on.slot(to)));
        assertEquals(4, on.slots.cnode().radix(on.slot(to)));
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void withoutAThreadNothingIsFound(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        ok(on.delete(BootSlots.TCB));
        assertTrue(on.thread() < 0);
        assertEquals(KernelError.failedLookup(false, LookupFault.invalidRoot()), on.delete(BootSlots.IPC_BUFFER));
    }

    private static CapRights all() {
        return CapRights.ALL;
    }

    private static long guard(TestKernel on, int size) {
        return on.bits == 64 ? size : (long) size << 3;
    }
}
