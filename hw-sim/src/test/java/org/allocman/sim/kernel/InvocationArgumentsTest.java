package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.TestKernel.ROOT;
import static org.allocman.sim.kernel.TestKernel.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.ThreadSpaces;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every invocation has in common: how it finds its capabilities, and what it says of one that is not the right one. */
class InvocationArgumentsTest {
    private static final int NARROW = 32;

    private interface Invocation {
        KernelError with(long[] arguments);
    }

    /**
     * An invocation, arguments that make sense, which of them are capabilities, the one that is invoked first, and which are
     * numbers of slots.
     */
    private record Call(String name, int[] capabilities, int[] places, long[] arguments, Invocation invocation) {
        KernelError make() {
            return invocation.with(arguments.clone());
        }

        KernelError with(int index, long argument) {
            long[] changed = arguments.clone();
            changed[index] = argument;
            return invocation.with(changed);
        }

        /** With 0 in the place of a slot's number. */
        KernelError withZero(long slot) {
            long[] changed = arguments.clone();
            for (int[] indices : List.of(capabilities, places)) {
                for (int index : indices) {
                    changed[index] = changed[index] == slot ? 0 : changed[index];
                }
            }
            return invocation.with(changed);
        }
    }

    private final List<Call> calls = new ArrayList<>();

    private void call(String name, int[] capabilities, int[] places, long[] arguments, Invocation invocation) {
        calls.add(new Call(name, capabilities, places, arguments, invocation));
    }

    private static int[] at(int... indices) {
        return indices;
    }

    private static long[] of(long... arguments) {
        return arguments;
    }

    /** Every invocation there is, with arguments that are carried out or refused late. */
    private void addCalls(TestKernel on) {
        SimKernel kernel = on.kernel;
        int bits = on.bits;
        long endpoint = on.make(ObjectType.ENDPOINT, 0);
        long other = on.make(ObjectType.CNODE, 2);
        long tcb = on.make(ObjectType.TCB, 0);
        long piece = on.make(ObjectType.UNTYPED, 12);
        long free = on.free();
        call(
                "retype",
                at(0, 3),
                at(6),
                of(on.untyped, on.architecture.number(ObjectType.CNODE), 3, ROOT, 0, 0, free, 1),
                a -> kernel.retype(a[0], (int) a[1], (int) a[2], a[3], a[4], (int) a[5], a[6], (int) a[7]));
        call(
                "copy",
                at(0, 3),
                at(1, 4),
                of(ROOT, free, bits, ROOT, endpoint, bits),
                a -> kernel.copy(path(a, 0), path(a, 3), CapRights.ALL));
        call(
                "mint",
                at(0, 3),
                at(1, 4),
                of(ROOT, free, bits, ROOT, endpoint, bits, 5),
                a -> kernel.mint(path(a, 0), path(a, 3), CapRights.ALL, a[6]));
        call(
                "move",
                at(0, 3),
                at(1, 4),
                of(ROOT, free, bits, ROOT, endpoint, bits),
                a -> kernel.move(path(a, 0), path(a, 3)));
        call(
                "mutate",
                at(0, 3),
                at(1, 4),
                of(ROOT, free, bits, ROOT, other, bits, on.architecture.guardOfZeros(3)),
                a -> kernel.mutate(path(a, 0), path(a, 3), a[6]));
        call(
                "rotate",
                at(0, 4, 8),
                at(1, 5, 9),
                of(ROOT, free, bits, guard(on, 5), ROOT, other, bits, guard(on, 6), ROOT, piece, bits),
                a -> kernel.rotate(path(a, 0), a[3], path(a, 4), a[7], path(a, 8)));
        call("delete", at(0), at(1), of(ROOT, endpoint, bits), a -> kernel.delete(a[0], a[1], (int) a[2]));
        call("revoke", at(0), at(1), of(ROOT, piece, bits), a -> kernel.revoke(a[0], a[1], (int) a[2]));
        call("cancel badged sends", at(0), at(1), of(ROOT, endpoint, bits), a -> kernel.cancelBadgedSends(path(a, 0)));
        call("save caller", at(0), at(1), of(ROOT, free, bits), a -> kernel.saveCaller(path(a, 0)));
        call(
                "set space",
                at(0, 2, 4),
                at(),
                of(tcb, 0, other, guard(on, 4), BootSlots.VSPACE, 0),
                a -> kernel.tcbSetSpace(a[0], new ThreadSpaces(a[1], a[2], a[3], a[4], a[5])));
        call(
                "configure",
                at(0, 2, 4, 7),
                at(),
                of(tcb, 0, other, guard(on, 4), BootSlots.VSPACE, 0, 4096, BootSlots.IPC_BUFFER),
                a -> kernel.tcbConfigure(a[0], new ThreadSpaces(a[1], a[2], a[3], a[4], a[5]), a[6], a[7]));
        if (on.architecture.hasPaging()) {
            addPaging(on, piece, free);
        }
    }

