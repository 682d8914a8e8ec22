package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kernel of one's own on every command that takes a board. */
class ProfileOptionTest {
    private static final String PROFILE = "../test/example/hydra.yaml";

    @TempDir
    private Path directory;

    private static Run good(String... arguments) {
        Run run = Run.of(arguments);
        assertEquals(0, run.code(), run.err() + run.out());
        return run;
    }

    private static void holds(Run run, String... words) {
        for (String word : words) {
            assertTrue(run.out().contains(word), () -> "'" + word + "' is not in\n" + run.out());
        }
    }

    @Test
    void itBoots() {
        holds(good("boot", "--board", "qemu-arm-virt", "--profile", PROFILE), "hydra");
        assertTrue(good("boot", "--profile", PROFILE, "--json").out().contains("\"hydra\""));
    }

    @Test
    void aPlanCountsItsObjects() {
        Run run =
                good("plan", "--profile", PROFILE, "--workload", "channels=1000,arenas13=10,upper-tables=3,frames=100");
        holds(run, "1,000  channel", "10  arena of 2^13 bytes", "It fits.");
        Run small = Run.of("plan", "--profile", PROFILE, "--workload", "arenas11=10");
        assertEquals(2, small.code());
        assertTrue(small.err().contains("type arena has 2^12 to 2^20 bytes, not 2^11"), small.err());
        Run unknown = Run.of("plan", "--profile", PROFILE, "--workload", "chanels=10");
        assertTrue(unknown.err().contains("did you mean channels?"), unknown.err());
    }

    @Test
    void itIsExplored() {
        holds(good("explore", "--profile", PROFILE, "--depth", "3", "--size", "3"), "no rule is broken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dot", "svg", "json"})
    void itIsExportedWithItsObjects(String format) throws Exception {
        Path script = directory.resolve("own.alloc");
        Files.writeString(script, "ch = alloc channel\nar = alloc arena 13\nup = alloc upper-table\n");
        Run run = good("export", format, "--board", "tiny", "--profile", PROFILE, "--script", script.toString());
        holds(run, "channel", "arena", "upper table");
    }

    @Test
    void capdlHasNoWordForIt() {
        Run run = Run.of("export", "capdl", "--board", "tiny", "--profile", PROFILE);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("capDL has no word for kernels like hydra"), run.err());
    }

    @Test
    void theShellKnowsItsTypesAndAnImageKeepsTheProfile() throws Exception {
        Path profile = directory.resolve("gone.yaml");
        Files.copy(Path.of(PROFILE), profile);
        Path image = directory.resolve("saved.machine");
        Path script = directory.resolve("save.alloc");
        Files.writeString(
                script, "ch = alloc channel\nar = alloc arena 13\nshow ch\nsave " + image + "\nalloc arena 11\n");
        Run run = Run.of("shell", "--board", "tiny", "--profile", profile.toString(), "--script", script.toString());
        holds(run, "channel", "2^7 bytes");
        assertTrue((run.out() + run.err()).contains("arena"), run.out());
        Files.delete(profile);
        Run again = good("export", "json", "--image", image.toString());
        holds(again, "channel", "hydra");
        assertFalse(again.showsAStackTrace());
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        Run both = Run.of("boot", "--arch", "riscv64", "--profile", PROFILE);
        assertEquals(2, both.code());
        assertTrue(both.err().contains("--arch and --profile"), both.err());
        Run missing = Run.of("boot", "--profile", "nowhere.yaml");
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("nowhere.yaml: no such file"), missing.err());
        Path broken = directory.resolve("broken.yaml");
        Files.writeString(broken, "name: broken\nword: 64\nslot: 48\n");
        Run wrong = Run.of("boot", "--profile", broken.toString());
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("broken.yaml, slot: it has to be a power of two, and 48 is none"), wrong.err());
        assertFalse(wrong.showsAStackTrace());
    }
}
