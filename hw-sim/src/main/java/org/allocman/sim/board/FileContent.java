package org.allocman.sim.board;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The content of a file that may describe a board. */
final class FileContent {
    private FileContent() {}

    /** At most one byte more than a description may have, so that it can be told that there are too many. */
    static byte[] of(Path file) throws BoardFormatException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(BoardFile.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new BoardFormatException(file.toString(), "", "the file cannot be read (" + reason(e) + ")");
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "");
    }
}