    private void addPaging(TestKernel on, long piece, long free) {
        SimKernel kernel = on.kernel;
        long frame = on.make(ObjectType.SMALL_PAGE, 0);
        long table = on.make(ObjectType.PAGE_TABLE, 0);
        long space = on.make(on.architecture.vspaceType(), 0);
        long address = on.machine.freeVirtualBase();
        call(
                "map a page",
                at(0, 1),
                at(),
                of(frame, BootSlots.VSPACE, address, 0),
                a -> kernel.pageMap(a[0], a[1], a[2], CapRights.READ_WRITE, a[3]));
        call("unmap a page", at(0), at(), of(BootSlots.IPC_BUFFER), a -> kernel.pageUnmap(a[0]));
        call(
                "where a page is",
                at(0),
                at(),
                of(frame),
                a -> kernel.pageGetAddress(a[0]).fold(error -> error, paddr -> KernelError.NO_ERROR));
        call(
                "map a table",
                at(0, 1),
                at(),
                of(table, BootSlots.VSPACE, address + (1L << 30), 0),
                a -> kernel.tableMap(a[0], a[1], a[2], a[3]));
        call("unmap a table", at(0), at(), of(table), a -> kernel.tableUnmap(a[0]));
        call(
                "assign to a pool",
                at(0, 1),
                at(),
                of(BootSlots.ASID_POOL, space),
                a -> kernel.asidPoolAssign(a[0], a[1]));
        call(
                "make a pool",
                at(0, 1, 2),
                at(3),
                of(BootSlots.ASID_CONTROL, piece, ROOT, free, on.bits),
                a -> kernel.asidControlMakePool(a[0], a[1], path(a, 2)));
        call(
                "clean a page",
                at(0),
                at(),
                of(BootSlots.IPC_BUFFER, 0, 64),
                a -> kernel.pageCache(CacheOperation.CLEAN, a[0], a[1], a[2]));
        call(
                "clean a space",
                at(0),
                at(),
                of(BootSlots.VSPACE, address, address + 64),
                a -> kernel.vspaceCache(CacheOperation.CLEAN, a[0], a[1], a[2]));
    }

