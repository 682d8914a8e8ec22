package org.allocman.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.Invoked;

/** Has the command write pages. */
final class Pages {
    private Pages() {}

    /** The page that a command writes when it is given {@code --html} and a file in a folder. */
    static Path of(Path folder, String... arguments) {
        Path file = folder.resolve(String.join("_", arguments).replaceAll("[^A-Za-z0-9_.-]+", "_") + ".html");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--html");
        all.add(file.toString());
        String said = Invoked.with(all.toArray(new String[0]));
        assertTrue(Files.exists(file), said);
        return file;
    }
}
