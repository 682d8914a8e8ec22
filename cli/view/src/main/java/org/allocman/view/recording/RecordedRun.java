package org.allocman.view.recording;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A run that was recorded, ready to be shown. */
public final class RecordedRun {
    private final RunContent content;

    RecordedRun(RunContent content) {
        this.content = content;
    }

    /**
     * How many steps were recorded.
     *
     * @return their number
     */
    public int steps() {
        return content.steps().size();
    }

    /**
     * How many invocations came after the last step that was recorded.
     *
     * @return their number; 0 if the whole run was recorded
     */
    public long cut() {
        return content.cut();
    }

    /**
     * Writes everything as one JSON object.
     *
     * @param out where to
     * @throws UncheckedIOException if it cannot be written there
     */
    public void writeJson(OutputStream out) {
        try {
            out.write(RunJson.of(content).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
