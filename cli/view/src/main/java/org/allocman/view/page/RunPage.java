package org.allocman.view.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.allocman.view.recording.RecordedRun;

/** A recorded run as one HTML page: it opens from disk, needs no network and no other file. */
public final class RunPage {
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
        return PageFrame.of("", "", PageFrame.scripts() + PageFrame.text(RunPage.class, "open.js"), packed(run));
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
}
