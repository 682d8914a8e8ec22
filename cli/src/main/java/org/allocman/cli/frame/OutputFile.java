package org.allocman.cli.frame;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that the user wants written: what can be wrong with them is told by their names, and before any work is done. */
public final class OutputFile {
    private static final String FULL = "No space left";

    private OutputFile() {}

    /** Writes a file. */
    @FunctionalInterface
    public interface Writing {
        /**
         * Writes it.
         *
         * @throws IOException if it cannot be written
         */
        void write() throws IOException;
    }

    /**
     * Checks that a file can be made where the user wants it.
     *
     * @param file its path
     * @throws BadInputException if it is a directory, its folder is not there, or it may not be written
     */
    public static void check(Path file) throws BadInputException {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new BadInputException(file + ": this is a directory, not a file");
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw new BadInputException(file + ": there is no folder " + folder);
        }
        if (Files.exists(file) ? !Files.isWritable(file) : folder != null && !Files.isWritable(folder)) {
            throw new BadInputException(file + ": permission denied");
        }
    }

    /**
     * Writes a file that was checked.
     *
     * @param file its path
     * @param writing writes it
     * @throws BadInputException if it cannot be written
     */
    public static void write(Path file, Writing writing) throws BadInputException {
        check(file);
        try {
            writing.write();
        } catch (AccessDeniedException denied) {
            throw new BadInputException(file + ": permission denied");
        } catch (IOException failure) {
            boolean isFull = String.valueOf(failure.getMessage()).contains(FULL);
            throw new BadInputException(
                    file + (isFull ? ": there is no space left on the device" : ": the file cannot be written"));
        }
    }
}
