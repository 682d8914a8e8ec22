package org.allocman.view.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.allocman.view.recording.RecordedRun;

/** A recorded run as one HTML page: it opens from disk, needs no network and no other file. */
public final class RunPage {
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

    private RunPage() {}

    /**
     * Writes a page.
     *
     * @param run what it shows
     * @param file where it goes; what was there is replaced
     * @throws IOException if it cannot be written
     */
    public static void write(RecordedRun run, Path file) throws IOException {
        Files.writeString(file, of(run), StandardCharsets.UTF_8);
    }

    /**
     * The page as text.
     *
     * @param run what it shows
     * @return HTML
     */
    public static String of(RecordedRun run) {
        StringBuilder script = new StringBuilder();
        SCRIPTS.forEach(name -> script.append(resource(name)));
        return resource("page.html")
                .replace("/*STYLE*/", resource("style.css"))
                .replace("/*RUN*/", packed(run))
                .replace("/*SCRIPT*/", script);
    }

    private static String packed(RecordedRun run) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            run.writeJson(zip);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String resource(String name) {
        try (InputStream in = RunPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the page's part " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
