package org.allocman.conformance.kernel;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.allocman.sim.board.Utf8Mark;
import org.allocman.sim.boot.RecordingException;
import org.checkerframework.checker.mustcall.qual.MustCallAlias;
import org.checkerframework.checker.mustcall.qual.NotOwning;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The lines of a recording, plain or compressed, with their numbers; a line that is too long is refused unread. Whoever
 * opened the recording closes it.
 */
public final class RecordingLines {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int LONGEST_LINE = 1 << 20;

    private final @NotOwning Reader reader;
    private final StringBuilder text = new StringBuilder();
    private @Nullable String ahead;
    private int number;

    /**
     * Lines of a recording.
     *
     * @param input the recording, plain or gzip; the caller closes it
     * @throws RecordingException if its first bytes cannot be read
     */
    public RecordingLines(@NotOwning InputStream input) throws RecordingException {
        try {
            this.reader = new BufferedReader(
                    new InputStreamReader(plain(new BufferedInputStream(input)), StandardCharsets.ISO_8859_1));
        } catch (IOException failure) {
            throw new RecordingException(0, why(failure));
        }
    }

    private static @MustCallAlias InputStream plain(@MustCallAlias BufferedInputStream input) throws IOException {
        input.mark(2);
        boolean compressed = input.read() == GZIP_FIRST && input.read() == GZIP_SECOND;
        input.reset();
        return compressed ? new GZIPInputStream(input) : input;
    }

    /**
     * The next line without taking it.
     *
     * @return the line, or null at the end
     * @throws RecordingException if it cannot be read
     */
    public @Nullable String peek() throws RecordingException {
        if (ahead == null) {
            ahead = read();
        }
        return ahead;
    }

    /**
     * Takes the next line.
     *
     * @return the line, or null at the end
     * @throws RecordingException if it cannot be read
     */
    public @Nullable String next() throws RecordingException {
        String line = peek();
        if (line != null) {
            ahead = null;
            number++;
        }
        return line;
    }

    /**
     * Where we are.
     *
     * @return the number of the line taken last, from 1; 0 before the first
     */
    public int number() {
        return number;
    }

    /**
     * Says what is wrong with the line taken last.
     *
     * @param message what is wrong
     * @return the exception to throw
     */
    public RecordingException wrong(String message) {
        return new RecordingException(number, message);
    }

    private static String why(IOException failure) {
        return failure instanceof EOFException || failure instanceof ZipException
                ? "the compressed file is cut off or damaged here"
                : "cannot be read";
    }

    private @Nullable String read() throws RecordingException {
        text.setLength(0);
        try {
            for (int c = reader.read(); c != '\n'; c = reader.read()) {
                if (c < 0) {
                    return text.isEmpty() ? null : line();
                }
                if (text.length() == LONGEST_LINE) {
                    throw new RecordingException(number + 1, "longer than " + LONGEST_LINE + " characters");
                }
                if (c != '\r') {
                    text.append((char) c);
                }
            }
        } catch (IOException failure) {
            throw new RecordingException(number + 1, why(failure));
        }
        return line();
    }

    private String line() {
        return number == 0 ? Utf8Mark.without(text.toString()) : text.toString();
    }
}
