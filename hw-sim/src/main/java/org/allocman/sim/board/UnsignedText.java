package org.allocman.sim.board;

import java.math.BigInteger;

/** Numbers of 64 bits without a sign, as text. What the JDK has for it is not there where this code runs in a page. */
public final class UnsignedText {
    private UnsignedText() {}

    /**
     * Reads a number.
     *
     * @param digits one digit or more, and nothing else
     * @param radix 2 to 36
     * @return the number
     * @throws NumberFormatException if it is none, or has more than 64 bits
     */
    public static long parse(String digits, int radix) {
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), radix) < 0) {
                throw new NumberFormatException(digits);
            }
        }
        BigInteger number = new BigInteger(digits, radix);
        if (number.bitLength() > Long.SIZE) {
            throw new NumberFormatException(digits);
        }
        return number.longValue();
    }
}
