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
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.allocman.sim.boot.RecordingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Address spaces agree with recorded ones, down to the words of page tables. */
class PagingReplayTest {
    @ParameterizedTest
    @CsvSource({"aarch64, 1500", "riscv64, 3100", "x86_64, 1500", "aarch32, 2500", "riscv32, 1500"})
    void agreesInEveryStep(String architecture, int steps) throws Exception {
        ReplayResult result =
                KernelReplay.run(open("paging-" + architecture + "-" + steps + ".txt.gz"), (done, total) -> {});
        assertTrue(result.isExact(), () -> String.valueOf(result.firstDifference()));
        assertEquals(steps, result.agreed());
    }

    @Test
    void noticesAnotherPageTableEntry() throws Exception {
        List<String> lines = lines();
        int at = first(lines, "V ");
        lines.set(at, lines.get(at).replaceFirst("raw=0x.", "raw=0x9"));
        assertDiffers(lines, "table 0x");
    }

    @Test
    void noticesAnEntryThatShouldNotHaveChanged() throws Exception {
        List<String> lines = lines();
        lines.remove(first(lines, "V "));
        assertDiffers(lines, "table 0x");
    }

    @Test
    void noticesAnotherEntryOfAnAsidPool() throws Exception {
        List<String> lines = lines();
        int at = first(lines, "S 1 ");
        while (!lines.get(at).startsWith("A ")) {
            at++;
        }
        lines.set(at, lines.get(at).replaceFirst("vspace=0x", "vspace=0x1"));
        assertDiffers(lines, "ASID pool 0x");
    }

    @Test
    void refusesFiguresThatMakeNoSense() throws Exception {
        String[][] changes = {
            {"# arch=x86_64", "# arch=riscv32"},
            {"# arch=x86_64", "# arch=pdp11"},
            {"# arch=x86_64", "# arch=mpu"},
            {"# init_asid_pool_paddr=", "# init_asid_pool_paddr=0x6000000"},
            {"# init_asid_pool_paddr=", "# init_asid_pool_paddr=0x1ffc2010"},
            {"A 0x", "A 0x1ffc2000 1 vspace=0x1ffc2000"},
            {"V ", "V 0x4000000 x table raw=0x1"},
            {"V ", "V 0x4000000 1 table"}
        };
        for (String[] change : changes) {
            List<String> lines = lines();
            lines.set(first(lines, change[0]), change[1]);
            assertThrows(RecordingException.class, () -> replay(lines), change[1]);
        }
    }

    private static void assertDiffers(List<String> lines, String what) throws Exception {
        ReplayResult result = replay(lines);
        Difference difference = result.firstDifference();
        assertNotNull(difference);
        assertTrue(difference.rows().stream().anyMatch(row -> row.what().startsWith(what)), difference::toString);
        assertTrue(result.agreed() < result.total());
    }

    private static ReplayResult replay(List<String> lines) throws RecordingException {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
        return KernelReplay.run(new ByteArrayInputStream(bytes), (done, total) -> {});
    }

    private static List<String> lines() throws IOException {
        try (InputStream input = new GZIPInputStream(open("paging-x86_64-1500.txt.gz"))) {
            List<String> lines = new ArrayList<>(new String(input.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .takeWhile(line -> !line.startsWith("S 301 "))
                    .toList());
            lines.add("END 300");
            return lines;
        }
    }

    private static int first(List<String> lines, String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no line starts with " + start);
    }

    private static InputStream open(String name) {
        InputStream input = PagingReplayTest.class.getResourceAsStream(name);
        if (input == null) {
            throw new AssertionError("no resource " + name);
        }
        return input;
    }
}
