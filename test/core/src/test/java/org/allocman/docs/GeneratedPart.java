package org.allocman.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page in {@code docs} that is made from code, between {@code <!-- begin NAME -->} and {@code <!-- end NAME
 * -->}. A test compares the two; with {@code -Dallocman.docs=write} it writes the page instead.
 */
public final class GeneratedPart {
    private static final Path DOCS = Path.of("..", "..", "docs");

    private final Path page;
    private final String begin;
    private final String end;

    /**
     * Names a part.
     *
     * @param page the page's file name
     * @param name the part's name
     */
    public GeneratedPart(String page, String name) {
        this.page = DOCS.resolve(page);
        this.begin = "<!-- begin " + name + " -->\n";
        this.end = "<!-- end " + name + " -->";
    }

    /**
     * Compares, or writes.
     *
     * @param text what has to be there, ending with a line end
     */
    public void is(String text) {
        try {
            String now = Files.readString(page);
            int from = now.indexOf(begin) + begin.length();
            int to = now.indexOf(end);
            assertTrue(from >= begin.length() && to >= from, page + " has no part " + begin);
            if ("write".equals(System.getProperty("allocman.docs"))) {
                Files.writeString(page, now.substring(0, from) + text + now.substring(to));
            } else {
                assertEquals(text, now.substring(from, to), page + " is out of date; -Dallocman.docs=write renews it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
