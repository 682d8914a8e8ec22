package org.allocman.sim.kernel.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringTokenizer;
import org.allocman.sim.boot.RecordingException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The {@code key=value} parts of a line, in their order. */
final class Fields {
    private static final int MOST = 1 << 12;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final int line;

    Fields(String text, int line) throws RecordingException {
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

    @Nullable
    String text(String key) {
        return values.get(key);
    }

    long number(String key) throws RecordingException {
        String value = values.get(key);
        if (value == null) {
            throw new RecordingException(line, "has no " + key);
        }
        return number(value, key, line);
    }

    /** A number between limits, both inclusive and not negative. */
    long number(String key, long least, long greatest) throws RecordingException {
        long value = number(key);
        if (value < least || value > greatest) {
            throw new RecordingException(line, key + " is " + values.get(key) + ", not " + least + " to " + greatest);
        }
        return value;
    }

    static long number(String text, String what, int line) throws RecordingException {
        try {
            return text.startsWith("0x")
                    ? Long.parseUnsignedLong(text, 2, text.length(), 16)
                    : Long.parseUnsignedLong(text);
        } catch (NumberFormatException notANumber) {
            throw new RecordingException(line, what + " is no number: " + abridged(text));
        }
    }

    static String abridged(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
