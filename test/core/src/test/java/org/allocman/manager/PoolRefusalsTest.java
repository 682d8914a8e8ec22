package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.mspace.Mspace;
import org.allocman.sim.board.Boards;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why the pools do not grow is what the request that wanted it is told. */
class PoolRefusalsTest {
    private static final String COMBINATIONS = """
            tiny,            ARENA, current
            tiny,            SPLIT, current
            qemu-riscv-virt, ARENA, current
            pc99,            SPLIT, current
            k64f,            ARENA, current
            k64f,            SPLIT, current
            tiny,            ARENA, 2:5:5
            tiny,            SPLIT, 2:5:5
            """;

    private static Rig rig(String board, UntypedDesign manager, String cspace) throws Exception {
        CSpaceGeometry geometry = CSpaceGeometry.parse(cspace);
        assertTrue(geometry != null);
        Rig rig =
                new Rig(Boards.byName(board), Pools.DEFAULT.withManager(manager).withCSpace(geometry));
        rig.allocman.trim();
        return rig;
    }

    /** Takes memory until the next piece needs one more page. */
    private static void fill(Rig rig) {
        long mapped = rig.allocman.statistics().virtualPagesMapped();
        for (int i = 0; i < 4 || rig.allocman.statistics().virtualPagesMapped() == mapped; i++) {
            assertTrue(rig.allocman.memory().allocate(Mspace.MOST) > 0);
        }
    }

    private static long ownObjects(Rig rig) {
        return rig.allocman.untypeds().manager().liveObjects()
                - rig.allocman.statistics().liveObjects();
    }

    /** Every invocation of one growth, refused once and with all that follow. */
    @ParameterizedTest
    @CsvSource(textBlock = COMBINATIONS)
    void whatTheKernelRefusedIsTold(String board, @NamedDesign UntypedDesign manager, String cspace) throws Exception {
        Set<InvocationKind> told = EnumSet.noneOf(InvocationKind.class);
        Rig rig = rig(board, manager, cspace);
        fill(rig);
        int checkpoint = rig.machine.memory().checkpoint();
        for (boolean andAllAfter : new boolean[] {false, true}) {
            boolean failed = true;
            for (int n = 1; failed; n++) {
                rig.machine.memory().rewind(checkpoint);
                checkpoint = rig.machine.memory().checkpoint();
                rig.kernel.failAt(n, andAllAfter);
                long address = rig.allocman.memory().allocate(Mspace.MOST);
                failed = rig.kernel.hasFailed();
                boolean isRetried = address < 0 && Refusal.isKernel(address);
                assertTrue(address > 0 || isRetried, "invocation " + n + ": " + Refusal.text(address));
                if (isRetried) {
                    told.add(Refusal.invocation(address));
                }
                rig.kernel.heal();
            }
        }
        assertTrue(told.containsAll(EnumSet.of(InvocationKind.RETYPE, InvocationKind.PAGE_MAP)), told.toString());
    }

    /** The frame of a growth that failed could not be freed: while that is so there is no other growth, and that is why. */
    @ParameterizedTest
    @CsvSource({"tiny, ARENA, current", "tiny, SPLIT, current", "qemu-riscv-virt, ARENA, current"})
    void whatIsStillToBeFreedIsTold(String board, @NamedDesign UntypedDesign manager, String cspace) throws Exception {
        Rig rig = rig(board, manager, cspace);
        fill(rig);
        long own = ownObjects(rig);
        long address = 0;
        for (int n = 1; ownObjects(rig) == own; n++) {
            assertTrue(n < 20, "a frame stays that cannot be freed");
            rig.kernel.failAt(n, true);
            address = rig.allocman.memory().allocate(Mspace.MOST);
            assertTrue(Refusal.isKernel(address), Refusal.text(address));
        }
        rig.kernel.failAt(1, true);
        address = rig.allocman.memory().allocate(Mspace.MOST);
        assertTrue(Refusal.isKernel(address), Refusal.text(address));
        assertEquals(InvocationKind.REVOKE, Refusal.invocation(address));
        rig.kernel.heal();
        assertTrue(rig.allocman.memory().allocate(Mspace.MOST) > 0);
        assertEquals(List.of(), rig.broken());
    }

    /** All memory is in use: there is no page for records, and not for want of room in the window. */
    @ParameterizedTest
    @CsvSource(textBlock = COMBINATIONS)
    void thatThereIsNoMemoryIsTold(String board, @NamedDesign UntypedDesign manager, String cspace) throws Exception {
        Rig rig = rig(board, manager, cspace);
        fill(rig);
        int least = rig.machine.board().architecture().frame(12) == null ? 5 : 12;
        for (int bits = 30; bits >= least; bits--) {
            while (rig.allocman.allocate(ObjectType.UNTYPED, bits, 0) > 0) {
                // takes all that is left
            }
        }
        long address = rig.allocman.memory().allocate(Mspace.MOST);
        while (address > 0) {
            address = rig.allocman.memory().allocate(Mspace.MOST);
        }
        assertEquals("NO_BLOCK_FOR_PAGE", Refusal.text(address));
        assertTrue(
                rig.allocman.statistics().virtualPagesMapped()
                        < rig.allocman.layout().windowPages(),
                "the window is not full");
    }

    /** The friendly face says it in a sentence. */
    @ParameterizedTest
    @CsvSource({"tiny, ARENA, current", "tiny, SPLIT, current"})
    void theFriendlyFaceTellsIt(String board, @NamedDesign UntypedDesign manager, String cspace) throws Exception {
        Rig rig = rig(board, manager, cspace);
        fill(rig);
        for (int bits = 30; bits >= 12; bits--) {
            while (rig.allocman.allocate(ObjectType.UNTYPED, bits, 0) > 0) {
                // takes all that is left
            }
        }
        while (rig.allocman.memory().allocate(64) > 0) {
            // no room is left for a record either
        }
        Either<VkaError, VkaObject> last = rig.vka.endpoint();
        while (last.isRight()) {
            last = rig.vka.endpoint();
        }
        assertEquals(VkaError.Reason.OUT_OF_UNTYPED, last.getLeft().reason());
        assertTrue(
                last.getLeft().message().contains("the pools have no room for its records beyond the reserve")
                        && last.getLeft().message().contains("no block can be had for one more page"),
                last.getLeft().message());
    }
}
