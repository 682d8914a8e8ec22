package org.allocman.view.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What every page that shows a machine is put together from. */
public final class PageFrame {
    private static final List<String> SCRIPTS = List.of(
            "words.js",
            "model.js",
            "colours.js",
            "link.js",
            "list.js",
            "map.js",
            "field.js",
            "slots.js",
            "owners.js",
            "tree.js",
            "pools.js",
            "circle.js",
            "quiz.js",
            "main.js");

    private PageFrame() {}

    /**
     * The scripts that draw a machine. They start nothing; what comes after them calls {@code start(run)}.
     *
     * @return JavaScript
     */
    public static String scripts() {
        StringBuilder script = new StringBuilder();
        SCRIPTS.forEach(name -> script.append(text(PageFrame.class, name)));
        return script.toString();
    }

    /**
     * A page.
     *
     * @param style rules beside those that every page has, or nothing
     * @param console HTML between the steps and the panels, or nothing
     * @param script all of its JavaScript
     * @param run the run that it opens with, packed, or nothing
     * @return HTML
     */
    public static String of(String style, String console, String script, String run) {
        return text(PageFrame.class, "page.html")
                .replace("/*STYLE*/", text(PageFrame.class, "style.css") + style)
                .replace("<!--CONSOLE-->", console)
                .replace("/*RUN*/", run)
                .replace("/*SCRIPT*/", script);
    }

    /**
     * A part of a page.
     *
     * @param beside a class that it lies beside
     * @param name of the resource
     * @return its text
     */
    public static String text(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the page's part " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
