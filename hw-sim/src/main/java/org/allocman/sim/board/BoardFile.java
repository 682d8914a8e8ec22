package org.allocman.sim.board;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.allocman.vka.Architecture;
import org.allocman.vka.args.ArgumentsFile;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads a board from a file. What format it is in is told by its content, not by its name: a flattened device
 * tree, CMSIS-SVD, the kernel arguments of Xous, our own YAML, or the {@code platform_gen} YAML or JSON of seL4's build.
 */
public final class BoardFile {
    /** The largest file that is looked at, in bytes. */
    public static final int MAX_BYTES = 64 << 20;

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
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new BoardFormatException(file.toString(), "", "the file cannot be read (" + reason(e) + ")");
        }
        return read(file.toString(), content, override);
    }

    /**
     * Reads a file's content.
     *
     * @param source what to call it in messages, for instance its path
     * @param content its bytes
     * @param override the architecture to take instead of the one that the file names or suggests; null for that one
     * @return the board
     * @throws BoardFormatException if the content describes no board
     */
    public static Board read(String source, byte[] content, @Nullable Architecture override)
            throws BoardFormatException {
        if (content.length > MAX_BYTES) {
            throw new BoardFormatException(
                    source, "byte 0x" + Integer.toHexString(MAX_BYTES), "the file has more than 64 MiB");
        }
        if (FlatTree.isOne(content)) {
            return TreeBoard.read(source, content, override);
        }
        if (SvdText.isOne(content)) {
            return SvdBoard.read(source, content, override);
        }
        if (ArgumentsFile.isOne(content)) {
            return ArgumentsBoard.read(source, content, override);
        }
        BoardDocument document = YamlText.read(source, content);
        return document.regions() == null && (document.memory() != null || document.devices() != null)
                ? PlatformYaml.read(source, document, override)
                : BoardYaml.read(source, document, override);
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "");
    }
}
