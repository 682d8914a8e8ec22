package org.allocman.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Two classes of main code have two names, whatever their packages: who reads a name, or looks for it, finds one thing. The example
 * project is somebody else's.
 */
class SimpleNamesTest {
    private static final Path ROOT =
            Path.of("").toAbsolutePath().resolve("../..").normalize();

    /** Names that several files may have: what Java calls so. */
    private static final Set<String> JAVAS_OWN = Set.of("package-info.java", "module-info.java");

    /** The files that have the name of another. */
    private static List<String> sharing(List<String> files) {
        TreeMap<String, TreeSet<String>> byName = new TreeMap<>();
        for (String file : files) {
            byName.computeIfAbsent(file.substring(file.lastIndexOf('/') + 1), name -> new TreeSet<>())
                    .add(file);
        }
        return byName.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1 && !JAVAS_OWN.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    @Test
    void noNameIsUsedTwice() throws IOException {
        List<String> files;
        try (Stream<Path> all = Files.walk(ROOT)) {
            files = all.map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(".java") && file.contains("/src/main/java/"))
                    .filter(file -> !file.contains("/target/") && !file.startsWith("test/example/"))
                    .toList();
        }
        assertTrue(files.size() > 900, files.size() + " files were looked at");
        assertEquals(List.of(), sharing(files));
    }

    @Test
    void aNameThatIsUsedTwiceIsSeen() {
        assertEquals(
                List.of("a/src/main/java/x/Step.java", "b/src/main/java/y/Step.java"),
                sharing(List.of(
                        "a/src/main/java/x/Step.java",
                        "a/src/main/java/x/package-info.java",
                        "b/src/main/java/y/Step.java",
                        "b/src/main/java/y/package-info.java",
                        "b/src/main/java/y/Steps.java")));
    }
}
