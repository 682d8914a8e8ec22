package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {
    private static final Path RECORDINGS = Path.of("..");
    private static final Path UVISOR = Path.of("../test/core/src/test/resources/org/allocman/uvisor");
    private static final Path BOOT =
            RECORDINGS.resolve("hw-sim/src/test/resources/org/allocman/sim/boot/bootinfo-riscv64-1G.txt");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "bootinfo, hw-sim/src/test/resources/org/allocman/sim/boot/bootinfo-riscv64-1G.txt",
        "kernel, test/conformance/src/test/resources/org/allocman/conformance/kernel/kernel-6-3000.txt.gz",
        "paging, test/conformance/src/test/resources/org/allocman/conformance/kernel/paging-x86_64-1500.txt.gz"
    })
    void sayLastHowManyStepsAgree(String kind, String recording) {
        Run run = Run.of("replay", kind, RECORDINGS.resolve(recording).toString());
        assertEquals(Exit.GOOD, run.code(), run::out);
        assertTrue(run.lastLine().matches("agree ([0-9]+) of \\1 steps"), run::out);
        assertEquals("", run.err());
    }

    @ParameterizedTest
    @CsvSource({"pages-1500.txt", "regions.txt", "queue.txt"})
    void uvisorTakesEachOfItsThreeKinds(String recording) {
        Run run = Run.of("replay", "uvisor", UVISOR.resolve(recording).toString());
        assertEquals(Exit.GOOD, run.code(), run::out);
        assertTrue(run.lastLine().matches("agree ([0-9]+) of \\1 steps"), run::out);
    }

    @Test
    void aDifferenceIsShownAndIsOne() throws Exception {
        String text = Files.readString(BOOT);
        String changed = text.replaceFirst("(?m)^(untyped idx=3 slot=[0-9]+ paddr=0x)2", "$1" + "7");
        assertFalse(changed.equals(text), "the recording has no line like that");
        Run run = Run.of("replay", "bootinfo", write(changed).toString());
        assertEquals(Exit.FOUND_WRONG, run.code(), run::err);
        assertEquals("first difference", run.outLines().get(0));
        assertTrue(run.out().contains("  item      untyped 3"), run::out);
        assertTrue(run.lastLine().matches("agree [0-9]+ of [0-9]+ steps"), run::out);
    }

    @Test
    void aDamagedRecordingIsNamedWithTheLine() throws Exception {
        Path file = write(Files.readString(BOOT).replaceFirst("(?m)^untyped idx=3 .*$", "untyped idx=3 slot=what"));
        Run run = Run.of("replay", "bootinfo", file.toString());
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().matches("(?s)allocman: " + file + ": line [0-9]+: .*"), run::err);
        assertFalse(run.showsAStackTrace());
    }

    private Path write(String text) throws Exception {
        return Files.writeString(directory.resolve("recording.txt"), text);
    }
}
