package org.allocman.conformance.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringTokenizer;
import org.allocman.sim.boot.RecordingException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The {@code key=value} parts of a line, in their order. */
public final class Fields {
    private static final int MOST = 1 << 12;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final int line;

    /**
     * Reads a line.
     *
     * @param text the line
     * @param line its number, from 1
     * @throws RecordingException if it has too many fields
     */
    public Fields(String text, int line) throws RecordingException {
        this.line = line;
        StringTokenizer tokens = new StringTokenizer(text);
        while (tokens.hasMoreTokens()) {
            String token = tokens.nextToken();
            int equals = token.indexOf('=');
            if (equals > 0) {
                put(token.substring(0, equals), token.substring(equals + 1));
            }
        }
    }

    private void put(String key, String value) throws RecordingException {
        if (values.size() == MOST) {
            throw new RecordingException(line, "too many fields");
        }
        values.put(key, value);
    }

    Map<String, String> all() {
        return values;
    }

    /**
     * A field as it stands.
     *
     * @param key its name
     * @return its text, or null if there is no such field
     */
    public @Nullable String text(String key) {
        return values.get(key);
    }

    /**
     * A field that is a number, decimal or hexadecimal after {@code 0x}.
     *
     * @param key its name
     * @return the number, unsigned
     * @throws RecordingException if there is no such field or it is no number
     */
    public long number(String key) throws RecordingException {
        String value = values.get(key);
        if (value == null) {
            throw new RecordingException(line, "has no " + key);
        }
        return number(value, key, line);
    }

    /**
     * A number between limits.
     *
     * @param key its name
     * @param least the least it may be, not negative
     * @param greatest the greatest it may be, not negative
     * @return the number
     * @throws RecordingException if there is no such field or it is no such number
     */
    public long number(String key, long least, long greatest) throws RecordingException {
        long value = number(key);
        if (value < least || value > greatest) {
            throw new RecordingException(line, key + " is " + values.get(key) + ", not " + least + " to " + greatest);
        }
        return value;
    }

    /**
     * Reads a number, decimal or hexadecimal after {@code 0x}.
     *
     * @param text the number
     * @param what what it is, for the message
     * @param line where it stands
     * @return the number, unsigned
     * @throws RecordingException if it is no number
     */
    public static long number(String text, String what, int line) throws RecordingException {
        try {
            return text.startsWith("0x")
                    ? Long.parseUnsignedLong(text, 2, text.length(), 16)
                    : Long.parseUnsignedLong(text);
        } catch (NumberFormatException notANumber) {
            throw new RecordingException(line, what + " is no number: " + abridged(text));
        }
    }

    /**
     * A text for a message.
     *
     * @param text whatever stands in the recording
     * @return at most some forty characters of it
     */
    public static String abridged(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
