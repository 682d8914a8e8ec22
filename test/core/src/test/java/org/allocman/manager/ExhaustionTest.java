package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.mspace.Mspace;
import org.allocman.sim.board.Boards;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory, slots and book-keeping run out: the answer says what is left, what is freed can be had again, to the full. */
class ExhaustionTest {
    private static Rig start(String board, Pools pools, UntypedDesign kind) throws Exception {
        Rig rig = new Rig(Boards.byName(board), pools.withManager(kind));
        rig.allocman.trim();
        return rig;
    }

    private static List<VkaObject> takeAll(Supplier<Either<VkaError, VkaObject>> request) {
        List<VkaObject> taken = new ArrayList<>();
        for (Either<VkaError, VkaObject> answer = request.get(); answer.isRight(); answer = request.get()) {
            taken.add(answer.get());
        }
        return taken;
    }

    /** Takes all there is and gives all of it back, three times: as much each time, and whole after each. */
    private static void comesBack(Rig rig, Supplier<Either<VkaError, VkaObject>> request, Reason reason, String words) {
        int first = 0;
        for (int turn = 0; turn < 3; turn++) {
            List<VkaObject> taken = takeAll(request);
            VkaError error = request.get().getLeft();
            assertEquals(reason, error.reason(), error.toString());
            assertTrue(error.message().contains(words), error.message());
            Fingerprint exhausted = rig.fingerprint();
            assertEquals(error, request.get().getLeft());
            assertEquals(exhausted, rig.fingerprint(), "a refusal changes nothing");
            assertEquals(List.of(), rig.broken());
            first = turn == 0 ? taken.size() : first;
            assertEquals(first, taken.size(), "as many as the first time");
            assertEquals(Option.none(), rig.vka.free(taken.get(5)));
            taken.set(
                    5, request.get().getOrElseThrow(failure -> new AssertionError("what a user frees, the user gets")));
            taken.forEach(object -> assertEquals(Option.none(), rig.vka.free(object)));
            rig.allocman.trim();
            assertTrue(rig.isWhole(), "turn " + turn);
            assertTrue(rig.allocman.isReserveFull());
            assertEquals(List.of(), rig.broken());
        }
        assertTrue(first > 20, "so many were had: " + first);
    }

    @ParameterizedTest
    @CsvSource({"ARENA, 0xc000, 0", "ARENA, -1, 0x1000000", "SPLIT, 0xc000, 0", "SPLIT, -1, 0x1000000"})
    void memory(@NamedDesign UntypedDesign kind, long fixed, long virtual) throws Exception {
        Rig rig = start("tiny", new Pools(fixed, virtual), kind);
        comesBack(rig, () -> rig.vka.frame(12), Reason.OUT_OF_UNTYPED, "the largest free block of memory has 2^");
    }

    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void slots(UntypedDesign kind) throws Exception {
        Rig rig = start("qemu-arm-virt", Pools.DEFAULT, kind);
        comesBack(rig, rig.vka::endpoint, Reason.OUT_OF_SLOTS, "slots are left");
        while (rig.allocman.slots().take() > 0) {
            // single slots stop before the reserve, too
        }
        assertTrue(rig.allocman.isReserveFull());
    }

    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void bookKeepingInAFixedPool(UntypedDesign kind) throws Exception {
        Rig rig = start("qemu-arm-virt", new Pools(0x9000, 0), kind);
        comesBack(rig, rig.vka::endpoint, Reason.OUT_OF_BOOK_KEEPING, "pages are ready");
    }

    /** The window is full of a user's own records; growing stops there, and what is given back serves everybody. */
    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void bookKeepingInAFullWindow(UntypedDesign kind) throws Exception {
        Rig rig = start("qemu-arm-virt", new Pools(-1, 16 * 4096), kind);
        int first = 0;
        for (int turn = 0; turn < 3; turn++) {
            List<Long> pieces = new ArrayList<>();
            for (long at = rig.allocman.memory().allocate(Mspace.MOST); at > 0; ) {
                pieces.add(at);
                at = rig.allocman.memory().allocate(Mspace.MOST);
            }
            assertEquals(Refusal.OUT_OF_BOOK_KEEPING, rig.allocman.memory().allocate(Mspace.MOST));
            assertEquals(16, rig.allocman.statistics().virtualPagesMapped());
            first = turn == 0 ? pieces.size() : first;
            assertEquals(first, pieces.size());
            comesBackOnce(rig);
            pieces.forEach(at -> assertEquals(0, rig.allocman.memory().free(at, Mspace.MOST)));
            rig.allocman.trim();
            assertEquals(0, rig.allocman.statistics().virtualPagesMapped());
            assertTrue(rig.isWhole());
            assertEquals(List.of(), rig.broken());
        }
        assertTrue(first > 12, "so many were had: " + first);
    }

    private static void comesBackOnce(Rig rig) {
        List<VkaObject> taken = takeAll(rig.vka::endpoint);
        assertEquals(Reason.OUT_OF_BOOK_KEEPING, rig.vka.endpoint().getLeft().reason());
        taken.forEach(object -> assertEquals(Option.none(), rig.vka.free(object)));
    }

    /** What twinkle gives away is gone; but nothing is lost before memory, or slots, are at their end. */
    @ParameterizedTest
    @CsvSource({"tiny, OUT_OF_UNTYPED", "qemu-arm-virt, OUT_OF_SLOTS"})
    void twinkleComesToTheVeryEnd(String board, Reason reason) throws Exception {
        Rig rig = start(board, Pools.DEFAULT, UntypedDesigns.TWINKLE);
        long slots = rig.allocman.slots().cspace().freeSlots();
        List<VkaObject> taken = takeAll(() -> rig.vka.frame(12));
        assertEquals(reason, rig.vka.frame(12).getLeft().reason());
        assertEquals(slots - taken.size(), rig.allocman.slots().cspace().freeSlots());
        if (reason == Reason.OUT_OF_UNTYPED) {
            assertTrue(
                    rig.allocman.untypeds().statistics().of(MemoryKind.KERNEL).largestFree() < 12);
        } else {
            assertEquals(0, rig.allocman.slots().cspace().freeSlots());
        }
        assertEquals(List.of(), rig.brokenAnywhere());
    }
}
