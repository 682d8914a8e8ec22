package org.allocman.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A loop says in its head when it ends: a kernel or a file that never says so must not hang whoever trusts it. */
class LoopsTest {
    private static final Pattern ENDLESS = Pattern.compile("\\bwhile\\s*\\(\\s*true\\s*\\)|\\bfor\\s*\\([^;)]*;\\s*;");

    @Test
    void noLoopOfTheMainCodeIsWithoutAnEnd() throws IOException {
        Path root = Path.of("").toAbsolutePath().resolve("../..").normalize();
        List<String> found = new ArrayList<>();
        int files = 0;
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(LoopsTest::isMainCode).toList()) {
                files++;
                if (isEndless(Files.readString(file))) {
                    found.add(root.relativize(file).toString());
                }
            }
        }
        assertTrue(files > 500, files + " files were looked at");
        assertEquals(List.of(), found);
    }

    @Test
    void endlessLoopsAreSeen() {
        assertTrue(isEndless("while (true) {"));
        assertTrue(isEndless("for (;;) {"));
        assertTrue(isEndless("for (int i = 0; ; i++) {"));
        assertFalse(isEndless("for (int i = 0; i < 3; ) {"));
        assertFalse(isEndless("while (trueEnough) {"));
    }

    private static boolean isEndless(String code) {
        return ENDLESS.matcher(code).find();
    }

    private static boolean isMainCode(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.endsWith(".java") && path.contains("/src/main/java/") && !path.contains("/target/");
    }
}
