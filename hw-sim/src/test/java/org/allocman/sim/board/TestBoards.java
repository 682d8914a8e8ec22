package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The recorded board files beside the tests. */
final class TestBoards {
    static final List<String> TREES = List.of(
            "hifive.dtb",
            "qemu-aarch64-1g-sel4.dtb",
            "qemu-arm-virt-1g.dtb",
            "qemu-riscv-virt-2g.dtb",
            "qemu-riscv64-1g-sel4.dtb",
            "rocketchip.dtb");

    private TestBoards() {}

    static byte[] bytes(String file) {
        try (@Nullable InputStream in = TestBoards.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new AssertionError("no test resource " + file);
            }
            return file.endsWith(".gz") ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Board read(String file) throws BoardFormatException {
        return BoardFile.read(file, bytes(file), null);
    }

    /** The message with which a content is refused. */
    static String refusal(byte[] content) {
        return String.valueOf(assertThrows(BoardFormatException.class, () -> BoardFile.read("f", content, null))
                .getMessage());
    }
}
