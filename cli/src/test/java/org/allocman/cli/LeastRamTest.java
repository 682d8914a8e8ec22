package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a board that is too small is true: with so much RAM it boots and has a manager. */
@Timeout(120)
class LeastRamTest {
    private static final Pattern LEAST = Pattern.compile("RAM of ([0-9]+) KiB is the least");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"mpu", "riscv32", "aarch64", "aarch32", "riscv64", "x86_64", "ia32"})
    void withTheRamThatWasToldItBoots(String architecture) throws Exception {
        Run small = boot(architecture, 32);
        assertEquals(Exit.BAD_INPUT, small.code(), small::err);
        Matcher least = LEAST.matcher(small.err());
        assertTrue(least.find(), small::err);
        Run enough = boot(architecture, Long.parseLong(least.group(1)));
        assertEquals(Exit.GOOD, enough.code(), enough::err);
    }

    private Run boot(String architecture, long kibibytes) throws Exception {
        Path board = directory.resolve("small.yaml");
        Files.writeString(
                board,
                "name: small\narchitecture: " + architecture
                        + "\nregions:\n- {name: sram, kind: ram, start: 0x20000000, size: " + kibibytes + "KiB}\n");
        return Run.of("boot", "-q", "--objects", "4", "--board", board.toString());
    }
}
