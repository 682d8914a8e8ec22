package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.allocman.check.contract.KernelPart;
import org.allocman.check.contract.KernelRules;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Test;

/** The command against a child process that serves, and against what is no kernel. */
class ContractCommandTest {
    private static String java() {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        String path = System.getProperty("java.class.path");
        // a command is set apart by blanks
        assumeFalse((java + path).contains(" "), "blanks in the path of classes");
        return java + " -XX:TieredStopAtLevel=1 -cp " + path + " org.allocman.cli.Main ";
    }

    @Test
    void aServedKernelKeepsEveryRule() {
        Run run = Run.of("contract", "--kernel", java() + "serve --board tiny", "--boot", "tiny as aarch64");
        assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
        // the kernel of aarch64 has neither of these parts
        EnumSet<KernelPart> absent = EnumSet.of(KernelPart.MCS, KernelPart.PORTS);
        int rules = KernelRules.all().size();
        long silent = KernelRules.all().stream()
                .filter(rule -> absent.contains(rule.part()))
                .count();
        String expected = rules - silent + " of " + rules + " rules hold, 0 are broken, " + silent + " left out;";
        assertTrue(run.lastLine().startsWith(expected), run::lastLine);
        assertFalse(run.out().contains("BROKEN"));
    }

    @Test
    void levelsPartsAndRulesAreChosen() {
        Run manager = Run.of("contract", "--level", "manager", "--without", "paging,memory");
        assertEquals(Exit.GOOD, manager.code());
        assertFalse(manager.out().contains("sel4"), manager::out);
        assertFalse(manager.out().contains("paging:"), manager::out);
        Run one = Run.of("contract", "--rule", "revokereachesgrandchildren");
        assertEquals("1 rule", one.lastLine());
        Run none = Run.of("contract", "--rule", "nonsense");
        assertEquals(Exit.BAD_INPUT, none.code());
        assertTrue(none.err().contains("there is no rule 'nonsense'"), none::err);
    }

    @Test
    void whatIsNoKernelIsToldInASentence() {
        for (String kernel : List.of("cat", "false", "./no-such-program", "127.0.0.1:1", "unix:/no/such/socket")) {
            Run run = Run.of("contract", "--kernel", kernel, "--patience", "2");
            assertEquals(Exit.BAD_INPUT, run.code(), kernel);
            assertTrue(run.err().startsWith("allocman: --kernel: "), run::err);
            assertFalse(run.showsAStackTrace(), run::err);
        }
    }

    @Test
    void aServerListensAndEndsWithItsInput() throws Exception {
        Process server = new ProcessBuilder(
                        (java() + "serve --board tiny --managed --tcp 0 --until-input-ends").split(" "))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream()))) {
            String line = out.readLine();
            assertTrue(line.startsWith("listening at 127.0.0.1:"), line);
            String where = line.substring("listening at ".length());
            Run run = Run.of("contract", "--kernel", where, "--boot", "tiny bare", "--level", "manager");
            assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
            server.getOutputStream().close();
            assertTrue(server.waitFor(20, TimeUnit.SECONDS));
            assertEquals(Exit.GOOD, server.exitValue());
        } finally {
            server.destroy();
        }
    }

    @Test
    void whereNobodyCanListenIsTold() throws IOException {
        for (String[] wrong : new String[][] {
            {"--tcp", "70000"},
            {"--listen", "nowhere"},
            {"--listen", "no.such.host.invalid:5"},
            {"--unix", "/no/such/folder/s"},
            {"--tcp", "0", "--clients", "0"},
            {"--board", "nothing"}
        }) {
            String[] words = new String[wrong.length + 1];
            words[0] = "serve";
            System.arraycopy(wrong, 0, words, 1, wrong.length);
            Run run = Run.of(words);
            assertEquals(Exit.BAD_INPUT, run.code(), () -> String.join(" ", words));
            assertTrue(run.err().startsWith("allocman: "), run::err);
            assertFalse(run.showsAStackTrace(), run::err);
        }
    }
}
