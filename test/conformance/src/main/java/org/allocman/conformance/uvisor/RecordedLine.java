package org.allocman.conformance.uvisor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.allocman.sim.boot.RecordingException;

/** A line of a recording: words, {@code key=value} pairs, and what stands behind the arrow. */
final class RecordedLine {
    private static final String ARROW = "->";
    private static final long MOST = 0xffff_ffffL;

    private final String text;
    private final int number;
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> fields = new HashMap<>();
    private final Map<String, String> results = new HashMap<>();
    private final String answer;

    RecordedLine(String text, int number) {
        this.text = text.trim();
        this.number = number;
        int arrow = this.text.indexOf(ARROW);
        String call = arrow < 0 ? this.text : this.text.substring(0, arrow);
        this.answer = arrow < 0
                ? ""
                : String.join(
                        " ", this.text.substring(arrow + ARROW.length()).trim().split("\\s+"));
        StringTokenizer tokens = new StringTokenizer(call);
        while (tokens.hasMoreTokens()) {
            String token = tokens.nextToken();
            int equals = token.indexOf('=');
            if (equals > 0) {
                fields.put(token.substring(0, equals), token.substring(equals + 1));
            } else {
                words.add(token);
            }
        }
        for (String token : answer.split(" ")) {
            int equals = token.indexOf('=');
            if (equals > 0) {
                results.put(token.substring(0, equals), token.substring(equals + 1));
            }
        }
    }

    String text() {
        return text;
    }

    /** The words before the arrow that are no fields. */
    List<String> words() {
        return words;
    }

    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /** What stands behind the arrow, words one blank apart. */
    String answer() {
        return answer;
    }

    boolean isHalt() {
        return answer.contains("HALT");
    }

    RecordingException wrong(String message) {
        return new RecordingException(number, message);
    }

    long decimal(String key) throws RecordingException {
        return number(field(key), 10, key);
    }

    long hex(String key) throws RecordingException {
        return number(field(key), 16, key);
    }

    /** A number among the words. */
    long hexWord(int index) throws RecordingException {
        return number(word(index), 16, "word " + (index + 1));
    }

    long decimalWord(int index) throws RecordingException {
        return number(word(index), 10, "word " + (index + 1));
    }

    /** Refuses a line whose answer has been cut off. */
    void requireResults(String... keys) throws RecordingException {
        if (answer.isEmpty()) {
            throw wrong("the answer is missing");
        }
        for (String key : keys) {
            if (!results.containsKey(key)) {
                throw wrong("the answer has no " + key + "=; the line seems to be cut off");
            }
        }
    }

    /** A field before or behind the arrow. */
    String field(String key) throws RecordingException {
        String value = fields.containsKey(key) ? fields.get(key) : results.get(key);
        if (value == null) {
            throw wrong("there is no " + key + "=");
        }
        return value;
    }

    /** A number of up to 32 bits. */
    long number(String digits, int radix, String what) throws RecordingException {
        try {
            long value = Long.parseLong(digits, radix);
            if (value >= 0 && value <= MOST && Character.digit(digits.charAt(0), radix) >= 0) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw wrong(what + " is '" + digits + "', which is no number of 32 bits");
    }
}
