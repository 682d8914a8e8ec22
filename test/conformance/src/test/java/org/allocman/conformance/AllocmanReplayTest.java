package org.allocman.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.allocman.conformance.kernel.Difference;
import org.allocman.conformance.kernel.ReplayResult;
import org.allocman.sim.boot.RecordingException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The C library's history is ours, and everything that could disagree is noticed. */
class AllocmanReplayTest {
    private static List<String> lines = List.of();

    @BeforeAll
    static void read() throws IOException {
        try (InputStream input = new GZIPInputStream(open())) {
            lines = new String(input.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    private static InputStream open() {
        InputStream input = AllocmanReplayTest.class.getResourceAsStream("allocman-1-900.txt.gz");
        assertNotNull(input);
        return input;
    }

    @Test
    void agreesInEveryStep() throws Exception {
        AtomicLong heard = new AtomicLong();
        ReplayResult result = AllocmanReplay.run(open(), (done, total) -> heard.incrementAndGet());
        assertTrue(result.isExact(), () -> String.valueOf(result.firstDifference()));
        assertEquals("agree 900 of 900 steps", result.toString());
        assertEquals(900, heard.get());
    }

    @ParameterizedTest
    @CsvSource({
        "A 2 , cptr=2621, cptr=2620, cptr",
        "A 2 , paddr=0x3fcc810, paddr=0x3fcc820, paddr",
        "A 7 , kpaddr=0x3fcd000, kpaddr=0x3fcc000, kpaddr",
        "A 7 , captype=1, captype=2, captype",
        "A 2 , err=0 cptr=2621 paddr=0x3fcc810 captype=2, err=1, error",
        "L kernel 12 3fd1000, 3fd1000:2692 10b9000:2753, 10b9000:2753 3fd1000:2692, list kernel 12",
        "L devmem 19 0:2549, 0:2549, 0:2550, list devmem 19"
    })
    void noticesADifference(String start, String text, String other, String what) throws Exception {
        int from = start.startsWith("L") ? index("D 100") : 0;
        int at = from + index(lines.subList(from, lines.size()), start);
        assertTrue(lines.get(at).contains(text), lines.get(at));
        Difference difference =
                replay(with(at, line -> line.replace(text, other))).firstDifference();
        assertNotNull(difference);
        assertEquals(what, difference.rows().get(0).what(), difference.toString());
    }

    @Test
    void aFreeOfWhatWasNeverAllocatedIsADifference() throws Exception {
        int at = index("F 4 ");
        List<String> few = new ArrayList<>(
                with(at, line -> line.replace("obj=2 ", "obj=77 ")).subList(0, at + 1));
        few.add("END");
        Difference difference = replay(few).firstDifference();
        assertNotNull(difference);
        assertEquals(4, difference.step());
    }

    @ParameterizedTest
    @CsvSource({
        "A 2 , type=0, type=77, no object type 77",
        "A 2 , size_bits=4, size_bits=64, size_bits",
        "A 2 , obj=1, obj=0, is allocated already",
        "A 2 , A 2, B 2, not a step",
        "A 2 , dev=0, dev=2, dev",
        "F 4 , obj=2, obj=x, no number",
        "# empty, 2506..8192, 2506..9000, not in the CNode",
        "# empty, 2506..8192, 0..8192, not in the CNode",
        "# empty, 2506..8192, 2506, empty",
        "# cnode, =13, =40, cnode_size_bits",
        "# virtual, =0, =4096, virtual pool",
        "D 0, D 0, G 0, first dump",
        "L kernel 12, :2503, :2502, two things",
        "L kernel 12, :2503, :9000, nothing can be in",
        "L kernel 12, :2503, :2507, nothing can be in",
        "L kernel 12, 3fcd000, 10a3000, overlap",
        "L kernel 12, 3fcd000, ffff800000000000, no memory can be at",
        "L kernel 12, kernel 12, kernel 60, size bits",
        "L kernel 12, kernel 12, kernel 13, twice",
        "L kernel 12, kernel, user, no kind",
        "L kernel 12, 3fcd000:2503, 3fcd000, no address and slot"
    })
    void refusesWhatMakesNoSense(String start, String text, String other, String message) {
        int at = index(start);
        assertTrue(lines.get(at).contains(text), lines.get(at));
        RecordingException wrong =
                assertThrows(RecordingException.class, () -> replay(with(at, line -> line.replace(text, other))));
        assertTrue(wrong.getMessage().contains(message), wrong.getMessage());
        assertTrue(wrong.line() > 0);
    }

    @Test
    void refusesARecordingThatIsCutOff() {
        for (int length = 0; length < 200; length++) {
            int end = length;
            assertThrows(RecordingException.class, () -> replay(lines.subList(0, end)), () -> "after line " + end);
        }
        assertThrows(RecordingException.class, () -> replay(lines.subList(0, lines.size() - 1)));
    }

    @Test
    void damageIsADifferenceOrARefusal() {
        Random random = new Random(5);
        List<String> few = new ArrayList<>(lines.subList(0, index("A 60 ")));
        few.add("END");
        for (int turn = 0; turn < 300; turn++) {
            List<String> damaged = new ArrayList<>(few);
            int at = random.nextInt(damaged.size());
            StringBuilder line = new StringBuilder(damaged.get(at));
            if (line.length() > 0) {
                line.setCharAt(random.nextInt(line.length()), (char) (' ' + random.nextInt(95)));
            }
            damaged.set(at, line.toString());
            try {
                ReplayResult result = replay(damaged);
                assertTrue(result.total() <= 60, result.toString());
            } catch (RecordingException refused) {
                assertTrue(refused.line() >= 0);
            }
        }
    }

    private static ReplayResult replay(List<String> text) throws RecordingException {
        byte[] bytes = String.join("\n", text).getBytes(StandardCharsets.US_ASCII);
        return AllocmanReplay.run(new ByteArrayInputStream(bytes), (done, total) -> {});
    }

    private static List<String> with(int at, UnaryOperator<String> change) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(at, change.apply(changed.get(at)));
        return changed;
    }

    private static int index(String start) {
        return index(lines, start);
    }

    private static int index(List<String> among, String start) {
        for (int i = 0; i < among.size(); i++) {
            if (among.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no line starts with " + start);
    }
}
