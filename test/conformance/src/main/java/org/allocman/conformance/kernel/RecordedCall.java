package org.allocman.conformance.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.kernel.KernelMessage;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One recorded call and its recorded answer.
 *
 * @param number the step's number
 * @param text the call as recorded
 * @param service cptr of the capability called
 * @param message what it was sent
 * @param error number of the error answered
 * @param words the words answered
 */
record RecordedCall(long number, String text, long service, KernelMessage message, long error, List<Long> words) {
    private static final String ARROW = " => ";
    private static final int MOST_WORDS = 120;
    private static final int MOST_CAPABILITIES = 3;

    static RecordedCall parse(String line, int at) throws RecordingException {
        int arrow = line.indexOf(ARROW);
        if (arrow < 0) {
            throw new RecordingException(at, "a step without an answer");
        }
        String call = line.substring(0, arrow);
        String[] parts = call.split(" ", 4);
        if (parts.length < 4) {
            throw new RecordingException(at, "a step without a call");
        }
        Fields head = new Fields(parts[3], at);
        Fields answer = new Fields(line.substring(arrow + ARROW.length()), at);
        int length = (int) head.number("len", 0, MOST_WORDS);
        int extra = (int) head.number("ncaps", 0, MOST_CAPABILITIES);
        long[] arguments = arguments(head, length + extra, at);
        KernelMessage message = new KernelMessage(
                head.number("label"),
                Arrays.copyOfRange(arguments, extra, length + extra),
                Arrays.copyOf(arguments, extra));
        return new RecordedCall(
                Fields.number(parts[1], "the step's number", at),
                call.substring(2),
                head.number("svc"),
                message,
                answer.number("err", 0, 10),
                words(answer.text("mrs"), at));
    }

    private static long[] arguments(Fields head, int count, int at) throws RecordingException {
        long[] arguments = new long[count];
        int position = -4;
        for (Map.Entry<String, String> field : head.all().entrySet()) {
            if (position >= count) {
                break;
            }
            if (position >= 0) {
                arguments[position] = Fields.number(field.getValue(), field.getKey(), at);
            }
            position++;
        }
        if (position < count) {
            throw new RecordingException(at, "has fewer arguments than len and ncaps say");
        }
        return arguments;
    }

    private static List<Long> words(@Nullable String text, int at) throws RecordingException {
        if (text == null || !text.startsWith("[") || !text.endsWith("]")) {
            throw new RecordingException(at, "an answer without mrs=[...]");
        }
        List<Long> words = new ArrayList<>();
        for (String word : text.substring(1, text.length() - 1).split(",")) {
            if (!word.isEmpty()) {
                words.add(Fields.number(word, "a returned word", at));
            }
        }
        return words;
    }
}
