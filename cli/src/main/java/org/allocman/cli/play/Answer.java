package org.allocman.cli.play;

import java.util.Optional;
import org.allocman.cli.frame.Figures;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What came of a call.
 *
 * @param text as it is printed, and as a script can expect it
 * @param isDone whether the call was not refused
 * @param number what a name of the call stands for, and what a script can expect by any name or number; null if there is none
 */
public record Answer(String text, boolean isDone, @Nullable Long number) {
    /** What is expected of a call that answers nothing, or whose answer does not matter. */
    static final String OK = "ok";

    /** What an access is that is denied. */
    static final String FAULT = "FAULT";

    /** What a line comes to that wants what a call before it did not give, because that was refused. */
    static final String SKIPPED = "SKIPPED";

    /** What is between them that not all laws hold. */
    static final String BROKEN = "BROKEN";

    /**
     * A call that has nothing to answer.
     *
     * @return done
     */
    public static Answer ok() {
        return new Answer(OK, true, null);
    }

    /**
     * A call that answers an address.
     *
     * @param address the address
     * @return done, printed in hexadecimal
     */
    public static Answer address(long address) {
        return new Answer(Figures.hex(address), true, address);
    }

    /**
     * A call that answers a number.
     *
     * @param number the number
     * @return done, printed in decimal
     */
    public static Answer number(long number) {
        return new Answer(Long.toString(number), true, number);
    }

    /**
     * A call that answers somebody or something with a number.
     *
     * @param what in words, for instance {@code thread 3}
     * @param number the number
     * @return done
     */
    public static Answer named(String what, long number) {
        return new Answer(what, true, number);
    }

    /**
     * A call that was refused.
     *
     * @param error the refusal's name
     * @return not done
     */
    public static Answer refused(String error) {
        return new Answer(error, false, null);
    }

    /**
     * A call that answers no more than an error, or none.
     *
     * @param error the refusal's name, or nothing
     * @return done if there is no error
     */
    public static Answer of(Optional<String> error) {
        return error.map(Answer::refused).orElseGet(Answer::ok);
    }
}
