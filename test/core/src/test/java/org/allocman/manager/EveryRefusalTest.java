package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.workload.XorShift;
import org.allocman.sim.board.Boards;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedStatistics;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The n-th invocation is refused, once or with all that follow, for every n until the work is done without it: each refusal is
 * told as such, nothing is broken at any time, and what is freed afterwards is whole again, pages of the virtual pool included.
 */
class EveryRefusalTest {
    private static final ObjectType[] TYPES = {
        ObjectType.ENDPOINT, ObjectType.SMALL_PAGE, ObjectType.TCB, ObjectType.CNODE, ObjectType.UNTYPED
    };
    private static final Set<Reason> EXPECTED = EnumSet.of(
            Reason.KERNEL_REFUSED,
            Reason.OUT_OF_BOOK_KEEPING,
            Reason.OUT_OF_SLOTS,
            Reason.OUT_OF_UNTYPED,
            Reason.IN_USE,
            Reason.NOT_NEXT);
    private static final int STEPS = 60;

    private final List<VkaObject> live = new ArrayList<>();
    private final List<Long> pieces = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "tiny,            ARENA,   0,   false, current",
        "tiny,            ARENA,   0,   true , current",
        "tiny,            SPLIT,   0,   false, current",
        "tiny,            SPLIT,   0,   true , current",
        "tiny,            TWINKLE, 0,   false, current",
        "tiny,            TWINKLE, 0,   true , current",
        "tiny,            ARENA,   16M, false, current",
        "tiny,            ARENA,   16M, true , current",
        "tiny,            SPLIT,   16M, false, current",
        "tiny,            SPLIT,   16M, true , current",
        "pc99,            ARENA,   16M, true , current",
        "qemu-riscv-virt, SPLIT,   16M, false, current",
        "k64f,            ARENA,   16M, false, current",
        "k64f,            SPLIT,   16M, true , current",
        "tiny,            ARENA,   16M, false, 2:4:6",
        "tiny,            ARENA,   0,   true , 2:4:6",
        "tiny,            SPLIT,   16M, true , 2:5:5",
        "tiny,            TWINKLE, 0,   false, 2:5:5",
        "tiny,            ARENA,   16M, true , 2:4:5",
        "tiny,            ARENA,   0,   false, 2:4:5",
        "tiny,            SPLIT,   16M, false, 2:4:5",
        "tiny,            SPLIT,   0,   false, 2:4:5",
        "tiny,            SPLIT,   0,   true , 2:4:5",
        "tiny,            TWINKLE, 0,   true , 2:5:5",
        "k64f,            SPLIT,   16M, false, 1:10",
        "k64f,            ARENA,   16M, true , 2:4:7"
    })
    void isCleanAndNothingIsLost(
            String board, @NamedDesign UntypedDesign manager, String pool, boolean andAllAfter, String cspace)
            throws Exception {
        ManagedMachine.Pools pools = pool.equals("0")
                ? new ManagedMachine.Pools(0xc000, 0, manager)
                : ManagedMachine.Pools.DEFAULT.withManager(manager);
        CSpaceGeometry geometry = CSpaceGeometry.parse(cspace);
        assertTrue(geometry != null);
        Rig rig = new Rig(Boards.byName(board), pools.withCSpace(geometry));
        rig.allocman.trim();
        int n = 0;
        boolean failed = true;
        while (failed) {
            rig.rewind();
            rig.kernel.failAt(++n, andAllAfter);
            work(rig);
            failed = rig.kernel.hasFailed();
            rig.kernel.heal();
            String when = "after a refusal at " + n;
            assertEquals(List.of(), rig.brokenAnywhere(), when);
            if (manager.canFree()) {
                isWholeAgain(rig, when);
            } else {
                nothingIsLost(rig, when);
            }
        }
        assertTrue(n > 20, "the work makes many invocations, not " + n);
    }

    private void isWholeAgain(Rig rig, String when) {
        for (VkaObject object : live) {
            assertEquals(Option.none(), rig.vka.free(object), when);
        }
        for (long piece : pieces) {
            assertEquals(0, rig.allocman.memory().free(piece, 1000), when);
        }
        rig.allocman.trim();
        assertTrue(rig.allocman.isReserveFull(), when);
        assertEquals(List.of(), rig.broken(), when);
        assertEquals(0, rig.allocman.statistics().virtualPagesMapped(), when);
        assertTrue(rig.isWhole(), when);
    }

    /** Twinkle: what is made can be used, and no byte of an untyped is skipped but for alignment. */
    private void nothingIsLost(Rig rig, String when) {
        long used = 0;
        for (VkaObject object : live) {
            assertEquals(0, rig.allocman.untypeds().manager().check(object.handle()), when);
            used += 1L << object.sizeBits();
        }
        long given = 0;
        for (UntypedStatistics.OfKind kind :
                rig.allocman.untypeds().statistics().kinds()) {
            given += kind.bytes() - kind.freeBytes();
        }
        assertTrue(given >= used && given <= 4 * used, when + ": " + used + " bytes are used, " + given + " gone");
        assertEquals(live.size(), rig.allocman.statistics().liveObjects(), when);
    }

    private void work(Rig rig) {
        live.clear();
        pieces.clear();
        XorShift random = new XorShift(11);
        for (int step = 0; step < STEPS; step++) {
            Fingerprint before = rig.fingerprint();
            Option<VkaError> refusal = Option.none();
            if (step % 4 == 3 && !live.isEmpty()) {
                refusal = free(rig, live.get(random.below(live.size())));
            } else if (step % 19 == 18) {
                rig.allocman.trim();
            } else if (step % 11 == 10) {
                long piece = rig.allocman.memory().allocate(1000);
                if (piece > 0) {
                    pieces.add(piece);
                }
            } else {
                Either<VkaError, VkaObject> made =
                        rig.vka.allocate(TYPES[random.below(TYPES.length)], 4 + random.below(8));
                made.peek(live::add);
                refusal = made.isLeft() ? Option.some(made.getLeft()) : Option.none();
            }
            for (VkaError error : refusal) {
                assertTrue(
                        EXPECTED.contains(error.reason()) || error.reason() == Reason.ALLOCATE_ONLY, error.toString());
                if (error.reason() == Reason.IN_USE || error.reason() == Reason.ALLOCATE_ONLY) {
                    assertEquals(before, rig.fingerprint(), error.toString());
                }
            }
        }
    }

    private Option<VkaError> free(Rig rig, VkaObject object) {
        Option<VkaError> refusal = rig.vka.free(object);
        if (refusal.isEmpty()) {
            live.remove(object);
        } else {
            assertEquals(0, rig.allocman.untypeds().manager().check(object.handle()), "it can be tried again");
        }
        return refusal;
    }
}
