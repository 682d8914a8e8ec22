package org.allocman.vka;

/** Reasons of an enum as negative numbers, which stand in place of a result so that neither success nor refusal makes an object. */
public final class RefusalCode {
    private RefusalCode() {}

    /**
     * The number of a reason.
     *
     * @param reason why something was refused
     * @return -1 for the first reason of its enum, -2 for the second, and so on
     */
    public static int of(Enum<?> reason) {
        return -1 - reason.ordinal();
    }

    /**
     * The reason behind a number.
     *
     * @param <E> the enum
     * @param reasons all of its constants, in their order
     * @param code what an operation returned, a negative number
     * @return the reason
     * @throws IllegalArgumentException if no reason has that number
     */
    public static <E extends Enum<E>> E reason(E[] reasons, long code) {
        if (code >= 0 || code < -reasons.length) {
            throw new IllegalArgumentException(code + " is no refusal");
        }
        return reasons[(int) (-1 - code)];
    }
}
