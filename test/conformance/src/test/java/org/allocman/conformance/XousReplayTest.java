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
import java.util.zip.GZIPInputStream;
import org.allocman.conformance.kernel.Difference;
import org.allocman.conformance.kernel.ReplayResult;
import org.allocman.sim.boot.RecordingException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Xous' history is ours, and everything that could disagree is noticed. */
class XousReplayTest {
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
        InputStream input = XousReplayTest.class.getResourceAsStream("xous-1-1000.txt.gz");
        assertNotNull(input);
        return input;
    }

    private static ReplayResult replay(List<String> text) throws RecordingException {
        byte[] bytes = String.join("\n", text).getBytes(StandardCharsets.US_ASCII);
        return XousReplay.run(new ByteArrayInputStream(bytes), (done, total) -> {});
    }

    private static int index(String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no line begins with " + start);
    }

    @Test
    void agreesInEveryStep() throws Exception {
        ReplayResult result = XousReplay.run(open(), (done, total) -> {});
        assertTrue(result.isExact(), () -> String.valueOf(result.firstDifference()));
        assertEquals("agree 1000 of 1000 steps", result.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "2 A, 40000000, 40001000, answer",
        "1 R, ERR MemoryInUse 4, OK, answer",
        "34 U, 4096, 8192, answer",
        "36 C, BadAlignment 1, BadAddress 2, answer",
        "11 M, OK, ERR MemoryInUse 4, answer",
        "S 100, hash=93, hash=94, hash",
        "S 100, ramfree=214, ramfree=213, free pages of RAM",
        "BOOT 400fe000, 400fe000 1, 400fe000 2, answer",
        "613 T, lent=40019000, lent=, answer"
    })
    void noticesADifference(String start, String text, String other, String what) throws Exception {
        List<String> changed = new ArrayList<>(lines);
        int at = index(start);
        assertTrue(changed.get(at).contains(text), changed.get(at));
        changed.set(at, changed.get(at).replace(text, other));
        ReplayResult result = replay(changed);
        Difference difference = result.firstDifference();
        assertNotNull(difference);
        assertEquals(what, difference.rows().get(0).what(), difference.toString());
        assertTrue(result.agreed() < result.total());
    }

    @ParameterizedTest
    @CsvSource({
        "RAM, RAM, ROM, 2",
        "REGION 10, 20000 SrIn, SrIn, 4",
        "REGION 20, 20000000, 10001000, 0",
        "REGION f0, f0000000 20000, f0000000 10001000, 0",
        "BOOT 400f8, 400f8000, 400f8001, 10",
        "1 R, 1 R, 2 R, 17",
        "2 A, A 4, A 0, 18",
        "2 A, A 4, X 4, 18",
        "2 A, -> OK, OK, 18",
        "36 C, ERR BadAlignment 1, ERR, 52",
        "S 100, S 100, S 99, 117",
        "S 100, hash=9, hash=, 117",
        "114 T, lent=400bc000, lent, 131"
    })
    void namesTheLineThatIsDamaged(String start, String text, String other, int line) {
        List<String> changed = new ArrayList<>(lines);
        int at = index(start);
        assertTrue(changed.get(at).contains(text), changed.get(at));
        changed.set(at, changed.get(at).replaceFirst(text, other));
        RecordingException wrong = assertThrows(RecordingException.class, () -> replay(changed));
        assertEquals(line, wrong.line(), wrong.getMessage());
    }

    @Test
    void refusesWhatIsCutOff() {
        for (int count : new int[] {0, 1, 2, 9, 16}) {
            assertThrows(RecordingException.class, () -> replay(lines.subList(0, count)));
        }
        List<String> holed = new ArrayList<>(lines);
        holed.remove(index("500 "));
        assertThrows(RecordingException.class, () -> replay(holed));
    }
}
