package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoardsTest {
    static List<String> names() {
        return Boards.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyBuiltInBoardIsWhatItSays(String name) throws BoardFormatException {
        Board board = Boards.byName(name);
        assertEquals(name, board.name());
        assertTrue(board.ramBytes() >= 256 << 10);
        assertFalse(board.regions(Kind.DEVICE).isEmpty());
        byte[] text = BoardYaml.write(board).getBytes(StandardCharsets.UTF_8);
        assertEquals(board, BoardFile.read(name, text, null));
    }

    @Test
    void tinyIsTiny() {
        Board tiny = Boards.byName("tiny");
        assertEquals(Architecture.AARCH64, tiny.architecture());
        assertEquals(2, tiny.regions().size());
        assertEquals(List.of(new Region("memory", Kind.RAM, 0x4000_0000L, 256 << 10)), tiny.regions(Kind.RAM));
    }

    @Test
    void theFirmwaresShareOfMemoryIsNotRam() {
        assertEquals(
                List.of(new Region("memory", Kind.RAM, 0x8020_0000L, (1L << 30) - (2 << 20))),
                Boards.byName("qemu-riscv-virt").regions(Kind.RAM));
        assertEquals(
                List.of(new Region("memory", Kind.RAM, 0x10_0000, 0x1fee_0000)),
                Boards.byName("pc99").regions(Kind.RAM));
    }

    @Test
    void microcontrollersHaveTheirMemoryAndMirror() {
        assertEquals(
                List.of(new Region("sram", Kind.RAM, 0x1fff_0000, 0x4_0000)),
                Boards.byName("k64f").regions(Kind.RAM));
        Board stm32 = Boards.byName("stm32f429");
        assertEquals(256 << 10, stm32.ramBytes());
        assertEquals(List.of(new Mirror(0, 0x800_0000, 2 << 20)), stm32.mirrors());
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        IllegalArgumentException none = assertThrows(IllegalArgumentException.class, () -> Boards.byName("../tiny"));
        assertTrue(String.valueOf(none.getMessage()).contains("qemu-arm-virt"));
    }
}
