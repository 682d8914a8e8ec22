package org.allocman.check.explore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * A file for states in the folder for temporary files. It is locked as long as its owner lives; the next that is made removes those
 * of owners who were killed.
 */
final class TemporaryFile implements AutoCloseable {
    private static final String PREFIX = "allocman-states";
    private static final String SUFFIX = ".bin";
    // between making a file and locking it its owner lives
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Path path;
    private final FileChannel channel;

    private TemporaryFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Makes a file in a folder, and removes what was left there. */
    @SuppressWarnings("required.method.not.called") // the channel is the result's, which closes it
    static TemporaryFile in(Path folder) throws IOException {
        Path path = Files.createTempFile(folder, PREFIX, SUFFIX);
        path.toFile().deleteOnExit();
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            throw new IOException(path + " is locked by somebody else");
        }
        removeLeftovers(folder, path);
        return new TemporaryFile(path, channel);
    }

    /** Makes a file in the folder for temporary files. */
    static TemporaryFile make() throws IOException {
        return in(Path.of(System.getProperty("java.io.tmpdir", ".")));
    }

    private static void removeLeftovers(Path folder, Path ours) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                if (!file.equals(ours)) {
                    removeIfLeft(file);
                }
            }
        }
    }

    private static void removeIfLeft(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            boolean isOld = Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(YOUNG));
            FileLock lock = isOld ? channel.tryLock() : null;
            if (lock != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | OverlappingFileLockException inUse) {
            // somebody else's, or in use: it stays
        }
    }

    FileChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
