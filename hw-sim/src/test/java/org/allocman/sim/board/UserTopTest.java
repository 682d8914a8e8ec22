package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** User addresses end where seL4's platforms have it, and a board file can say so. */
class UserTopTest {
    private static final String BOARD = """
            name: %s
            architecture: %s
            %sregions:
            - name: memory
              kind: ram
              start: "0x40000000"
              size: 64MiB
            """;

    @ParameterizedTest
    @CsvSource({
        "qemu-arm-virt, a0000000",
        "'linux,dummy-virt', a0000000",
        "Raspberry Pi 4 Model B, a0000000",
        "'allwinner,sun7i-a20', a0000000",
        "'ti,omap3-beagle', f0000000",
        "imx6, e0000000",
        "test, e0000000"
    })
    void theNameSaysIt(String name, String top) {
        long expected = Long.parseLong(top, 16);
        assertEquals(expected, new Board(name, Architecture.AARCH32, List.of(), List.of()).userTop());
        assertEquals(
                Architecture.RISCV32.userTop(), new Board(name, Architecture.RISCV32, List.of(), List.of()).userTop());
    }

    @Test
    void theTreesOfBoardsSayItToo() throws Exception {
        byte[] tree = TestBoards.bytes("qemu-arm-virt-1g.dtb");
        assertEquals(
                0xa000_0000L,
                BoardFile.read("f.dtb", tree, Architecture.AARCH32).userTop());
        assertEquals(
                Architecture.AARCH64.userTop(),
                BoardFile.read("f.dtb", tree, Architecture.AARCH64).userTop());
    }

    @Test
    void aBoardFileCanSayIt() throws Exception {
        Board board = read(BOARD.formatted("mine", "aarch32", "userTop: \"0xb0000000\"\n"));
        assertEquals(0xb000_0000L, board.userTop());
        assertEquals(board, read(BoardYaml.write(board)));
        assertTrue(BoardYaml.write(board).contains("userTop"));
        Board usual = read(BOARD.formatted("qemu-arm-virt", "aarch32", ""));
        assertEquals(0xa000_0000L, usual.userTop());
        assertEquals(usual, read(BoardYaml.write(usual)));
    }

    @ParameterizedTest
    @CsvSource({
        "aarch32, 0xa0000001",
        "aarch32, 0xfff00000",
        "aarch32, 0",
        "aarch32, much",
        "riscv32, 0xa0000000",
        "aarch64, 0xa0000000"
    })
    void whatNoKernelHasIsRefused(String architecture, String top) {
        BoardFormatException refused = assertThrows(
                BoardFormatException.class,
                () -> read(BOARD.formatted("mine", architecture, "userTop: \"" + top + "\"\n")));
        assertTrue(String.valueOf(refused.getMessage()).contains("userTop"), refused::getMessage);
    }

    private static Board read(String text) throws BoardFormatException {
        return BoardFile.read("board.yaml", text.getBytes(StandardCharsets.UTF_8), null);
    }
}
