package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.DebugVka;
import org.allocman.vka.wrap.SynchronizedVka;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation that takes a handle, an address or a slot, with every bad one: an answer, and memory as it was. */
class HandleSweepTest {
    private Machine machine;
    private Allocman allocman;

    private Allocman manager(UntypedDesign kind) throws Exception {
        Pools pools = Pools.DEFAULT.withManager(kind);
        machine = ManagedMachine.boot(Boards.byName("qemu-arm-virt"), pools);
        return ManagedMachine.manage(machine, pools, kernel -> kernel, GrowthListener.NONE)
                .get()
                .allocman();
    }

    private void refusesAndChangesNothing(String what, LongUnaryOperator operation, long argument) {
        Fingerprint before = machine.memory().fingerprint();
        long answer = operation.applyAsLong(argument);
        String call = what + " of 0x" + Long.toHexString(argument);
        assertTrue(answer < 0, () -> call + " answered " + answer);
        assertEquals(before, machine.memory().fingerprint(), () -> call + " changed something");
    }

    /** Numbers that nobody was given, around one that somebody was, and at the edges of everything. */
    private static List<Long> madeUp(long good, List<Long> others) {
        List<Long> numbers = new ArrayList<>(List.of(0L, -1L, 1L, 2L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62, -good));
        for (int bit = 0; bit < Long.SIZE; bit++) {
            numbers.add(good ^ 1L << bit);
        }
        for (long near : new long[] {1, 63, 64, 192, 4096}) {
            numbers.add(good + near);
            numbers.add(good - near);
        }
        numbers.removeAll(others);
        numbers.remove(good);
        return numbers;
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void theNativeInterface(UntypedDesign kind) throws Exception {
        allocman = manager(kind);
        long before = allocman.allocate(ObjectType.TCB, 0, 0);
        long handle = allocman.allocate(ObjectType.ENDPOINT, 0, 0);
        long stale = allocman.allocate(ObjectType.NOTIFICATION, 0, 0);
        long slot = allocman.slots().take();
        long memory = allocman.memory().allocate(192);
        long staleSlot = allocman.slots().take();
        long staleMemory = allocman.memory().allocate(64);
        assertTrue(memory > 0 || kind == UntypedDesigns.TWINKLE);
        assertEquals(0, allocman.slots().free(staleSlot));
        assertTrue(staleMemory < 0 || allocman.memory().free(staleMemory, 64) == 0);
        if (kind.canFree()) {
            assertEquals(0, allocman.free(stale));
        }

        Map<String, LongUnaryOperator> byHandle = new LinkedHashMap<>();
        byHandle.put("free", allocman::free);
        List<Long> bad = madeUp(handle, List.of(before, stale));
        bad.add(stale);
        bad.add(slot);
        bad.add(memory);
        byHandle.forEach((what, operation) -> bad.forEach(number -> refusesAndChangesNothing(what, operation, number)));

        Map<String, LongUnaryOperator> bySlot = new LinkedHashMap<>();
        bySlot.put("freeSlot", allocman.slots()::free);
        List<Long> badSlots = madeUp(slot, List.of());
        badSlots.addAll(
                List.of(staleSlot, handle, memory, allocman.untypeds().manager().slot(handle)));
        bySlot.forEach(
                (what, operation) -> badSlots.forEach(number -> refusesAndChangesNothing(what, operation, number)));

        List<Long> badAddresses = madeUp(memory, List.of());
        badAddresses.addAll(List.of(staleMemory, handle, slot, machine.staticPoolBase()));
        for (long address : badAddresses) {
            refusesAndChangesNothing("freeMemory", number -> allocman.memory().free(number, 192), address);
        }
        for (int bytes : new int[] {0, -1, 1, 64, 128, 193, 4032, 4033, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            refusesAndChangesNothing(
                    "freeMemory of " + bytes, number -> allocman.memory().free(number, bytes), memory);
        }
        theGoodOnesAreStillGood(kind, handle, slot, memory);
    }

    private void theGoodOnesAreStillGood(UntypedDesign kind, long handle, long slot, long memory) {
        assertEquals(0, allocman.untypeds().manager().check(handle));
        assertTrue(allocman.free(handle) == 0 || !kind.canFree());
        assertEquals(0, allocman.slots().free(slot));
        assertTrue(memory < 0 || allocman.memory().free(memory, 192) == 0);
        refusesAndChangesNothing("the second free", allocman::free, handle);
        refusesAndChangesNothing("the second freeSlot", allocman.slots()::free, slot);
        refusesAndChangesNothing(
                "the second freeMemory", number -> allocman.memory().free(number, 192), memory);
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void theFriendlyFaces(UntypedDesign kind) throws Exception {
        allocman = manager(kind);
        Allocman other = otherManager(kind);
        VkaObject foreign = new AllocmanVka(other).cnode(7).get();
        Vka plain = new AllocmanVka(allocman);
        for (Vka vka : List.of(plain, new DebugVka(plain), new SynchronizedVka(plain))) {
            sweep(kind, vka, foreign);
        }
    }

    private Allocman otherManager(UntypedDesign kind) throws Exception {
        Machine ours = machine;
        Allocman other = manager(kind);
        machine = ours;
        return other;
    }

    private void sweep(UntypedDesign kind, Vka vka, VkaObject foreign) {
        VkaObject good = vka.tcb().get();
        VkaObject stale = vka.endpoint().get();
        CapPath slot = vka.allocateSlot().get();
        CapPath staleSlot = vka.allocateSlot().get();
        assertEquals(Option.none(), vka.freeSlot(staleSlot));
        List<VkaObject> bad = new ArrayList<>();
        if (kind.canFree()) {
            assertEquals(Option.none(), vka.free(stale));
            bad.add(stale);
        }
        for (long handle : madeUp(good.handle(), List.of(stale.handle()))) {
            bad.add(new VkaObject(good.type(), good.sizeBits(), good.cptr(), handle));
        }
        bad.add(foreign);
        bad.add(new VkaObject(ObjectType.ENDPOINT, good.sizeBits(), good.cptr(), good.handle()));
        bad.add(new VkaObject(ObjectType.PDPT, good.sizeBits(), good.cptr(), good.handle()));
        bad.add(new VkaObject(good.type(), good.sizeBits() + 1, good.cptr(), good.handle()));
        bad.add(new VkaObject(good.type(), -1, good.cptr(), good.handle()));
        bad.add(new VkaObject(good.type(), good.sizeBits(), good.cptr() + 1, good.handle()));
        bad.add(new VkaObject(good.type(), good.sizeBits(), 0, good.handle()));
        bad.add(new VkaObject(good.type(), good.sizeBits(), -1, good.handle()));
        for (VkaObject object : bad) {
            unchanged(object, one -> assertBad(vka.free(one), one));
            // twinkle keeps no book, so it cannot know what is an address and what is not
            if (kind.canFree()) {
                unchanged(object, one -> assertTrue(vka.physicalAddress(one).isLeft(), () -> "address of " + one));
            }
        }
        List<CapPath> badSlots = new ArrayList<>(List.of(
                staleSlot,
                vka.path(0),
                vka.path(-1),
                vka.path(good.cptr()),
                vka.path(Long.MAX_VALUE),
                new CapPath(slot.root() + 1, slot.index(), slot.depth()),
                new CapPath(slot.root(), slot.index(), slot.depth() - 1),
                new CapPath(slot.root(), slot.index(), 0)));
        for (CapPath path : badSlots) {
            unchanged(path, one -> assertBad(vka.freeSlot(one), one));
            unchanged(
                    path,
                    one -> assertTrue(vka.allocateInto(one, ObjectType.TCB, 0).isLeft()));
        }
        assertTrue(vka.physicalAddress(good).isRight());
        assertTrue(vka.free(good).isEmpty() || !kind.canFree());
        assertEquals(Option.none(), vka.freeSlot(slot));
    }

    private static void assertBad(Option<VkaError> answer, Record what) {
        assertTrue(answer.isDefined(), () -> what + " was given back");
        assertFalse(answer.get().message().isBlank());
    }

    private <T> void unchanged(T argument, Consumer<T> operation) {
        Fingerprint before = machine.memory().fingerprint();
        operation.accept(argument);
        assertEquals(before, machine.memory().fingerprint(), () -> argument + " changed something");
    }
}