    private static long guard(TestKernel on, int size) {
        return on.architecture.guardOfZeros(size);
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void whoNamesNothingIsToldSo(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        addCalls(on);
        // the guard of the root CNode is zeros
        long nowhere = 1L << on.bits - 1 | BootSlots.TCB;
        KernelError fault = on.kernel.pageUnmap(nowhere);
        assertEquals(KernelError.Code.FAILED_LOOKUP, fault.code());
        Fingerprint before = on.machine.memory().fingerprint();
        for (Call call : calls) {
            for (int index : call.capabilities) {
                assertEquals(fault, call.with(index, nowhere), call.name + ", argument " + index);
                assertEquals(before, on.machine.memory().fingerprint(), call.name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void whatIsInvokedIsOfTheRightType(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        addCalls(on);
        long wrong = on.make(ObjectType.NOTIFICATION, 0);
        long weak = on.free();
        ok(on.kernel.mint(new CapPath(ROOT, weak, on.bits), new CapPath(ROOT, wrong, on.bits), CapRights.READ_ONLY, 0));
        long empty = on.free();
        Fingerprint before = on.machine.memory().fingerprint();
        for (Call call : calls) {
            int invoked = call.capabilities[0];
            assertEquals(KernelError.invalidCapability(0), call.with(invoked, empty), call.name + " of nothing");
            assertEquals(KernelError.invalidCapability(0), call.with(invoked, weak), call.name + " without rights");
            assertEquals(KernelError.illegalOperation(), call.with(invoked, wrong), call.name + " of a notification");
            for (int further = 1; further < call.capabilities.length; further++) {
                assertNotEquals(
                        KernelError.NO_ERROR,
                        call.with(call.capabilities[further], wrong),
                        call.name + " with a notification");
            }
            assertEquals(before, on.machine.memory().fingerprint(), call.name);
        }
    }

    /** A word has 32 bits there, so whoever passes more has passed its low half. */
    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void onlyTheBitsOfAWordCount(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        addCalls(on);
        int start = on.machine.memory().startJournal();
        for (Call call : calls) {
            KernelError answer = call.make();
            Fingerprint after = on.machine.memory().fingerprint();
            on.machine.memory().rewind(start);
            for (int index = 0; index < call.arguments.length; index++) {
                for (long beyond : new long[] {-1L << NARROW, 1L << NARROW, 0x1234_5678L << NARROW}) {
                    if (on.bits == NARROW) {
                        assertEquals(answer, call.with(index, call.arguments[index] | beyond), call.name);
                        assertEquals(after, on.machine.memory().fingerprint(), call.name + ", argument " + index);
                        on.machine.memory().rewind(start);
                    }
                }
            }
        }
    }

    /** Nothing is special about a slot at physical address 0: the first one of a root CNode that lies there. */
    @ParameterizedTest
    @MethodSource("org.allocman.sim.Kernels#withoutIoPorts")
    void aSlotAtAddressZeroIsLikeAnyOther(Architecture architecture) {
        TestKernel on = TestKernel.withMemoryAtZero(architecture);
        int radix = 9;
        long level = on.make(on.untypedAt(0), ObjectType.CNODE, radix);
        addCalls(on);
        useAsRoot(on, level, radix);
        int start = on.machine.memory().startJournal();
        for (Call call : calls) {
            KernelError answer = call.make();
            on.machine.memory().rewind(start);
            for (int[] arguments : List.of(call.capabilities, call.places)) {
                for (int index : arguments) {
                    long slot = call.arguments[index];
                    if (!on.slots.isEmpty(on.slots.at(0, slot))) {
                        ok(on.move(slot, 0));
                    }
                    assertEquals(answer, call.withZero(slot), call.name + ", argument " + index);
                    on.machine.memory().rewind(start);
                }
            }
        }
    }

    /** Brings everything from the root CNode to the same numbers of one at physical address 0, and makes that the root. */
    private static void useAsRoot(TestKernel on, long level, int radix) {
        assertEquals(0, on.slots.object(on.slot(level)));
        assertTrue(on.free() < 1L << radix, "it has room for all");
        long guard = guard(on, on.bits - radix);
        ok(on.kernel.mint(new CapPath(level, ROOT, radix), new CapPath(ROOT, level, on.bits), CapRights.ALL, guard));
        for (long slot = 1; slot < 1L << radix; slot++) {
            boolean isNeeded = slot == BootSlots.TCB || slot == BootSlots.VSPACE || slot == ROOT || slot == level;
            if (!isNeeded && !on.slots.isEmpty(on.slot(slot))) {
                ok(on.kernel.move(new CapPath(level, slot, radix), new CapPath(ROOT, slot, on.bits)));
            }
        }
        ok(on.kernel.copy(
                new CapPath(level, BootSlots.TCB, radix), new CapPath(ROOT, BootSlots.TCB, on.bits), CapRights.ALL));
        ok(on.kernel.copy(
                new CapPath(level, BootSlots.VSPACE, radix),
                new CapPath(ROOT, BootSlots.VSPACE, on.bits),
                CapRights.ALL));
        ok(on.kernel.tcbSetSpace(BootSlots.TCB, new ThreadSpaces(0, level, guard, BootSlots.VSPACE, 0)));
    }

    private static CapPath path(long[] arguments, int first) {
        return new CapPath(arguments[first], arguments[first + 1], (int) arguments[first + 2]);
    }
}
