package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardYamlTest {
    private static final String HEAD = "name: b\narchitecture: riscv64\nregions:\n";
    private static final String RAM = "- {name: m, kind: ram, start: 1GiB, size: 0x10000}\n";

    private static Board read(String text) throws BoardFormatException {
        return BoardFile.read("b.yaml", text.getBytes(StandardCharsets.UTF_8), null);
    }

    private static String refusal(String text) {
        return String.valueOf(
                assertThrows(BoardFormatException.class, () -> read(text)).getMessage());
    }

    @Test
    void numbersComeInManyForms() throws BoardFormatException {
        Board board = read(HEAD
                + "- {name: a, kind: device, start: 4096, size: 0X10}\n"
                + "- {name: b, kind: device, start: '0x2000', size: 2 KiB}\n"
                + "- {name: c, kind: ram, start: 1TiB, size: 2GiB}\n");
        assertEquals(
                List.of(
                        new Region("a", Kind.DEVICE, 4096, 16),
                        new Region("b", Kind.DEVICE, 8192, 2048),
                        new Region("c", Kind.RAM, 1L << 40, 2L << 30)),
                board.regions());
    }

    @Test
    void jsonIsYamlToo() throws BoardFormatException {
        Board board = read("{\"name\": \"j\", \"architecture\": \"x86_64\", \"regions\": ["
                + "{\"name\": \"m\", \"kind\": \"ram\", \"start\": 1048576, \"size\": \"1MiB\"}]}");
        assertEquals(new Board("j", Architecture.X86_64, board.regions(), List.of()), board);
        assertEquals(1 << 20, board.ramBytes());
    }

    @Test
    void reservedRegionsCutRamWhichThenCountsInWholePages() throws BoardFormatException {
        Board board = read(HEAD + RAM + "- {name: r, kind: reserved, start: 0x40002010, size: 0x20}\n");
        assertEquals(
                List.of(
                        new Region("m", Kind.RAM, 0x4000_0000, 0x2000),
                        new Region("r", Kind.RESERVED, 0x4000_2010, 0x20),
                        new Region("m.1", Kind.RAM, 0x4000_3000, 0xd000)),
                board.regions());
    }

    @Test
    void devicesMayOverlapButRamAndTheKernelsDevicesAreCutOutOfThem() throws BoardFormatException {
        Board board = read(HEAD + RAM
                + "- {name: all, kind: device, start: 0, size: 2GiB}\n"
                + "- {name: gic, kind: kernel-device, start: 0x1000, size: 0x1000}\n"
                + "- {name: uart, kind: device, start: 0, size: 4}\n");
        assertEquals(
                List.of(
                        new Region("all", Kind.DEVICE, 0, 0x1000),
                        new Region("uart", Kind.DEVICE, 0, 4),
                        new Region("gic", Kind.KERNEL_DEVICE, 0x1000, 0x1000),
                        new Region("all.1", Kind.DEVICE, 0x2000, 0x3fff_e000),
                        new Region("m", Kind.RAM, 0x4000_0000, 0x1_0000),
                        new Region("all.2", Kind.DEVICE, 0x4001_0000, 0x3fff_0000)),
                board.regions());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- {name: m, kind: ram, start: 0, size: 4KiB}|regions[1]: regions[0] has the same name \"m\"",
                "- {name: n, kind: ram, start: 0x4000ffff, size: 1}|regions[1]: the RAM region n (0x4000ffff with 0x1"
                        + " bytes) overlaps m (0x40000000 with 0x10000 bytes)",
                "- {name: n, kind: ram, start: 0xffffffffffffffff, size: 2}|regions[1].start: \"0xffffffffffffffff\" is more than 2^52",
                "- {name: n, kind: ram, start: 4096TiB, size: 1}|regions[1]: n (0x10000000000000 with 0x1 bytes) reaches beyond 2^52",
                "- {name: n, kind: ram, start: -1, size: 1}|regions[1].start: \"-1\" is no number of bytes such as"
                        + " 4096, 0x1000, 4KiB or 1GiB",
                "- {name: n, kind: rom, start: 0, size: 1}|regions[1].kind: \"rom\" is none of ram, reserved, device, kernel-device,"
                        + " hypervisor-device",
                "- {name: n, kind: ram, start: 0}|regions[1]: the key \"size\" is missing",
                "- {name: \"\\e\", kind: ram, start: 0, size: 1}|regions[1]: \"\\u1b\" is no name for a region",
                "- {name: n, kind: kernel-device, start: 0x40000000, size: 1}|regions[1]: the kernel's device n lies in RAM",
                "- ~|line 5, column 3 (regions[1]): this is not what a board description has here: a group of keys and values belongs here, not \"~\"",
                "- {nam: n}|regions[1].nam: unknown key \"nam\"",
                "- 7|line 5, column 3 (regions[1]): this is not what a board description has here: a group of keys and values belongs here, not \"7\"",
                "mirrors: [{start: 0, original: 0, size: 1}]|mirrors[0]: the mirror (0x0 with 0x1 bytes) shows what lies in no region",
                "mirrors: [{start: 1GiB, original: 1GiB, size: 1}]|mirrors[0]: the mirror (0x40000000 with 0x1 bytes) lies over RAM",
                "mirrors: [{start: 0x800, original: 1GiB, size: 16}]|mirrors[0]: the mirror (0x800 with 0x10 bytes) is not whole pages of 4 KiB away from its original",
                "mirrors: [{start: 0, original: 1GiB, size: 4KiB}, {start: 0, original: 1GiB, size: 1}]|mirrors[1]: the mirror (0x0 with 0x1 bytes) shows a mirror, or lies over one or its original",
                "- {name: n, kind: ram, start: 256TiB, size: 4KiB}|regions[1]: n (0x1000000000000 with 0x1000 bytes) reaches beyond 2^48, and no memory can be simulated there",
                "memory: []|line 1: a description has either \"regions\" or \"memory\" and \"devices\"",
                "name: c|line 5, column 5: no valid YAML: the key \"name\" is there twice"
            })
    void whatIsWrongIsSaidWithItsPlace(String line, String message) {
        assertEquals("b.yaml, " + message, refusal(HEAD + RAM + line).replace("b.yaml: ", "b.yaml, "));
    }

    @Test
    void aBoardWithoutRamIsNone() {
        assertEquals(
                "b.yaml, regions: the board has no RAM, or none that is not reserved",
                refusal(HEAD + RAM + "- {name: r, kind: reserved, start: 1GiB, size: 0x10000}"));
        assertEquals("b.yaml, regions: the board has no RAM, or none that is not reserved", refusal(HEAD + "  []"));
    }
}
