package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is interrupted prints what it has found, leaves its checkpoint, and ends with the code of a run that ended early. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class InterruptionTest {
    private static final int SIGNAL = 128;
    private static final int LONGEST_START = 30;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "INT, --quiet",
        "TERM, --quiet",
        "INT, --json",
        "INT, --workers 2 -q",
        "INT, --simulate 1000000000 --length 1000 -q"
    })
    void whatWasFoundIsPrinted(String signal, String options) throws Exception {
        Path out = folder.resolve("out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.allocman.cli.Main",
                "explore",
                "--system",
                "vka"));
        boolean hasCheckpoint = !options.contains("--simulate");
        if (hasCheckpoint) {
            command.addAll(List.of(
                    "--depth",
                    "50",
                    "--checkpoint",
                    folder.resolve("checkpoint").toString()));
        }
        command.addAll(List.of(options.split(" ")));
        // it listens from when it explores, and with -q nothing tells when that is
        int code = SIGNAL;
        for (int seconds = 3; code >= SIGNAL && seconds <= LONGEST_START; seconds *= 3) {
            code = interrupted(command, signal, seconds, out);
        }
        String printed = Files.readString(out);
        assertEquals(Exit.ENDED_EARLY, code, printed);
        assertTrue(
                printed.contains("no rule is broken in") || printed.contains("an interruption"),
                () -> "printed: " + printed);
        assertEquals(hasCheckpoint, Files.exists(folder.resolve("checkpoint").resolve("exploration.states")));
    }

    private static int interrupted(List<String> command, String signal, int seconds, Path out) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertFalse(process.waitFor(seconds, TimeUnit.SECONDS), "it ended by itself");
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
