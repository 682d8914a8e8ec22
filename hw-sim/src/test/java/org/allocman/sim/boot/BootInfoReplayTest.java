package org.allocman.sim.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootInfoReplayTest {
    @ParameterizedTest
    @ValueSource(strings = {"aarch64-1G", "riscv64-1G", "x86_64-4G", "x86_64-512M", "aarch32-512M", "riscv32-1024M"})
    void weBootAsTheRealKernelDid(String name) throws Exception {
        BootInfoReplay replay = replay(text(name));
        assertNull(replay.firstDifference());
        assertEquals(replay.total(), replay.agreed());
        assertTrue(replay.total() >= 70);
    }

    @ParameterizedTest
    @CsvSource({
        "untyped idx=40 slot=118 paddr=0x44000000, untyped idx=40 slot=118 paddr=0x44100000, untyped 40",
        "asid_pool=ffffff807ffc3000, asid_pool=ffffff807ffc4000, address of asid_pool",
        "region empty 136 8192, region empty 137 8192, slots of empty",
        "seL4_TCBBits=11, seL4_TCBBits=10, root task's objects",
    })
    void aDifferenceIsFound(String from, String to, String item) throws Exception {
        BootInfoReplay replay = replay(text("aarch64-1G").replace(from, to));
        BootInfoReplay.Difference difference = replay.firstDifference();
        assertNotNull(difference);
        assertEquals(item, difference.item());
        assertTrue(replay.agreed() < replay.total());
    }

    @ParameterizedTest
    @CsvSource({
        "'# seL4 bootinfo, aarch64', '# seL4 bootinfo, pdp11'",
        "sizeBits=27, sizeBits=99",
        "p=[8000000..8001000), p=[8000000..7fff000)",
        "v=[ffffff8040278000, v=[40278000",
        "idx=5, idx=6",
        "region empty 136 8192, region empty 8192 136",
    })
    void nonsenseIsRefusedWithItsLine(String from, String to) throws Exception {
        String text = text("aarch64-1G");
        int at = text.indexOf(from);
        String damaged = text.substring(0, at) + to + text.substring(at + from.length());
        RecordingException refused = assertThrows(RecordingException.class, () -> replay(damaged));
        long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
        assertEquals(line, refused.line());
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThrows(RecordingException.class, () -> replay(""));
        assertThrows(RecordingException.class, () -> replay("# seL4 bootinfo, aarch64 board\n"));
    }

    @Test
    void damagedRecordingsNeverEndInAnotherException() throws Exception {
        String text = text("riscv64-1G");
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            StringBuilder damaged = new StringBuilder(text);
            for (int change = 0; change < 5; change++) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) (' ' + random.nextInt(90)));
            }
            damaged.setLength(random.nextInt(damaged.length()) * (round % 2) + (round + 1) % 2 * damaged.length());
            try {
                replay(damaged.toString());
            } catch (RecordingException refused) {
                assertNotNull(refused.getMessage());
            }
        }
    }

    private static BootInfoReplay replay(String text) throws IOException, RecordingException {
        return BootInfoReplay.of(new StringReader(text));
    }

    private static String text(String name) throws IOException {
        try (InputStream in = BootInfoReplayTest.class.getResourceAsStream("bootinfo-" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
