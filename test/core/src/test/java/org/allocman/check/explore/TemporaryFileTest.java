package org.allocman.check.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFileTest {
    @TempDir
    Path folder;

    @Test
    void whatKilledRunsLeftIsRemovedAndNothingElse() throws Exception {
        Path left = old("allocman-states-left.bin");
        Path young = Files.createFile(folder.resolve("allocman-states-young.bin"));
        Path others = old("states.bin");
        try (TemporaryFile first = TemporaryFile.in(folder)) {
            Path own = only(Set.of(young, others));
            Files.setLastModifiedTime(own, hourAgo());
            try (TemporaryFile second = TemporaryFile.in(folder)) {
                assertEquals(4, files().size(), "the first is in use: " + files() + first + second);
            }
            assertEquals(Set.of(young, others, own), files(), "not " + left);
        }
        assertEquals(Set.of(young, others), files());
    }

    private Path only(Set<Path> others) throws Exception {
        Set<Path> rest = files();
        rest.removeAll(others);
        assertEquals(1, rest.size());
        return rest.iterator().next();
    }

    private Path old(String name) throws Exception {
        Path file = Files.createFile(folder.resolve(name));
        Files.setLastModifiedTime(file, hourAgo());
        return file;
    }

    private static FileTime hourAgo() {
        return FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    }

    private Set<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toSet());
        }
    }
}
