package org.allocman.conformance.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.allocman.sim.boot.RecordingException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded kernel agrees, and everything that could disagree is noticed. */
class KernelReplayTest {
    private static final String RECORDING = "kernel-6-3000.txt.gz";
    private static final int SHORT = 700;

    private static List<String> lines = List.of();

    @BeforeAll
    static void readShortRecording() throws IOException {
        try (InputStream input = new GZIPInputStream(open())) {
            List<String> all = new String(input.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            int end = index(all, "S " + (SHORT + 1) + " ");
            lines = new ArrayList<>(all.subList(0, end));
            lines.add("END " + SHORT);
        }
    }

    @Test
    void agreesInEveryStep() throws Exception {
        AtomicLong heard = new AtomicLong();
        ReplayResult result = KernelReplay.run(open(), (done, total) -> {
            assertEquals(3000, total);
            heard.incrementAndGet();
        });
        assertTrue(result.isExact(), () -> String.valueOf(result.firstDifference()));
        assertEquals("agree 3000 of 3000 steps", result.toString());
        assertEquals(3000, heard.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aarch32", "riscv32"})
    void agreesInEveryStepOf32Bits(String architecture) throws Exception {
        ReplayResult result = KernelReplay.run(open("kernel-" + architecture + "-1200.txt.gz"), (done, total) -> {});
        assertTrue(result.isExact(), () -> String.valueOf(result.firstDifference()));
        assertEquals(1200, result.agreed());
    }

    @ParameterizedTest
    @CsvSource({"riscv32-interrupts, 1500", "riscv32-mcs, 2000", "aarch32-mcs, 1200", "riscv64-mcs, 1200"})
    void agreesInEveryStepOfInterruptsAndScheduling(String recorded, int steps) throws Exception {
        ReplayResult result =
                KernelReplay.run(open("kernel-" + recorded + "-" + steps + ".txt.gz"), (done, total) -> {});
        assertTrue(result.isExact(), () -> String.valueOf(result.firstDifference()));
        assertEquals(steps, result.agreed());
    }

    @ParameterizedTest
    @CsvSource({
        "riscv32-interrupts-1500, I , state=1, state=0, interrupt",
        "riscv32-interrupts-1500, M 1 , irq=, irq=9, slot",
        "riscv32-interrupts-1500, B , tcb=0x, tcb=0x1, of the notification",
        "riscv32-mcs-2000, B , priority=, priority=9, of the tcb",
        "riscv32-mcs-2000, B , refill_max=, refill_max=9, of the sched_context",
        "riscv64-mcs-1200, C , size=, size=6, slot"
    })
    void noticesWhatObjectsHoldOfOneAnother(String recorded, String line, String from, String to, String what)
            throws Exception {
        List<String> all;
        try (InputStream input = new GZIPInputStream(open("kernel-" + recorded + ".txt.gz"))) {
            all = new ArrayList<>(new String(input.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList());
        }
        int at = 0;
        while (!all.get(at).startsWith(line) || !all.get(at).contains(from)) {
            at++;
        }
        all.set(at, all.get(at).replace(from, to));
        byte[] bytes = String.join("\n", all).getBytes(StandardCharsets.US_ASCII);
        ReplayResult result = KernelReplay.run(new ByteArrayInputStream(bytes), (done, total) -> {});
        assertTrue(String.valueOf(result.firstDifference()).contains(what), () -> result.firstDifference() + "");
    }

    @Test
    void aCompressedFileThatIsCutOffIsToldSo() throws Exception {
        byte[] whole;
        try (InputStream input = open()) {
            whole = input.readAllBytes();
        }
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        RecordingException failure = assertThrows(
                RecordingException.class, () -> KernelReplay.run(new ByteArrayInputStream(cut), (done, total) -> {}));
        assertTrue(
                failure.getMessage().endsWith("the compressed file is cut off or damaged here"), failure::getMessage);
    }

    @Test
    void noticesAnotherAnswer() throws Exception {
        int at = firstFrom("S 10 ", "err=0");
        assertDiffersAt(step(at), changed(at, lines.get(at).replace("err=0", "err=3")), "error");
    }

    @Test
    void noticesOtherReturnedWords() throws Exception {
        int at = firstFrom("S 10 ", "mrs=[1,256]");
        assertDiffersAt(step(at), changed(at, lines.get(at).replace("[1,256]", "[1,255]")), "returned words");
    }

    @Test
    void noticesAnotherContentOfASlot() throws Exception {
        int at = firstFrom("S 10 ", "fb=1");
        assertDiffersAt(step(at), changed(at, lines.get(at).replace("fb=1", "fb=0")), "slot a");
    }

    @Test
    void noticesASlotThatShouldNotHaveChanged() throws Exception {
        int at = firstFrom("S 10 ", "fb=1");
        List<String> fewer = new ArrayList<>(lines);
        fewer.remove(at);
        assertDiffersAt(step(at), fewer, "slot a");
    }

    @Test
    void noticesAnotherListInADump() throws Exception {
        int at = firstFrom("D 100", "M 3 ");
        assertDiffersAt(100, changed(at, lines.get(at).replace("M 3 a", "M 3 t")), "list entry 3");
    }

    @Test
    void noticesAListThatEndsEarly() throws Exception {
        int at = index(lines, "MDEV");
        at = index(lines.subList(at + 1, lines.size()), "MDEV") + at;
        List<String> fewer = new ArrayList<>(lines);
        fewer.remove(at);
        assertDiffersAt(100, fewer, "end of the list");
    }

    @Test
    void countsWhatAgreesAfterADifference() throws Exception {
        int at = firstFrom("S 10 ", "err=0");
        ReplayResult result = replay(changed(at, lines.get(at).replace("err=0", "err=3")));
        assertEquals(SHORT - 1, result.agreed());
        assertEquals(SHORT, result.total());
    }

    @Test
    void refusesARecordingThatIsCutOff() {
        for (int length : new int[] {0, 1, 10, 40, 100, lines.size() - 1}) {
            assertThrows(RecordingException.class, () -> replay(lines.subList(0, length)));
        }
        byte[] bytes = bytesOf(lines);
        RecordingException failure = assertThrows(
                RecordingException.class,
                () -> KernelReplay.run(
                        new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length / 2)), (done, total) -> {}));
        assertTrue(failure.line() > 100, failure.getMessage());
    }

    @Test
    void refusesADamagedFile() throws IOException {
        byte[] compressed = open().readAllBytes();
        compressed[compressed.length / 2] ^= 0x55;
        assertThrows(
                RecordingException.class,
                () -> KernelReplay.run(new ByteArrayInputStream(compressed), (done, total) -> {}));
        byte[] zeros = new byte[4 << 20];
        assertThrows(
                RecordingException.class, () -> KernelReplay.run(new ByteArrayInputStream(zeros), (done, total) -> {}));
    }

    @Test
    void refusesFiguresThatMakeNoSense() {
        String[][] changes = {
            {"# arena_radix=9", "# arena_radix=60"},
            {"# arena_radix=9", "# arena_radix=-1"},
            {"# ut0_bits=23", "# ut0_bits=64"},
            {"# ut0_paddr=0x1000000", "# ut0_paddr=0x1000010"},
            {"# ut0_paddr=0x1000000", "# ut0_paddr=0x1800000"},
            {"# ut0_paddr=0x1000000", "# ut0_paddr=0xffffffffff800000"},
            {"# cptr_arena=0xa0", "# cptr_arena=0xa1"},
            {"# cptr_arena=0xa0", "# cptr_arena=zzz"},
            {"# steps=3000", "# step=3000"}
        };
        for (String[] change : changes) {
            int at = index(lines, change[0]);
            assertThrows(RecordingException.class, () -> replay(changed(at, change[1])), change[1]);
        }
    }

    @Test
    void namesTheLineThatIsWrong() {
        int at = index(lines, "S 300 ");
        for (String wrong : List.of("nonsense", "S 300", "S 300 COPY svc=1 => err=0 mrs=[]", "C 512 null", "")) {
            RecordingException failure =
                    assertThrows(RecordingException.class, () -> replay(changed(at, wrong)), wrong);
            assertEquals(at + 1, failure.line(), failure.getMessage());
        }
    }

    private static void assertDiffersAt(long step, List<String> recording, String what) throws Exception {
        Difference difference = replay(recording).firstDifference();
        assertNotNull(difference);
        assertEquals(step, difference.step());
        assertTrue(difference.rows().stream().anyMatch(row -> row.what().startsWith(what)), difference::toString);
        assertTrue(difference.toString().contains("expected"));
    }

    private static ReplayResult replay(List<String> recording) throws RecordingException {
        return KernelReplay.run(new ByteArrayInputStream(bytesOf(recording)), (done, total) -> {});
    }

    private static byte[] bytesOf(List<String> recording) {
        return (String.join("\n", recording) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static List<String> changed(int at, String line) {
        List<String> copy = new ArrayList<>(lines);
        copy.set(at, line);
        return copy;
    }

    /** The first line with a text, at or after the line that starts with another. */
    private static int firstFrom(String start, String text) {
        int at = index(lines, start);
        while (!lines.get(at).contains(text)) {
            at++;
        }
        return at;
    }

    private static long step(int at) {
        for (int i = at; ; i--) {
            if (lines.get(i).startsWith("S ")) {
                return Long.parseLong(lines.get(i).split(" ")[1]);
            }
        }
    }

    private static int index(List<String> all, String start) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no line starts with " + start);
    }

    private static InputStream open() {
        return open(RECORDING);
    }

    private static InputStream open(String name) {
        InputStream input = KernelReplayTest.class.getResourceAsStream(name);
        if (input == null) {
            throw new AssertionError("no resource " + name);
        }
        return input;
    }
}
