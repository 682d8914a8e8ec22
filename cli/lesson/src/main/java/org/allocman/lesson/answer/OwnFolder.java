package org.allocman.lesson.answer;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A folder that is there for a while.
 *
 * @param path where it is
 */
record OwnFolder(Path path) implements AutoCloseable {
    static OwnFolder make() throws IOException {
        return new OwnFolder(Files.createTempDirectory("allocman-answer").toRealPath());
    }

    /** Deletes the folder with all that is in it; links in it are deleted, not followed. What cannot be deleted stays. */
    @Override
    public void close() {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException stays) {
            path.toFile().deleteOnExit();
        }
    }
}
