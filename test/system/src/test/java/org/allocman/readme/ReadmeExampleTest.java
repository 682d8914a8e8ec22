package org.allocman.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the README compiles as it stands with the artifact that it names and what that brings, and runs. */
class ReadmeExampleTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(import .*?)```", Pattern.DOTALL);
    /** What allocman-lab does not bring. */
    private static final Pattern NOT_OF_LAB = Pattern.compile(
            ".*[/\\\\](cli|test[/\\\\](kit|check|conformance|system))[/\\\\].*|.*(junit|jqwik|picocli|jline|archunit).*");

    @TempDir
    Path folder;

    @Test
    void theExampleWorks() throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../../README.md")));
        assertTrue(example.find(), "the README has an example that begins with imports");
        Path source = Files.writeString(folder.resolve("First.java"), example.group(1));
        List<String> path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !NOT_OF_LAB.matcher(entry).matches())
                .toList();
        assertTrue(path.stream().anyMatch(entry -> entry.contains("lab")), path.toString());
        assertFalse(path.stream().anyMatch(entry -> entry.contains("testkit")), path.toString());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "-proc:none",
                        "-classpath",
                        String.join(File.pathSeparator, path),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertEquals(0, code, said::toString);
        assertEquals("small page of 2^12 bytes in slot", ran().replaceAll(" \\d+\\R", ""));
    }

    private String ran() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            var main = loader.loadClass("First").getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
