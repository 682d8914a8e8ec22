package org.allocman.uvisor;

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
import java.util.regex.Pattern;
import org.allocman.conformance.kernel.Difference;
import org.allocman.conformance.kernel.ReplayResult;
import org.allocman.conformance.uvisor.UvisorReplay;
import org.allocman.sim.boot.RecordingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What uVisor did is what we do, and everything that could disagree is noticed. */
class UvisorReplayTest {
    @ParameterizedTest
    @CsvSource({"pages-1500.txt, 1501", "regions.txt, 100", "queue.txt, 1415"})
    void agreesInEveryStep(String file, long steps) throws Exception {
        ReplayResult result = replay(lines(file));
        assertTrue(result.isExact(), () -> String.valueOf(result.firstDifference()));
        assertEquals("agree " + steps + " of " + steps + " steps", result.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "pages-1500.txt, INIT, shift=16, shift=17, shift",
        "pages-1500.txt, INIT, start=20002000, start=20002400, start",
        "pages-1500.txt, 6 M, 20002000, 20002400, answer",
        "pages-1500.txt, 6 M, free=15, free=14, answer",
        "pages-1500.txt, 19 M, 65542, 65541, answer",
        "pages-1500.txt, 8 RF, faults=1, faults=2, answer",
        "pages-1500.txt, 12 CR, 65540, 0, answer",
        "pages-1500.txt, 112 AM, mask=61, mask=60, answer",
        "pages-1500.txt, 248 IM, a0@0, a0@1, answer",
        "pages-1500.txt, 341 IP, #11, #12, answer",
        "pages-1500.txt, S 100, usage=, usage=f, usage",
        "pages-1500.txt, S 100, free=, free=1, free",
        "regions.txt, SCENARIO 1 , 'order=0,2,3,1', 'order=0,1,2,3', order",
        "regions.txt, BOX id=1, srd=02, srd=04, answer",
        "queue.txt, INITTEST num=252, -1, 0, answer",
        "queue.txt, 5 ENQ, head=255, head=5, answer"
    })
    void noticesADifference(String file, String start, String text, String other, String what) throws Exception {
        List<String> lines = lines(file);
        int at = index(lines, start);
        assertTrue(lines.get(at).contains(text), lines.get(at));
        lines.set(at, lines.get(at).replaceFirst(Pattern.quote(text), other));
        ReplayResult result = replay(lines);
        Difference difference = result.firstDifference();
        assertNotNull(difference);
        assertEquals(what, difference.rows().get(0).what());
        assertTrue(result.agreed() < result.total());
    }

    @ParameterizedTest
    @CsvSource({
        "pages-1500.txt, 6 M, 6 M, 7 M, comes after step 5",
        "pages-1500.txt, 6 M, box=4, box=5, box 5 of 5",
        "pages-1500.txt, 6 M, count=1, count=x, which is no number",
        "pages-1500.txt, 6 M, count=1, coumt=1, there is no count=",
        "pages-1500.txt, 6 M, ->, , the answer is missing",
        "pages-1500.txt, 6 M, M, Q, there is no call",
        "pages-1500.txt, 10 F, count=1, count=2, 1 addresses for a count of 2",
        "pages-1500.txt, S 100, S 100, S 99, not the one before",
        "pages-1500.txt, CONFIG, armv7m, mips, there is no MPU",
        "pages-1500.txt, CONFIG, max_count=16, max_count=0, max_count is 0",
        "regions.txt, SCENARIO 1 , boxes=4, boxes=5, has 3 of 4 boxes",
        "regions.txt, BOX id=1, id=1, id=2, cannot be",
        "queue.txt, POOL num=8, 0, 1, ''",
        "queue.txt, 1 FREE, 1 FREE, 2 FREE, comes after step 0"
    })
    void saysWhatIsWrongWithARecording(String file, String start, String text, String other, String message)
            throws Exception {
        List<String> lines = lines(file);
        int at = index(lines, start);
        lines.set(at, lines.get(at).replaceFirst(Pattern.quote(text), other == null ? "" : other));
        if (message.isEmpty()) {
            assertNotNull(replay(lines).firstDifference());
            return;
        }
        RecordingException wrong = assertThrows(RecordingException.class, () -> replay(lines));
        assertTrue(String.valueOf(wrong.getMessage()).contains(message), wrong::getMessage);
        assertTrue(wrong.line() > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pages-1500.txt", "regions.txt", "queue.txt"})
    void aRecordingThatIsCutOffIsARefusalOrAgreesSoFar(String file) throws Exception {
        byte[] all = String.join("\n", lines(file)).getBytes(StandardCharsets.US_ASCII);
        Random random = new Random(7);
        for (int i = 0; i < 15; i++) {
            int length = random.nextInt(Math.min(all.length, 20_000));
            try {
                ReplayResult result = UvisorReplay.run(new ByteArrayInputStream(all, 0, length), (done, total) -> {});
                // only the line that was cut may differ
                assertTrue(result.total() - result.agreed() <= 1, result::toString);
            } catch (RecordingException refused) {
                assertTrue(refused.line() >= 0);
            }
        }
    }

    @Test
    void noiseIsNeverMoreThanARefusal() throws Exception {
        Random random = new Random(11);
        for (String file : List.of("pages-1500.txt", "regions.txt", "queue.txt")) {
            String text = String.join("\n", lines(file).subList(0, 40));
            for (int i = 0; i < 40; i++) {
                byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                for (int j = 0; j < 3; j++) {
                    bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
                }
                try {
                    UvisorReplay.run(new ByteArrayInputStream(bytes), (done, total) -> {});
                } catch (RecordingException refused) {
                    assertNotNull(refused.getMessage());
                }
            }
        }
    }

    @Test
    void aHaltEndsAScenario() throws Exception {
        ReplayResult result = replay(
                List.of(
                        "SCENARIO 0 start=20000000 boxes=3 order=0,1,2",
                        "BOX id=1 bss=3500 stack=10 -> HALT slots_stack underrun",
                        "SCENARIO 1 start=20000000 boxes=2 order=0,1",
                        "BOX id=1 bss=114 stack=3057 -> region=20000000 size=8192 bss=20000000 sp=20001ff8 srd=02 next=20002000"));
        assertEquals(1, result.total() - result.agreed(), () -> String.valueOf(result.firstDifference()));
    }

    @Test
    void aLargeMapOfBlocks() throws Exception {
        // 240 blocks of 1 KiB that end three blocks before a multiple of eight
        ReplayResult result = replay(List.of(
                "CONFIG max_count=240 map_count=8 max_boxes=5 mpu=armv7m",
                "INIT heap_start=20000001 heap_end=2003d400 page_size=1024 -> start=20001400 end=2003d400 total=240 shift=13"
                        + " rounded_end=2003e000",
                "1 M box=1 size=1024 count=1 -> 0 20001400 free=239",
                "2 AM box=1 20001400 -> 0 mask=20 index=1 page=0",
                "S 2 free=239 usage=00002000 00000000 00000000 00000000 00000000 00000000 00000000 00000000"));
        assertTrue(result.isExact(), () -> String.valueOf(result.firstDifference()));
    }

    private static ReplayResult replay(List<String> lines) throws RecordingException {
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.US_ASCII);
        return UvisorReplay.run(new ByteArrayInputStream(text), (done, total) -> {});
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream input = UvisorReplayTest.class.getResourceAsStream(file)) {
            assertNotNull(input);
            return new ArrayList<>(new String(input.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList());
        }
    }

    private static int index(List<String> lines, String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no line starts with " + start);
    }
}
