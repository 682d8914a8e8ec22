package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapException;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.DebugVka;
import org.allocman.vka.wrap.ForwardingVka;
import org.allocman.vka.wrap.NullVka;
import org.allocman.vka.wrap.SynchronizedVka;
import org.junit.jupiter.api.Test;

class WrappedVkaTest {
    private final PlainMachine machine = PlainMachine.of(Architecture.AARCH64, 13, 1 << 18)
            .untyped(0x1000_0000, 24, false)
            .build();
    private final Allocman allocman = Bootstrap.inCurrentCSpace(
                    machine.kernel(),
                    machine.rootMemory(),
                    machine.bootInfo(),
                    BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
            .getOrElseThrow(BootstrapException::new);
    private final Vka vka = new AllocmanVka(allocman);

    @Test
    void theDebugAllocatorTellsWhoLeaked() {
        DebugVka debug = new DebugVka(vka);
        VkaObject kept = debug.tcb().get();
        VkaObject given = debug.endpoint().get();
        CapPath slot = debug.allocateSlot().get();
        assertEquals(Option.none(), debug.free(given));
        assertEquals(2, debug.live().size());
        String report = debug.leakReport();
        List<String> lines = report.lines().toList();
        assertEquals(3, lines.size(), report);
        assertEquals(
                List.of(lines.get(0).indexOf("allocated by")),
                lines.stream()
                        .skip(1)
                        .map(line -> line.indexOf("org."))
                        .distinct()
                        .toList(),
                "the columns line up");
        assertTrue(report.contains("TCB of 2^11 bytes"), report);
        assertTrue(report.contains("WrappedVkaTest.theDebugAllocatorTellsWhoLeaked"), report);
        assertTrue(report.contains("slot "), report);
        assertEquals(Option.none(), debug.free(kept));
        assertEquals(Option.none(), debug.freeSlot(slot));
        assertEquals("", debug.leakReport());
    }

    @Test
    void theDebugAllocatorTellsWhoFreedBefore() {
        DebugVka debug = new DebugVka(vka);
        VkaObject object = debug.notification().get();
        assertEquals(Option.none(), debug.free(object));
        VkaError twice = debug.free(object).get();
        assertEquals(VkaError.Reason.STALE_HANDLE, twice.reason());
        assertTrue(twice.message().contains("operation 2 by"), twice.message());
        assertTrue(debug.physicalAddress(object).getLeft().message().contains("WrappedVkaTest"));
    }

    @Test
    void theDebugAllocatorKnowsWhatIsBehindAHandle() {
        DebugVka debug = new DebugVka(vka);
        VkaObject endpoint = debug.endpoint().get();
        VkaError wrong = debug.free(
                        new VkaObject(ObjectType.UNTYPED, endpoint.sizeBits(), endpoint.cptr(), endpoint.handle()))
                .get();
        assertEquals(VkaError.Reason.FOREIGN_HANDLE, wrong.reason());
        assertTrue(wrong.message().contains("has the handle of the endpoint"), wrong.message());
        CapPath slot = debug.allocateSlot().get();
        VkaObject placed = debug.allocateInto(slot, ObjectType.TCB, 0).get();
        assertEquals(slot.index(), placed.cptr());
        assertEquals(Option.none(), debug.free(placed));
        assertEquals(Option.none(), debug.freeSlot(slot));
        assertTrue(debug.freeSlot(slot).get().message().contains("was given back before, operation"));
        assertEquals(Option.none(), debug.free(endpoint));
        assertEquals(List.of(), debug.live());
    }

    @Test
    void theDebugAllocatorKnowsWhatItNeverGaveOut() {
        VkaObject before = vka.tcb().get();
        VkaObject gone = vka.tcb().get();
        assertEquals(Option.none(), vka.free(gone));
        DebugVka debug = new DebugVka(vka);
        VkaObject given = debug.tcb().get();
        VkaError error = debug.free(gone).get();
        assertEquals(VkaError.Reason.FOREIGN_HANDLE, error.reason());
        assertTrue(error.message().contains("was never given out since"), error.message());
        assertEquals(
                VkaError.Reason.FOREIGN_HANDLE,
                debug.physicalAddress(gone).getLeft().reason());
        assertEquals(Option.none(), debug.free(before), "it was given out before");
        assertEquals(Option.none(), debug.free(given));
        assertEquals(VkaError.Reason.STALE_HANDLE, debug.free(given).get().reason());
    }

    @Test
    void theNullAllocatorHasNothing() {
        Vka none = new NullVka(Architecture.RISCV64);
        assertTrue(none.endpoint().isLeft());
        assertTrue(none.frameAt(12, 0).isLeft());
        assertTrue(none.allocateSlot().isLeft());
        assertTrue(none.leaky().tcb().isLeft());
        assertTrue(none.untypedMaybeDevice(12).isLeft());
        assertTrue(none.allocateInto(none.path(7), ObjectType.TCB, 0).isLeft());
        assertTrue(none.free(new VkaObject(ObjectType.TCB, 11, 7, 7)).isDefined());
        assertTrue(none.freeSlot(none.path(7)).isDefined());
        assertTrue(none.physicalAddress(new VkaObject(ObjectType.TCB, 11, 7, 7)).isLeft());
    }

    @Test
    void threadsCanShareOne() throws InterruptedException {
        share(new SynchronizedVka(vka), working -> {});
    }

    /** Four threads allocate and free while a fifth trims, looks at statistics, fills a reserve, and copies capabilities. */
    @Test
    void whatIsNoOperationIsDoneExclusively() throws InterruptedException {
        SynchronizedVka shared = new SynchronizedVka(vka);
        ClientReserves reserves = allocman.reserves();
        Kernel caps = machine.kernel();
        CapPath endpoint = shared.leaky().endpoint().get();
        share(shared, working -> {
            for (int i = 0; i < 200 || working.getAsBoolean(); i++) {
                int count = i % 3;
                shared.exclusively(allocman::trim);
                assertEquals(0, shared.exclusively(() -> reserves.keepObjects(ObjectType.TCB, 0, count)));
                assertTrue(shared.exclusively(allocman::statistics).liveObjects() >= 1);
                shared.exclusively(() -> {
                    CapPath copy = shared.allocateSlot().get();
                    assertEquals(KernelError.NO_ERROR, caps.copy(copy, endpoint, CapRights.ALL));
                    assertEquals(Option.none(), shared.freeSlot(copy));
                });
            }
        });
        assertEquals(0, reserves.keepObjects(ObjectType.TCB, 0, 0));
        assertEquals(1, allocman.statistics().liveObjects(), "the endpoint");
    }

    /** While an operation is going on nothing is done exclusively, and the other way round. */
    @Test
    void operationsAndExclusiveWorkExcludeEachOther() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        SynchronizedVka shared = new SynchronizedVka(new ForwardingVka(vka) {
            @Override
            public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
                inside.countDown();
                await(goOn);
                Either<VkaError, VkaObject> answer = super.allocate(type, size);
                order.add("allocated"); // here, for after the operation the others may be first
                return answer;
            }
        });
        Thread allocation = started(() -> {
            inside.countDown();
            shared.tcb();
        });
        await(inside);
        Thread work = started(() -> shared.exclusively(() -> order.add("supplied")));
        Thread run = started(() -> shared.exclusively((Runnable) () -> order.add("run")));
        for (Thread waiting : List.of(work, run)) {
            while (waiting.getState() != Thread.State.BLOCKED && waiting.isAlive()) {
                Thread.onSpinWait();
            }
        }
        assertEquals(List.of(), order, "the allocation is still going on");
        goOn.countDown();
        for (Thread thread : List.of(allocation, work, run)) {
            thread.join();
        }
        assertEquals("allocated", order.get(0));
        assertEquals(3, order.size());
    }

    private static Thread started(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void share(Vka shared, Consumer<BooleanSupplier> beside) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> wrong = new ArrayList<>();
        Set<Long> used = ConcurrentHashMap.newKeySet();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                List<VkaObject> mine = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    VkaObject object = shared.endpoint().get();
                    assertTrue(used.add(shared.physicalAddress(object).get()), "nobody else has that memory");
                    mine.add(object);
                    CapPath slot = shared.allocateSlot().get();
                    assertTrue(used.add(-slot.index()), "nor that slot");
                    used.remove(-slot.index());
                    assertEquals(Option.none(), shared.freeSlot(slot));
                    if (mine.size() == 10) {
                        mine.forEach(one -> {
                            used.remove(shared.physicalAddress(one).get());
                            assertEquals(Option.none(), shared.free(one));
                        });
                        mine.clear();
                    }
                }
            });
            threads.add(thread);
        }
        List<Thread> workers = List.copyOf(threads);
        threads.add(new Thread(() -> beside.accept(() -> workers.stream().anyMatch(Thread::isAlive))));
        for (Thread thread : threads) {
            thread.setUncaughtExceptionHandler((who, what) -> {
                synchronized (wrong) {
                    wrong.add(what);
                }
            });
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void capabilitiesAreHandledByTheirPlaces() {
        Kernel caps = machine.kernel();
        CapPath endpoint = vka.leaky().endpoint().get();
        CapPath a = vka.allocateSlot().get();
        CapPath b = vka.allocateSlot().get();
        CapPath c = vka.allocateSlot().get();
        assertEquals(KernelError.NO_ERROR, caps.mint(a, endpoint, CapRights.ALL, 5));
        assertEquals(KernelError.NO_ERROR, caps.copy(b, a, CapRights.READ_ONLY));
        assertEquals(
                KernelError.Code.DELETE_FIRST, caps.copy(b, a, CapRights.ALL).code());
        assertEquals(KernelError.NO_ERROR, caps.move(c, b));
        assertEquals(KernelError.NO_ERROR, caps.cancelBadgedSends(a));
        assertEquals(KernelError.NO_ERROR, caps.saveCaller(b));
        assertEquals(KernelError.NO_ERROR, caps.revoke(endpoint));
        assertTrue(caps.move(b, c).failed(), "the copy is gone with the revoke");
        VkaObject cnode = vka.cnode(4).get();
        assertEquals(KernelError.NO_ERROR, caps.mutate(b, vka.path(cnode.cptr()), 0));
        assertEquals(
                KernelError.Code.ILLEGAL_OPERATION,
                caps.rotate(c, 0, b, 0, endpoint).code());
        CapPath tcb = vka.leaky().tcb().get();
        assertEquals(KernelError.NO_ERROR, caps.rotate(c, 0, b, 0, tcb));
        assertFalse(caps.delete(c).failed());
    }
}
