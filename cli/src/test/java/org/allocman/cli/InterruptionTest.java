package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Test;
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
        List<String> command = explore("--system", "vka");
        boolean hasCheckpoint = !options.contains("--simulate");
        if (hasCheckpoint) {
            command.addAll(List.of(
                    "--depth",
                    "50",
                    "--checkpoint",
                    folder.resolve("checkpoint").toString()));
        }
        command.addAll(List.of(options.split(" ")));
        // it listens from when the command begins, and with -q nothing tells when that is
        int code = SIGNAL;
        for (int seconds = 1; code >= SIGNAL && seconds <= LONGEST_START; seconds *= 3) {
            code = interrupted(command, signal, seconds, out);
        }
        String printed = Files.readString(out);
        assertEquals(Exit.ENDED_EARLY, code, printed);
        assertTrue(
                printed.contains("no rule is broken in") || printed.contains("an interruption"),
                () -> "printed: " + printed);
        assertEquals(hasCheckpoint, Files.exists(folder.resolve("checkpoint").resolve("exploration.states")));
    }

    @Test
    void aSignalBeforeTheFirstStateEndsARunLikeAnyOther() throws Exception {
        Path pipe = folder.resolve("board.json");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Path out = folder.resolve("out");
        List<String> command = explore("--board", pipe.toString(), "--depth", "50", "-q");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            // opened as soon as the command opens it, which then waits for the board
            Writer board = CompletableFuture.supplyAsync(() -> open(pipe)).get(1, TimeUnit.MINUTES);
            try (board) {
                kill("TERM", process);
                board.write(Run.of("boards", "tiny", "--json").out());
            }
            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
            assertEquals(Exit.ENDED_EARLY, process.exitValue());
            String printed = Files.readString(out);
            assertTrue(printed.contains("an interruption ended it with"), () -> "printed: " + printed);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Writer open(Path pipe) {
        try {
            return Files.newBufferedWriter(pipe);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> explore(String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.allocman.cli.Main",
                "explore"));
        command.addAll(List.of(options));
        return command;
    }

    private static void kill(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private static int interrupted(List<String> command, String signal, int seconds, Path out) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertFalse(process.waitFor(seconds, TimeUnit.SECONDS), "it ended by itself");
            kill(signal, process);
            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
