package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BootCommandTest {
    @Test
    void slotsThatDoNotComeBackAreNoFault() {
        Run run = Run.of("boot", "--cspace-design", "bump", "--objects", "100");
        assertEquals(0, run.code(), run::out);
        assertTrue(
                run.out()
                        .contains(
                                "every untyped is whole, no slot comes back; the same work on another machine ends the same"),
                run::out);
    }

    @Test
    void itTellsTheStoryFromTheBootToTheEnd() {
        Run run = Run.of("boot", "--board", "tiny", "--objects", "300");
        assertEquals(0, run.code(), run.err());
        for (String words : new String[] {
            "1. The kernel boots on tiny (aarch64).",
            "2. The circle.",
            "static pool",
            "refused: FailedLookup (target: MissingCapability, 21 bits left)",
            "5. Work: 300 objects come and go",
            "are whole: the largest block of each is back",
            "the very same memory",
            "every untyped is whole, and a second round ends the same"
        }) {
            assertTrue(run.out().contains(words), () -> "'" + words + "' is not in\n" + run.out());
        }
    }

    @Test
    void theSameSeedGivesTheSameRunAndAnotherSeedAnother() {
        String[] arguments = {"boot", "--board", "k64f", "--objects", "200", "--seed", "7"};
        assertEquals(Run.of(arguments), Run.of(arguments));
        arguments[6] = "8";
        assertFalse(Run.of(arguments).out().contains("seed 0x7"));
    }

    @Test
    void jsonIsOneObject() {
        Run run = Run.of("boot", "--board", "precursor", "--objects", "500", "--json");
        assertEquals(0, run.code(), run.err());
        JsonNode report = JsonMapper.builder().build().readTree(run.out());
        assertEquals("riscv32", report.get("architecture").asString());
        assertEquals(500, report.get("work").get("madeInAll").asInt());
        assertEquals(500, report.get("work").get("freed").asInt());
        assertTrue(report.get("wholeAgain").asBoolean());
        assertTrue(report.get("sameAgain").asBoolean());
        assertTrue(report.get("reserve").get("full").asBoolean());
        assertEquals(0, report.get("invariants").get("broken").size());
        assertTrue(report.get("invocations").get("retype").asInt() >= 500);
    }

    @Test
    void aRunBecomesAPage(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("run.html");
        Run run = Run.of("boot", "--board", "tiny", "--html", page.toString(), "-q");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("steps"), run.err());
        assertTrue(Files.readString(page).startsWith("<!doctype html>"));
    }

    @Test
    void aPageThatCannotBeWrittenIsSaid(@TempDir Path folder) {
        Run run = Run.of("boot", "--board", "tiny", "--objects", "5", "--html", folder + "/no/such/run.html", "-q");
        assertEquals(2, run.code());
        assertFalse(run.showsAStackTrace(), run.err());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 25, 60})
    void afterAFailedInvocationAllIsWholeAgain(int invocation) {
        Run run = Run.of("boot", "--board", "tiny", "--objects", "50", "--fail", "" + invocation, "--json");
        assertEquals(0, run.code(), run.err());
        assertTrue(JsonMapper.builder()
                .build()
                .readTree(run.out())
                .get("wholeAgain")
                .asBoolean());
    }

    @Test
    void aFailureBeforeTheFirstPageIsSaidAndOnThePage(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("run.html");
        Run run = Run.of("boot", "--board", "tiny", "--objects", "50", "--fail", "1", "--html", page.toString());
        assertEquals(2, run.code());
        assertTrue(run.err().contains("the first page of the virtual pool could not be made"), run.err());
        assertTrue(Files.exists(page));
    }

    @Test
    void quietPrintsTheSummaryOnly() {
        Run run = Run.of("boot", "--board", "tiny", "--objects", "50", "--quiet");
        assertEquals(0, run.code(), run.err());
        assertFalse(run.out().contains("The circle"));
        assertTrue(run.outLines().get(0).startsWith("tiny, aarch64, 256 KiB"));
    }

    @Test
    void aFixedPoolWillDo() {
        Run run = Run.of(
                "boot", "--board", "pc99", "--objects", "300", "--static-pool", "1M", "--virtual-pool", "0", "-q");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("1 MiB"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "k64f", "pc99"})
    void theBinaryBuddyDoesTheSame(String board) {
        Run run = Run.of("boot", "--board", board, "--objects", "300", "--manager", "split", "--json");
        assertEquals(0, run.code(), run.err());
        JsonNode report = JsonMapper.builder().build().readTree(run.out());
        assertEquals("split", report.get("manager").asString());
        assertTrue(report.get("wholeAgain").asBoolean());
        assertTrue(report.get("sameAgain").asBoolean());
        JsonNode pairs = report.get("reserve").get("records").get(0);
        assertEquals("pair", pairs.get("name").asString());
        assertTrue(pairs.get("count").asInt() > 0);
    }

    /** Each CNode needs bitmaps, and twinkle has no pool that grows: a computed static pool has room for all of them. */
    @ParameterizedTest
    @ValueSource(strings = {"2:10:4", "2:14:1", "2:7:7", "2:16:4"})
    void twinkleHasBitmapsForAllObjects(String cspace) {
        Run run = Run.of("boot", "--manager", "twinkle", "--cspace", cspace, "--objects", "2000", "-q");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("2,000 made"), run.out());
        assertEquals("", run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "k64f"})
    void bitmapsDoNotTakeASmallBoard(String board) {
        Run run = Run.of("boot", "--board", board, "--manager", "twinkle", "--cspace", "2:8:2", "-q");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("could be made on this board\n"), run.err());
    }

    @Test
    void fullPoolsAreToldWithWhatToSay() {
        Run run = Run.of("boot", "--manager", "twinkle", "--cspace", "2:10:4", "--static-pool", "20K");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains(" out of book keeping"), run.out());
        assertTrue(run.err().contains("no room for more records; say --static-pool 40K or more"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "k64f", "pc99"})
    void twinkleSaysThatItOnlyAllocates(String board) {
        Run run = Run.of("boot", "--board", board, "--objects", "300", "--manager", "twinkle");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("only allocates"), run.out());
        assertTrue(run.out().contains("are given away"), run.out());
        JsonNode report = JsonMapper.builder()
                .build()
                .readTree(Run.of(
                                "boot",
                                "--board",
                                board,
                                "--objects",
                                "300",
                                "--manager",
                                "twinkle",
                                "--virtual-pool",
                                "0",
                                "--json")
                        .out());
        assertFalse(report.get("givesBack").asBoolean());
        assertFalse(report.get("wholeAgain").asBoolean());
        assertTrue(report.get("sameAgain").asBoolean());
        assertEquals(0, report.get("work").get("freed").asInt());
        assertEquals(
                report.get("work").get("madeInAll").asInt(),
                report.get("live").get("objects").asInt());
    }

    @ParameterizedTest
    @CsvSource({"tiny,arena,2:10:10", "precursor,arena,2:10:10", "k64f,split,2:10:10", "pc99,split,1:12"})
    void aNewCSpaceIsAsGood(String board, String manager, String cspace) {
        Run run = Run.of(
                "boot", "--board", board, "--manager", manager, "--cspace", cspace, "--objects", "300", "--json");
        assertEquals(0, run.code(), run.out() + run.err());
        JsonNode report = JsonMapper.builder().build().readTree(run.out());
        JsonNode told = report.get("cspace");
        assertEquals(cspace, told.get("geometry").asString());
        assertTrue(told.get("slotsAtPeak").asLong() <= told.get("slotsAtMost").asLong());
        assertTrue(told.get("oldRoot").asLong() > 0);
        assertTrue(report.get("wholeAgain").asBoolean());
        assertTrue(report.get("sameAgain").asBoolean());
        assertTrue(report.get("live").get("slotsPerObject").asDouble() > 0);
        assertEquals(1, report.get("invocations").get("tcb set space").asInt());
    }

    @Test
    void aNewCSpaceIsTold() {
        Run run = Run.of("boot", "--board", "tiny", "--objects", "50", "--cspace", "2:10:10");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("A new CSpace: 2:10:10."), run.out());
        assertTrue(run.out().contains("the thread to the root CNode in slot"), run.out());
        assertTrue(run.out().contains("leads to the old root CNode"), run.out());
    }

    @ParameterizedTest
    @CsvSource({
        "--cspace,3:1:1:1,is no CSpace",
        "--cspace,2:20:20,at most 28",
        "--cspace,1:5,has 32 slots",
        "--cspace,1:28,too few",
        "--manager,buddy,'arena, split, twinkle'",
        "--board,nosuch,there is no board 'nosuch'",
        "--board,no/such.dtb,no such file",
        "--arch,z80,z80",
        "--static-pool,4K,the static pool of 4096 bytes is too small",
        "--static-pool,lots,lots",
        "--virtual-pool,-1,-1",
        "--virtual-pool,1P,1P",
        "--objects,-5,-5",
        "--objects,many,many",
        "--seed,zz,zz"
    })
    void badInputIsExitTwoWithAMessage(String option, String value, String words) {
        Run run = Run.of("boot", option, value);
        assertEquals(2, run.code());
        assertTrue(run.err().contains(words), run.err());
        assertFalse(run.showsAStackTrace(), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"qemu-riscv-virt", "rpi4", "hifive-unleashed", "zynqmp", "stm32f429"})
    void otherBoardsAreGoodToo(String board) {
        Run run = Run.of("boot", "--board", board, "--objects", "300", "-q");
        assertEquals(0, run.code(), run.out() + run.err());
    }
}
