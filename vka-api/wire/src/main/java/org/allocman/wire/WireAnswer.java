package org.allocman.wire;

import java.util.ArrayList;
import java.util.List;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.VkaError;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An answer without its id: {@code ok VALUE ... # remark}, or {@code error NUMBER NAME VALUE ... # remark}.
 *
 * @param number 0 for ok, otherwise the error's number
 * @param name the error's name; empty for ok
 * @param values what belongs to it, words without blanks and without {@code #}
 * @param remark a text for people, empty if there is none; one line
 */
public record WireAnswer(int number, String name, List<String> values, String remark) {
    private static final String OK = "ok";
    private static final String ERROR = "error";
    private static final int MOST_NUMBER = 100_000;
    private static final char DELETE = 0x7f;
    private static final String BLANKS = "\\s+";

    /**
     * Copies the values, and makes one line of the remark.
     *
     * @param number 0 for ok, otherwise the error's number
     * @param name the error's name; empty for ok
     * @param values what belongs to it, words without blanks and without {@code #}
     * @param remark a text for people, empty if there is none
     */
    public WireAnswer {
        values = List.copyOf(values);
        remark = isPlain(remark)
                ? remark
                : remark.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ").replaceAll("\\p{Cntrl}", "?");
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == DELETE) {
                return false;
            }
        }
        return true;
    }

    /**
     * It was done.
     *
     * @param remark a text for people
     * @param values what came of it
     * @return the answer
     */
    public static WireAnswer ok(String remark, String... values) {
        return new WireAnswer(0, "", List.of(values), remark);
    }

    /**
     * It was not done, for a reason of the wire's own.
     *
     * @param error why
     * @param remark a sentence for people
     * @param values what belongs to it
     * @return the answer
     */
    public static WireAnswer error(WireError error, String remark, String... values) {
        return new WireAnswer(error.number(), error.text(), List.of(values), remark);
    }

    /**
     * The kernel refused.
     *
     * @param error its error
     * @return the answer
     */
    public static WireAnswer of(KernelError error) {
        return error.failed()
                ? new WireAnswer(error.number(), error.code().text(), KernelErrorText.details(error), error.toString())
                : ok("");
    }

    /**
     * A load or store was refused.
     *
     * @param fault why
     * @return the answer
     */
    public static WireAnswer of(MemoryFault fault) {
        return error(
                WireError.MEMORY_FAULT,
                String.valueOf(fault.getMessage()),
                fault.reason().name(),
                WireNumbers.text(fault.address()));
    }

    /**
     * An allocator refused.
     *
     * @param error its error
     * @return the answer
     */
    public static WireAnswer of(VkaError error) {
        List<String> values = new ArrayList<>();
        KernelError kernel = error.kernel();
        InvocationKind invocation = error.invocation();
        if (kernel != null && invocation != null) {
            values.add(invocation.name());
            values.add(Integer.toString(kernel.number()));
            values.addAll(KernelErrorText.details(kernel));
        }
        return new WireAnswer(
                WireError.FIRST_OF_VKA + error.reason().ordinal(),
                error.reason().name(),
                values,
                error.message());
    }

    /**
     * Whether it was done.
     *
     * @return false for every error
     */
    public boolean isOk() {
        return number == 0;
    }

    /**
     * Whether it is one error.
     *
     * @param error which
     * @return true if it is
     */
    public boolean is(WireError error) {
        return number == error.number();
    }

    /**
     * A value that is a number.
     *
     * @param index which, from 0
     * @return the number
     * @throws WireException if there is no such value, or it is no number
     */
    public long value(int index) {
        return WireNumbers.parse(word(index));
    }

    /**
     * A value.
     *
     * @param index which, from 0
     * @return the word
     * @throws WireException if there is no such value
     */
    public String word(int index) {
        if (index >= values.size()) {
            throw new WireException("an answer with " + (index + 1) + " values is wanted, not '" + text() + "'");
        }
        return values.get(index);
    }

    /**
     * The line, without an id and without its end.
     *
     * @return for instance {@code error 10 NotEnoughMemory 0 # NotEnoughMemory (0 bytes left)}
     */
    public String text() {
        return text(true);
    }

    /**
     * The line, without an id and without its end.
     *
     * @param withRemark whether the remark is part of it
     * @return the text
     */
    public String text(boolean withRemark) {
        StringBuilder text = new StringBuilder(isOk() ? OK : ERROR);
        if (!isOk()) {
            text.append(' ').append(number).append(' ').append(name);
        }
        for (String value : values) {
            text.append(' ').append(value);
        }
        return withRemark && !remark.isEmpty()
                ? text.append(" # ").append(remark).toString()
                : text.toString();
    }

    /**
     * Reads a line without its id.
     *
     * @param line the line
     * @return the answer
     * @throws WireException if it is none
     */
    public static WireAnswer parse(String line) {
        int remark = line.indexOf('#');
        String said = remark < 0 ? line : line.substring(0, remark);
        String told = remark < 0 ? "" : line.substring(remark + 1).strip();
        List<String> words = List.of(said.strip().split(BLANKS));
        if (words.get(0).equals(OK)) {
            return new WireAnswer(0, "", words.subList(1, words.size()), told);
        }
        if (words.get(0).equals(ERROR) && words.size() > 2) {
            int number = WireNumbers.small(words.get(1), MOST_NUMBER);
            if (number > 0) {
                return new WireAnswer(number, words.get(2), words.subList(3, words.size()), told);
            }
        }
        throw new WireException("an answer is 'ok ...' or 'error NUMBER NAME ...', not '" + line + "'");
    }

    /** The kernel's error that it is; null if it is another one. */
    @Nullable
    KernelError kernelError() {
        if (isOk()) {
            return KernelError.NO_ERROR;
        }
        return number < KernelError.Code.values().length ? KernelErrorText.of(number, values) : null;
    }
}
