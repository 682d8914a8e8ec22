package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.allocman.check.sweep.Setting;
import org.allocman.cspace.CSpaceDesigns;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SweepCommandTest {
    @Test
    void everyCombination() {
        Run run = Run.of(
                "sweep",
                "--board",
                "tiny,qemu-arm-virt",
                "--cspace",
                "2:7:7",
                "--cspace",
                "1:14",
                "--objects",
                "60",
                "--seeds",
                "2",
                "--rounds",
                "2");
        assertEquals(0, run.code(), run::err);
        assertTrue(run.out().contains("qemu-arm-virt"), run::out);
        assertTrue(run.out().contains("Everything came back on "), run::out);
    }

    @Test
    void kernelsAndManagersOfSlotsCanBeChosen() {
        List<String> small =
                List.of("--board", "tiny", "--objects", "60", "--seeds", "1", "--rounds", "2", "--manager", "arena");
        Run other = sweep(small, "--cspace", "current,2:7:7", "--arch", "riscv32");
        assertEquals("Everything came back on 2 machines, in 2 rounds on each.", other.lastLine());
        Run own = sweep(small, "--cspace", "current", "--profile", "../test/example/hydra.yaml");
        assertEquals("Everything came back on 1 machine, in 2 rounds on each.", own.lastLine());
        Run slots = sweep(small, "--cspace", "1:10,2:7:7", "--cspace-design", "one-level,two-level");
        assertEquals("Everything came back on 2 machines, in 2 rounds on each.", slots.lastLine());
        Run two = sweep(small, "--cspace", "1:10,2:7:7", "--cspace-design", "two-level");
        assertEquals("Everything came back on 1 machine, in 2 rounds on each.", two.lastLine());
        Run none = Run.of("sweep", "--board", "tiny", "--cspace", "1:10", "--cspace-design", "two-level");
        assertEquals(2, none.code());
        assertTrue(none.err().contains("--cspace-design two-level is for CSpaces of two levels"), none.err());
    }

    private static Run sweep(List<String> small, String... more) {
        Run run = Run.of(Stream.of(List.of("sweep"), small, List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new));
        assertEquals(0, run.code(), () -> run.err() + run.out());
        return run;
    }

    @Test
    void aMachineIsNamedWithItsManagerOfSlots() {
        Board board = Boards.byName("tiny");
        CSpaceGeometry bump = new CSpaceGeometry(1, 8, 0).withDesign(CSpaceDesigns.BUMP);
        assertEquals(
                "--board tiny --manager arena --cspace 1:8 --cspace-design bump --objects 9 --seed 3",
                new Setting(board, Pools.DEFAULT.withCSpace(bump), 9, 3).toString());
        assertEquals(
                "--board tiny --manager arena --cspace current --objects 9 --seed 3",
                new Setting(board, Pools.DEFAULT, 9, 3).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--manager,twinkle,twinkle gives nothing back",
        "--objects,1,--objects takes a number from 2",
        "--rounds,0,--rounds takes a number from 1",
        "--seeds,0,--seeds takes a number from 1",
        "--board,nowhere,nowhere",
        "--cspace,2:0:3,is no CSpace",
        "--cspace-design,nobody,there is no CSpace design 'nobody'",
        "--cspace-design,bump,bump gives no slot back",
        "--profile,nowhere.yaml,no such file",
        "--ram,0:1GiB,allocman: --ram 0:1GiB: the kernel's device gic-distributor lies in RAM"
    })
    void badOptions(String option, String value, String message) {
        Run run = Run.of("sweep", option, value);
        assertEquals(2, run.code());
        assertTrue(run.err().contains(message), run::err);
    }
}
