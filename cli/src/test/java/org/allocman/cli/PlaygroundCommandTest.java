package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page is put together; that the machine in it works is seen in a browser. */
class PlaygroundCommandTest {
    private static final String MACHINE = "allocman.machine";

    @TempDir
    Path folder;

    @BeforeEach
    void aMachineIsThere() throws Exception {
        Path machine = folder.resolve("machine.js");
        Files.writeString(machine, "exports.boot = function () {};");
        System.setProperty(MACHINE, machine.toString());
    }

    @AfterEach
    void thereIsNone() {
        System.clearProperty(MACHINE);
    }

    private String page(String... options) throws Exception {
        Path file = folder.resolve("p.html");
        String[] line = new String[options.length + 2];
        line[0] = "playground";
        line[1] = file.toString();
        System.arraycopy(options, 0, line, 2, options.length);
        Run run = Run.of(line);
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.err().contains("is the playground"), run::err);
        return Files.readString(file);
    }

    @Test
    void thePageHasTheMachineAndEveryBoard() throws Exception {
        String page = page();
        assertTrue(page.contains("exports.boot = function () {};"));
        assertTrue(page.contains("\"qemu-arm-virt\":\"# "), "the boards' descriptions");
        assertTrue(page.contains("# board: tiny\\u000a# manager: arena\\u000a"));
        for (String placeholder : new String[] {"/*STYLE*/", "/*SCRIPT*/", "/*RUN*/", "<!--CONSOLE-->"}) {
            assertFalse(page.contains(placeholder), placeholder);
        }
    }

    @Test
    void aBoardOfOnesOwnAndAScriptAreInThePage() throws Exception {
        Path board = folder.resolve("b.yaml");
        Files.writeString(
                board,
                "name: mine\narchitecture: aarch64\nregions:\n  - {name: m, kind: ram, start: 0x40000000, size: 1MiB}\n");
        Path script = folder.resolve("s.script");
        Files.writeString(script, "\uFEFF# </script> is no end\nretype 47 endpoint -> 200\n");
        String page = page("--board", board.toString(), "--bare", "--script", script.toString());
        assertTrue(page.contains("# board: your own YAML\\u000a# manager: none\\u000a#| name: mine"));
        assertTrue(page.contains("retype 47 endpoint -> 200"));
        assertFalse(page.contains("</script> is no end"));
    }

    @Test
    void withoutAMachineItSaysHowOneIsMade() {
        System.clearProperty(MACHINE);
        Run run = Run.of("playground", folder.resolve("p.html").toString());
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains("bin/allocman builds it"), run::err);
        assertFalse(Files.exists(folder.resolve("p.html")));
    }

    @Test
    void badInputWritesNoPage() throws Exception {
        Path script = folder.resolve("bad.script");
        Files.writeString(script, "ep = alloc endpoint\nnonsense\n");
        Path file = folder.resolve("p.html");
        for (String[] line : new String[][] {
            {"playground", file.toString(), "--script", script.toString()},
            {"playground", file.toString(), "--script", folder.resolve("nobody").toString()},
            {"playground", file.toString(), "--board", "nobody"},
            {"playground", folder.resolve("none/p.html").toString()},
            {"playground"}
        }) {
            Run run = Run.of(line);
            assertEquals(Exit.BAD_INPUT, run.code(), run::err);
            assertFalse(run.showsAStackTrace(), run::err);
            assertFalse(Files.exists(file));
        }
        assertTrue(Run.of("playground", file.toString(), "--script", script.toString())
                .err()
                .contains("line 2, column 1"));
    }
}
