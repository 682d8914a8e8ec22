package org.allocman.bootstrap;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start takes, when it makes its first page, and what it says when it cannot go back. */
class StartTest {
    @ParameterizedTest
    @CsvSource({"1,1,1,true", "1,9,64,true", "0,1,1,false", "2,1,1,false", "1,1,0,false", "1,1,65,false", "5,5,32,true"
    })
    void slotsAreAStretchOfAtLeastNone(long firstFree, long end, int depth, boolean isGood) {
        Runnable make = () -> InitialState.described(Architecture.X86_64, 2, depth, firstFree, end, List.of());
        if (isGood) {
            assertDoesNotThrow(make::run);
        } else {
            assertEquals(
                    "slots " + firstFree + " to " + end + " at depth " + depth
                            + " are no stretch of slots: the first is 1 or more, the depth 1 to 64",
                    assertThrows(IllegalArgumentException.class, make::run).getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4096,0,0,0,true",
        "4096,1,8192,1,true",
        "1,0,0,0,false",
        "0,0,1,0,false",
        "0,-1,0,0,false",
        "0,0,0,-1,false"
    })
    void poolsStartAtPages(long pool, long bytes, long window, long windowBytes, boolean isGood) {
        Runnable make =
                () -> BootstrapOptions.fixed(pool, bytes).withLaterUntypeds(0).withVirtualPool(window, windowBytes);
        if (isGood) {
            assertDoesNotThrow(make::run);
        } else {
            assertThrows(IllegalArgumentException.class, make::run);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> BootstrapOptions.fixed(pool, 0).withLaterUntypeds(-1));
    }

    @Test
    void theFirstPageIsMadeAtOnceOrLater() throws Exception {
        Machine machine = ManagedMachine.boot(Boards.byName("pc99"), ManagedMachine.Pools.DEFAULT);
        BootstrapOptions options = ManagedMachine.options(machine, ManagedMachine.Pools.DEFAULT);
        CountingKernel kernel = new CountingKernel(machine.kernel());
        InitialState start = InitialState.of(machine.bootInfo());
        int begin = machine.memory().startJournal();
        Allocman later = Bootstrap.start(kernel, machine.rootMemory(), start, options.withPageLater())
                .get();
        assertEquals(
                BootstrapPlan.of(start, options).steps().size(), kernel.total(), "nothing but device memory is parted");
        assertEquals(0, later.statistics().virtualPagesMapped());
        assertEquals(0, later.addPage());
        assertEquals(1, later.statistics().virtualPagesMapped());
        machine.memory().rewind(begin);
        long before = kernel.total();
        Allocman atOnce =
                Bootstrap.start(kernel, machine.rootMemory(), start, options).get();
        assertTrue(kernel.total() - before
                > BootstrapPlan.of(start, options).steps().size());
        assertEquals(1, atOnce.statistics().virtualPagesMapped());
    }

    @Test
    void whatIsNotUndoneIsCounted() throws Exception {
        ManagedMachine.Pools pools = new ManagedMachine.Pools(-1, 0).withCSpace(CSpaceGeometry.oneLevel(9));
        Machine machine = ManagedMachine.boot(Boards.byName("tiny"), pools);
        BootstrapOptions options = ManagedMachine.options(machine, pools);
        InitialState start = InitialState.of(machine.bootInfo());
        BootstrapPlan plan = BootstrapPlan.of(start, options);
        FaultyKernel kernel = new FaultyKernel(machine.kernel());
        int begin = machine.memory().startJournal();
        int refused = 0;
        for (int n = 2; n <= plan.steps().size(); n++) {
            machine.memory().rewind(begin);
            kernel.failAt(n, true);
            BootstrapFailure failure = Bootstrap.start(kernel, machine.rootMemory(), start, options)
                    .getLeft();
            String message = failure.toString();
            assertTrue(
                    message.startsWith(
                            "the kernel refused " + plan.steps().get(n - 1).text() + " with "),
                    message);
            // objects of one untyped go with the first of them, which alone takes an invocation to undo
            int kept = n - 1;
            while (plan.steps().get(kept - 1) instanceof BootstrapStep.Retype retype && !retype.isFirst()) {
                kept--;
            }
            assertTrue(
                    message.contains("; and it refused to undo "
                            + plan.steps().get(kept - 1).text() + " with "),
                    message);
            assertTrue(message.endsWith(", so " + kept + " steps are not undone"), message);
            refused++;
        }
        assertTrue(refused > 10, refused + " refused");
    }
}
