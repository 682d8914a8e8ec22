package org.allocman.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the project that tests look at. */
final class Checkout {
    /** The top of the project; tests run in their module's directory. */
    static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();

    private Checkout() {}

    static String text(String name) throws IOException {
        return Files.readString(ROOT.resolve(name));
    }

    /** All pages, as names from the top. */
    static List<String> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .map(path -> ROOT.relativize(path).toString())
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
