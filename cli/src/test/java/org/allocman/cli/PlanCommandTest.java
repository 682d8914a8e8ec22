package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanCommandTest {
    @TempDir
    private Path directory;

    private static JsonNode json(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "plan";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--json";
        return JsonMapper.builder().build().readTree(Run.of(all).out());
    }

    @Test
    void whatFitsIsShownWithItsSizes() {
        Run run = Run.of("plan", "--workload", "frames=1000,endpoints=50,tcbs=4,cnodes4=10");
        assertEquals(0, run.code(), run.err());
        for (String words : new String[] {
            "1,000  small page", "CNode of 2^4 slots", "static pool", "virtual pool", "reserve", "It fits."
        }) {
            assertTrue(run.out().contains(words), () -> "'" + words + "' is not in\n" + run.out());
        }
    }

    @Test
    void whatDoesNotFitSaysWhatIsMissingAndWhatWouldDo() {
        Run run = Run.of("plan", "--board", "tiny", "--workload", "frames=100");
        assertEquals(1, run.code());
        assertTrue(run.out().contains("It does not fit: no block of untyped memory is large enough."), run.out());
        assertTrue(run.out().contains("It would fit with one more untyped of 256 KiB, and with no less."), run.out());
        Run quiet = Run.of("plan", "--board", "tiny", "--workload", "frames=100", "--quiet");
        assertEquals(3, quiet.outLines().size(), quiet.out());
    }

    @Test
    void jsonHasTheDocumentedKeys() {
        JsonNode plan = json("--workload", "frames=10000,tcbs=2", "--manager", "split");
        for (String key : new String[] {
            "board",
            "architecture",
            "ramBytes",
            "cspace",
            "manager",
            "fits",
            "workload",
            "objectBytes",
            "pool",
            "staticPoolBytes",
            "virtualPoolBytes",
            "virtualMappedBytes",
            "reserve",
            "slots",
            "memory",
            "missing"
        }) {
            assertTrue(plan.has(key), key);
        }
        assertFalse(plan.get("fits").asBoolean());
        assertEquals("slots", plan.get("missing").get("resource").asString());
        assertTrue(plan.get("missing").get("enough").get("rootCNodeBits").asInt() > 13);
    }

    @Test
    void aPlannedStaticPoolBoots() {
        JsonNode plan = json("--board", "pc99", "--workload", "frames=100");
        long bytes = plan.get("staticPoolBytes").asLong();
        long virtual = plan.get("virtualPoolBytes").asLong();
        String[] boot = {
            "boot",
            "--board",
            "pc99",
            "--objects",
            "0",
            "--quiet",
            "--virtual-pool",
            "" + virtual,
            "--static-pool",
            "" + bytes
        };
        assertEquals(0, Run.of(boot).code());
        boot[boot.length - 1] = "" + (bytes - 1);
        Run less = Run.of(boot);
        assertEquals(2, less.code());
        assertTrue(less.err().contains("too small"), less.err());
    }

    /** Slots of a second level are paid in bitmaps, so many of them want a larger pool; that is no want of slots. */
    @ParameterizedTest
    @CsvSource({"slots=210,2:10:4", "slots=3000,2:7:7", "slots=12000,2:10:4"})
    void slotsOfASecondLevelAreALargerPool(String workload, String cspace) {
        Run run = Run.of("plan", "--workload", workload, "--cspace", cspace);
        assertEquals(0, run.code(), run.out() + run.err());
    }

    @Test
    void aFileHasAnEntryALine() throws Exception {
        Path file = directory.resolve("work.yaml");
        Files.writeString(file, "# two kinds\nframes: 10\n\nTCBs = 1_000, endpoint=2 # and more\nframes21: 1\n");
        JsonNode workload = json("--workload", file.toString()).get("workload");
        assertEquals(4, workload.size());
        assertEquals("TCB", workload.get(1).get("name").asString());
        assertEquals(1000, workload.get(1).get("count").asInt());
        assertEquals(1 << 21, workload.get(3).get("bytesEach").asInt());
        Files.writeString(file, "frames: 10\nframs: 10\n");
        Run wrong = Run.of("plan", "--workload", file.toString());
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("work.yaml, line 2: there is nothing called 'frams'; did you mean frames?"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frmes=10|did you mean frames?",
                "cnodes=4|cnodes needs a radix",
                "untypeds=4|untypeds needs a size in bits",
                "memory=4|memory needs a number of bytes",
                "memory9999=4|1 to 4032 bytes",
                "endpoints4=4|endpoints come in one size only",
                "slots4=4|slots come in one size only",
                "frames22=1|it has frames12, frames21, frames30",
                "frames=many|0 to 1000000000",
                "frames=99999999999999999999999|0 to 1000000000",
                "frames=|0 to 1000000000",
                "frames=1,,tcbs=2|nothing between two commas",
                "frames=1,tcbs|'tcbs' is not of the form name=count",
                "untypeds50=1|2^4 to 2^47 bytes, not 2^50",
                "untypeds999999999=1|not 2^999999999",
                "sections=1|aarch64 has no object of type section",
                "none|none: no such file"
            })
    void nonsenseIsExplained(String workload, String words) {
        Run run = Run.of("plan", "--workload", workload);
        assertEquals(2, run.code());
        assertTrue(run.err().contains(words), run.err());
        assertFalse(run.showsAStackTrace(), run.err());
    }
}
