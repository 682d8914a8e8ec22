package org.allocman.cli.frame;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files that the user names. */
public final class InputFile {
    private InputFile() {}

    /**
     * Checks that there is a file to read.
     *
     * @param name what the user typed
     * @return its path
     * @throws BadInputException if there is no such file, or it is a directory, or may not be read
     */
    public static Path of(String name) throws BadInputException {
        if (name.isEmpty()) {
            throw new BadInputException("a file's name has a letter or more, and '' has none");
        }
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException invalid) {
            throw new BadInputException(name + ": this is not the name of a file");
        }
        if (!Files.exists(path)) {
            throw new BadInputException(name + ": no such file");
        }
        if (Files.isDirectory(path)) {
            throw new BadInputException(name + ": this is a directory, not a file");
        }
        if (!Files.isReadable(path)) {
            throw new BadInputException(name + ": permission denied");
        }
        return path;
    }
}
