package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.frame.Exit;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BoardsCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void listsEveryBoardInALine() {
        Run run = Run.of("boards");
        assertEquals(Exit.GOOD, run.code());
        List<String> names =
                run.outLines().stream().skip(1).map(line -> line.split(" ")[0]).toList();
        assertEquals(Boards.names(), names);
    }

    @Test
    void listsTheSameAsJson() {
        JsonNode list = JSON.readTree(Run.of("boards", "--json").out());
        List<String> names = new ArrayList<>();
        list.forEach(board -> names.add(board.get("name").asString()));
        assertEquals(Boards.names(), names);
    }

    @Test
    void showsRegionsAndUntypedsOfABoard() {
        Run run = Run.of("boards", "tiny");
        assertEquals(Exit.GOOD, run.code());
        assertTrue(run.out().contains("   0x9000000   0x9000fff    4 KiB  device  uart"), run::out);
        assertTrue(run.out().contains("0x40000000  0x4003ffff  256 KiB  RAM     memory"), run::out);
        assertTrue(run.out().matches("(?s).* 64 KiB +16 +memory\\R.*"), run::out);
    }

    @Test
    void jsonHasTheUntypedsThatBootGives() throws Exception {
        Board board = Boards.byName("k64f");
        List<Untyped> expected =
                Machine.boot(board, BootConfig.defaults(board)).bootInfo().untypeds();
        JsonNode shown = JSON.readTree(Run.of("boards", "k64f", "--json").out());
        List<Untyped> untypeds = new ArrayList<>();
        shown.get("untypeds")
                .forEach(untyped -> untypeds.add(new Untyped(
                        untyped.get("slot").asLong(),
                        untyped.get("paddr").asLong(),
                        untyped.get("sizeBits").asInt(),
                        untyped.get("device").asBoolean())));
        assertEquals(expected, untypeds);
        assertEquals("mpu", shown.get("architecture").asString());
    }

    @Test
    void anotherArchitectureCanBeTaken() {
        Run run = Run.of("boards", "tiny", "--arch", "RISCV64");
        assertEquals(Exit.GOOD, run.code());
        assertTrue(run.out().startsWith("tiny, riscv64, "), run::out);
    }
}
