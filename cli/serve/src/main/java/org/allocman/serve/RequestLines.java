package org.allocman.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.checkerframework.checker.mustcall.qual.NotOwning;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Lines of a stream of bytes, of which none is kept that is too long. */
final class RequestLines {
    /** What stands for a line that is too long. */
    static final String TOO_LONG = "too long";

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] line;
    private int from;
    private int to;
    private int lastEnd = -1;

    RequestLines(@NotOwning InputStream in, int longest) {
        this.in = in;
        // a request has its id in front
        this.line = new byte[longest + 32];
    }

    /** Whether a whole line is there, without waiting for the other end. */
    boolean hasMore() {
        return from <= lastEnd;
    }

    /** The next line without its end; {@link #TOO_LONG} itself for one that is too long; null at the end. */
    @Nullable
    String next() throws IOException {
        int length = 0;
        boolean isTooLong = false;
        while (from < to || fill()) {
            byte next = buffer[from++];
            if (next == '\n') {
                return isTooLong ? TOO_LONG : new String(line, 0, length, StandardCharsets.UTF_8);
            }
            if (length == line.length) {
                isTooLong = true;
            } else {
                line[length++] = next;
            }
        }
        // what is not ended by a line's end was not sent whole
        return null;
    }

    /** Waits for more; false at the end. */
    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        lastEnd = to - 1;
        while (lastEnd >= 0 && buffer[lastEnd] != '\n') {
            lastEnd--;
        }
        return to > 0;
    }
}
