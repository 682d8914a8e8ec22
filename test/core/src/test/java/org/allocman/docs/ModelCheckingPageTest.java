package org.allocman.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code on the page about model checking is code that runs here. */
class ModelCheckingPageTest {
    private static final Path TESTS = Path.of("..");

    @Test
    void thePageShowsCodeThatRuns() throws IOException {
        String sources = Stream.of(
                        "example/src/main/java/org/example/bitmap/Bitmap.java",
                        "example/src/main/java/org/example/bitmap/ForgetfulBitmap.java",
                        "example/src/main/java/org/example/bitmap/BitmapSubject.java",
                        "example/src/test/java/org/example/bitmap/BitmapSubjectTest.java",
                        "example/src/test/java/org/example/first/FirstProperties.java")
                .map(ModelCheckingPageTest::read)
                .collect(Collectors.joining());
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "..", "docs", "model-checking.md")));
        int blocks = 0;
        while (block.find()) {
            blocks++;
            assertTrue(
                    unindented(sources).contains(unindented(block.group(1))),
                    () -> "this is in no test: " + block.group(1));
        }
        assertTrue(blocks >= 3, "blocks of code: " + blocks);
    }

    private static String read(String file) {
        try {
            return Files.readString(TESTS.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String unindented(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
