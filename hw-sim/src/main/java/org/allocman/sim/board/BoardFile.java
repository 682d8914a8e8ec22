package org.allocman.sim.board;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.allocman.vka.Architecture;
import org.allocman.vka.args.ArgumentsFile;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads a board from a file. What format it is in is told by its content, not by its name: a flattened device
 * tree, CMSIS-SVD, the {@code csr.csv} of LiteX, the kernel arguments of Xous, our own YAML, or the {@code platform_gen} YAML or JSON of seL4's build.
 */
public final class BoardFile {
    /** The largest file that is looked at, in bytes. */
    public static final int MAX_BYTES = 64 << 20;

    private static final int MAX_LOOK = 1 << 16;
    private static final Pattern TREE_SOURCE =
            Pattern.compile("^\\s*+(/dts-v1/|/plugin/|/include/|/memreserve/)|\\n[ \\t]*+(/dts-v1/|/ *+\\{)|^/ *+\\{");

    private BoardFile() {}

    /**
     * Reads a file.
     *
     * @param file where it is
     * @param override the architecture to take instead of the one that the file names or suggests; null for that one
     * @return the board
     * @throws BoardFormatException if the file cannot be read or describes no board
     */
    public static Board read(Path file, @Nullable Architecture override) throws BoardFormatException {
        return reading(file, BoardHints.ofArchitecture(override)).board();
    }

    /**
     * Reads a file.
     *
     * @param file where it is
     * @param hints what is said of the board beside the file
     * @return the board, and what of the file is not in it
     * @throws BoardFormatException if the file cannot be read or describes no board
     */
    public static BoardReading reading(Path file, BoardHints hints) throws BoardFormatException {
        return reading(
                file.toString(), FileContent.of(file), file.toAbsolutePath().getParent(), hints);
    }

    /**
     * Reads a file's content.
     *
     * @param source what to call it in messages, for instance its path
     * @param content the file's bytes
     * @param override the architecture to take instead of the one that the file names or suggests; null for that one
     * @return the board
     * @throws BoardFormatException if the content describes no board
     */
    public static Board read(String source, byte[] content, @Nullable Architecture override)
            throws BoardFormatException {
        return reading(source, content, BoardHints.ofArchitecture(override)).board();
    }

    /**
     * Reads a file's content.
     *
     * @param source what to call it in messages, for instance its path
     * @param content the file's bytes
     * @param hints what is said of the board beside it
     * @return the board, and what of the content is not in it
     * @throws BoardFormatException if the content describes no board
     */
    public static BoardReading reading(String source, byte[] content, BoardHints hints) throws BoardFormatException {
        return reading(source, content, null, hints);
    }

    private static BoardReading reading(String source, byte[] content, @Nullable Path folder, BoardHints hints)
            throws BoardFormatException {
        return readingPlain(source, Utf8Mark.without(content), folder, hints);
    }

    private static BoardReading readingPlain(String source, byte[] content, @Nullable Path folder, BoardHints hints)
            throws BoardFormatException {
        if (content.length > MAX_BYTES) {
            throw new BoardFormatException(
                    source, "byte 0x" + Integer.toHexString(MAX_BYTES), "the file has more than 64 MiB");
        }
        if (!XmlText.isOne(content)) {
            refuseDevice(source, hints);
        }
        if (FlatTree.isOne(content)) {
            return TreeBoard.read(source, content, hints);
        }
        if (XmlText.isOne(content)) {
            if (XmlText.root(content).equals(PackText.ROOT)) {
                return PackBoard.read(source, content, folder, hints);
            }
            refuseDevice(source, hints);
            return SvdBoard.read(source, content, hints);
        }
        if (ArgumentsFile.isOne(content)) {
            return ArgumentsBoard.read(source, content, hints);
        }
        if (CsrBoard.isOne(content)) {
            return CsrBoard.read(source, content, hints);
        }
        if (isTreeSource(content)) {
            throw new BoardFormatException(
                    source,
                    "line 1",
                    "this is the source of a device tree; compile it with dtc (dtc -O dtb -o board.dtb " + source
                            + ") and give the .dtb");
        }
        return DocumentReader.read(source, YamlText.read(source, content), hints);
    }

    private static void refuseDevice(String source, BoardHints hints) throws BoardFormatException {
        if (hints.device() != null) {
            throw new BoardFormatException(
                    source,
                    "",
                    "--device chooses one of the devices of a CMSIS-Pack description (.pdsc), and this is none");
        }
    }

    /** The source of a device tree says so in its first words, or begins with a comment or an include. */
    private static boolean isTreeSource(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, MAX_LOOK), StandardCharsets.ISO_8859_1);
        return TREE_SOURCE.matcher(start).find();
    }
}
