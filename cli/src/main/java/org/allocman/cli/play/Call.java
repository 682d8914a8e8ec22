package org.allocman.cli.play;

import java.math.BigInteger;
import java.util.List;
import org.allocman.cli.frame.BadInputException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A call that a line makes: its word, and its arguments as numbers or as they are written. */
public final class Call {
    private final PlayLine line;
    private NamedValues names;

    Call(PlayLine line, NamedValues names) {
        this.line = line;
        this.names = names;
    }

    /**
     * What is called.
     *
     * @return one of the system's words
     */
    public String word() {
        return line.word();
    }

    /**
     * How many arguments there are.
     *
     * @return as many as the word's form allows
     */
    public int count() {
        return line.arguments().size();
    }

    /**
     * An argument as it is written.
     *
     * @param index 0 to count - 1
     * @return the text
     */
    public String text(int index) {
        return line.arguments().get(index);
    }

    /**
     * An argument that is a number.
     *
     * @param index 0 to count - 1
     * @return what the number or the name stands for, 64 bits
     * @throws BadInputException if it is neither
     */
    public long number(int index) throws BadInputException {
        return names.number(text(index));
    }

    /**
     * An argument that is a number, as it is written.
     *
     * @param index 0 to count - 1
     * @return -2^63 to 2^64 - 1
     * @throws BadInputException if it is none
     */
    public BigInteger exact(int index) throws BadInputException {
        return names.exact(text(index));
    }

    /**
     * An argument that is a small number, of a process for instance.
     *
     * @param index 0 to count - 1
     * @return the number; the largest or smallest of 32 bits if it is beyond them
     * @throws BadInputException if it is none
     */
    public int small(int index) throws BadInputException {
        return exact(index)
                .max(BigInteger.valueOf(Integer.MIN_VALUE))
                .min(BigInteger.valueOf(Integer.MAX_VALUE))
                .intValue();
    }

    /**
     * An argument that is a number and may be left out.
     *
     * @param index 0 or more
     * @param otherwise what it is if it is left out
     * @return the number
     * @throws BadInputException if it is there and none
     */
    public long number(int index, long otherwise) throws BadInputException {
        return index < count() ? number(index) : otherwise;
    }

    /**
     * Keeps a number that later calls want and users do not see; it is undone with the call.
     *
     * @param key several words, so that it is nobody's name
     * @param number the number
     */
    public void keep(String key, long number) {
        names = names.with(key, number);
    }

    /**
     * A number that was kept.
     *
     * @param key of {@link #keep}
     * @return the number, or null if none was kept
     */
    public @Nullable Long kept(String key) {
        return names.find(key);
    }

    /** NamedValues as they are behind the call. */
    NamedValues names() {
        return names;
    }

    /**
     * Says that an argument cannot be.
     *
     * @param index which
     * @param what what it should be, for instance {@code box}
     * @param words those there are
     * @return what to throw
     */
    public BadInputException noSuch(int index, String what, List<String> words) {
        return new BadInputException(
                "there is no " + what + " '" + text(index) + "'; there are " + String.join(", ", words));
    }
}
