package org.allocman.manager.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.manager.NamedDesign;
import org.allocman.sim.board.Boards;
import org.allocman.untyped.UntypedDesign;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Managers beside a model that knows what their users have, at random, with and without refusals of the kernel. */
@Timeout(120)
class ManagerModelTest {
    private static final int SEEDS = 3;
    private static final int[] PERCENT_REFUSED = {0, 10, 40};
    private static final int CALLS = 240;

    // on boards with much memory a look at all of it takes longer
    private static final int CALLS_ON_LARGE_BOARDS = 40;

    @ParameterizedTest
    @CsvSource({
        "qemu-arm-virt,   ARENA, 2:7:7,   200, 256, false",
        "qemu-arm-virt,   SPLIT, 2:10:4,  64,  511, false",
        "pc99,            ARENA, 2:10:4,  64,  510, false",
        "qemu-riscv-virt, ARENA, current, 64,  0,   false",
        "tiny,            ARENA, 2:5:8,   8,   0,   false",
        "tiny,            ARENA, 2:5:7,   30,  256, false",
        "tiny,            SPLIT, 2:5:7,   30,  509, false",
        "tiny,            ARENA, 2:2:6,   0,   0,   true",
        "tiny,            SPLIT, 2:2:6,   0,   0,   true",
        "tiny,            ARENA, 2:2:7,   8,   0,   false",
        "tiny,            SPLIT, 2:2:7,   8,   0,   false",
        "tiny,            ARENA, current, 3,   1,   true",
        "tiny,            SPLIT, current, 8,   255, true",
        "tiny,            ARENA, 2:3:7,   2,   0,   false",
        "tiny,            SPLIT, 2:3:6,   2,   0,   false",
        "pc99,            ARENA, 1:9,     2,   0,   true",
        "k64f,            ARENA, 2:4:7,   16,  0,   false",
        "k64f,            SPLIT, current, 16,  0,   false"
    })
    void agree(
            String board,
            @NamedDesign UntypedDesign manager,
            String cspace,
            int windowPages,
            int skippedPages,
            boolean mayFill)
            throws Exception {
        CSpaceGeometry geometry = CSpaceGeometry.parse(cspace);
        if (geometry == null) {
            throw new AssertionError(cspace);
        }
        Pools pools = new Pools(-1, windowPages * 4096L, manager, geometry);
        boolean isSmall = board.equals("tiny") || board.equals("k64f");
        int reservesChecked = 0;
        int full = 0;
        int cspacesFilled = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            ModelMachine machine = new ModelMachine(Boards.byName(board), pools, skippedPages);
            ManagerModel model = new ManagerModel(machine, seed);
            for (int round = 0; round < 2; round++) {
                model.run(isSmall ? CALLS : CALLS_ON_LARGE_BOARDS, PERCENT_REFUSED[seed - 1]);
                model.giveAllBack();
            }
            reservesChecked += model.reservesChecked();
            full += model.refusedWhenFull();
            cspacesFilled += model.cspacesFilled();
        }
        assertTrue(reservesChecked > 0 || windowPages == 0 && cspacesFilled > 0, "full reserves were put to the test");
        assertTrue(cspacesFilled > 0 || !cspace.startsWith("2:2:"), "every CNode of the second level came");
        assertTrue(full > 0 || !mayFill, "there were refusals when nothing could grow");
    }
}
