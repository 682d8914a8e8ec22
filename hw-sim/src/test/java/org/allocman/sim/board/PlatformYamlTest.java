package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformYamlTest {
    private static final String RISCV = """
            devices:
            - end: 0x2000000
              start: 0x0
            - end: 0xc000000
              start: 0x2200000
            - end: 0x80000000
              start: 0xc600000
            - end: 0x8000000000
              start: 0xc0000000
            memory:
            - end: 0xc0000000
              start: 0x80200000
            """;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theGapsAreTheKernelsAndWhatLiesBesideRamIsReserved() throws BoardFormatException {
        Board board = BoardFile.read("build/platform_gen.yaml", bytes(RISCV), Architecture.RISCV64);
        assertEquals("platform_gen", board.name());
        assertEquals(Architecture.RISCV64, board.architecture());
        assertEquals(List.of(new Region("memory", Kind.RAM, 0x8020_0000L, 0x3fe0_0000)), board.regions(Kind.RAM));
        assertEquals(
                List.of(
                        new Region("kernel", Kind.KERNEL_DEVICE, 0x200_0000, 0x20_0000),
                        new Region("kernel.1", Kind.KERNEL_DEVICE, 0xc00_0000, 0x60_0000)),
                board.regions(Kind.KERNEL_DEVICE));
        assertEquals(
                List.of(new Region("reserved", Kind.RESERVED, 0x8000_0000L, 0x20_0000)), board.regions(Kind.RESERVED));
        assertEquals(4, board.regions(Kind.DEVICE).size());
    }

    @Test
    void jsonWithOnlySomeDevicesHasNoGaps() throws BoardFormatException {
        Board board = BoardFile.read(
                "p.json",
                bytes(
                        "{\"devices\": [{\"start\": 150994944, \"end\": 150999040}, {\"start\": 167772160, \"end\": 167776256}],"
                                + " \"memory\": [{\"start\": 1073741824, \"end\": 2147483648}]}"),
                null);
        assertEquals(
                List.of(
                        new Region("device", Kind.DEVICE, 0x900_0000, 0x1000),
                        new Region("device.1", Kind.DEVICE, 0xa00_0000, 0x1000),
                        new Region("memory", Kind.RAM, 0x4000_0000, 0x4000_0000)),
                board.regions());
        assertEquals(Architecture.AARCH64, board.architecture());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory: []|f, memory: the board has no RAM",
                "devices: []|f, memory: the board has no RAM",
                "memory: [{start: 8192, end: 4096}]|f, memory[0]: the span ends before it starts",
                "memory: [{start: 0, end: 0x10000000000001}]|f, memory[0].end: \"0x10000000000001\" is more than 2^52",
                "memory: [{start: 0}]|f, memory[0]: the key \"end\" is missing",
                "memory: [{start: 0, end: 0x2000}, {start: 0x1000, end: 0x3000}]|f, memory[1]: the RAM region memory",
                "memory: [{start: 0, end: 1, size: 1}]|f, memory[0].size: unknown key \"size\"",
                "memory: {start: 0}|f, line 1, column 9 (memory): this is not what",
                "''|f, line 1: the description is empty",
                "42|this is not what a board description has here",
            })
    void whatIsWrongIsSaidWithItsPlace(String text, String message) {
        String refusal = TestBoards.refusal(bytes(text));
        assertTrue(refusal.startsWith("f, ") && refusal.contains(message), refusal);
    }
}
