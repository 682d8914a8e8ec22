package org.allocman.testkit.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.testkit.machine.ManagedMachine;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Test;

/** Memory, slots and book-keeping run out: the answer says what is left, what is freed can be had again. */
class ExhaustionTest {
    private record System(Machine machine, Allocman allocman, AllocmanVka vka) {}

    private static System start(String board, ManagedMachine.Pools pools) throws Exception {
        Machine machine = ManagedMachine.boot(Boards.byName(board), pools);
        Allocman allocman = ManagedMachine.manage(machine, pools, UnaryOperator.identity(), GrowthListener.NONE)
                .getOrElseThrow(failure -> new AssertionError(failure.toString()))
                .allocman();
        return new System(machine, allocman, new AllocmanVka(allocman));
    }

    private static List<VkaObject> takeAll(Supplier<Either<VkaError, VkaObject>> request) {
        List<VkaObject> taken = new ArrayList<>();
        Either<VkaError, VkaObject> answer = request.get();
        while (answer.isRight()) {
            taken.add(answer.get());
            answer = request.get();
        }
        return taken;
    }

    @Test
    void memoryRunsOutAndComesBack() throws Exception {
        System system = start("tiny", new ManagedMachine.Pools(0xa000, 0));
        system.allocman.trim();
        List<VkaObject> frames = takeAll(() -> system.vka.frame(12));
        VkaError error = system.vka.frame(12).getLeft();
        assertEquals(Reason.OUT_OF_UNTYPED, error.reason());
        assertTrue(error.message().contains("the largest free block of memory has 2^"), error.message());
        Fingerprint exhausted = system.machine.memory().fingerprint();
        assertEquals(error, system.vka.frame(12).getLeft());
        assertEquals(exhausted, system.machine.memory().fingerprint(), "a refusal changes nothing");
        assertEquals(Option.none(), system.vka.free(frames.get(5)));
        assertTrue(system.vka.frame(12).isRight(), "what a user frees, the user gets");
        for (int i = 0; i < frames.size(); i++) {
            if (i != 5) {
                assertEquals(Option.none(), system.vka.free(frames.get(i)));
            }
        }
    }

    @Test
    void slotsRunOutAndTheReserveStays() throws Exception {
        System system = start("qemu-arm-virt", ManagedMachine.Pools.DEFAULT);
        List<VkaObject> endpoints = takeAll(system.vka::endpoint);
        VkaError error = system.vka.endpoint().getLeft();
        assertEquals(Reason.OUT_OF_SLOTS, error.reason());
        assertTrue(error.message().contains("slots are left"), error.message());
        assertTrue(system.allocman.isReserveFull());
        assertTrue(endpoints.size() > 3000, "of about 8000 slots two go to an endpoint: " + endpoints.size());
        for (VkaObject endpoint : endpoints) {
            assertEquals(Option.none(), system.vka.free(endpoint));
        }
        system.allocman.trim();
        assertEquals(endpoints.size(), takeAll(system.vka::endpoint).size(), "as many as before");
    }

    @Test
    void bookKeepingRunsOutInAFixedPool() throws Exception {
        System system = start("qemu-arm-virt", new ManagedMachine.Pools(-1, 0));
        List<VkaObject> objects = takeAll(() -> system.vka.endpoint());
        VkaError error = system.vka.endpoint().getLeft();
        assertEquals(Reason.OUT_OF_BOOK_KEEPING, error.reason());
        assertTrue(error.message().contains("pages are ready"), error.message());
        Fingerprint full = system.machine.memory().fingerprint();
        assertTrue(system.vka.endpoint().isLeft());
        assertEquals(full, system.machine.memory().fingerprint());
        for (VkaObject object : objects) {
            assertEquals(Option.none(), system.vka.free(object));
        }
        system.allocman.trim();
        assertEquals(objects.size(), takeAll(() -> system.vka.endpoint()).size(), "as many as before");
    }
}
