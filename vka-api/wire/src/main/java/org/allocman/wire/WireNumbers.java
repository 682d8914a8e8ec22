package org.allocman.wire;

/** Numbers as lines have them: 64 bits without a sign, small ones in decimal and large ones in hexadecimal. */
public final class WireNumbers {
    private static final long SHORT = 4096;
    private static final int HEX = 16;
    private static final String PREFIX = "0x";

    private WireNumbers() {}

    /**
     * Writes a number.
     *
     * @param number the number
     * @return for instance {@code 17} or {@code 0x40000000}
     */
    public static String text(long number) {
        return Long.compareUnsigned(number, SHORT) < 0 ? Long.toString(number) : PREFIX + Long.toHexString(number);
    }

    /**
     * Reads a number.
     *
     * @param text decimal digits, or {@code 0x} and hexadecimal ones
     * @return the number
     * @throws WireException if it is none of at most 64 bits
     */
    public static long parse(String text) {
        try {
            return text.startsWith(PREFIX)
                    ? Long.parseUnsignedLong(text.substring(PREFIX.length()), HEX)
                    : Long.parseUnsignedLong(text);
        } catch (NumberFormatException noNumber) {
            throw new WireException("'" + text + "' is no number of at most 64 bits (decimal or 0x..)");
        }
    }

    /**
     * Reads a number that is small.
     *
     * @param text decimal digits, or {@code 0x} and hexadecimal ones
     * @param most the greatest that makes sense
     * @return the number
     * @throws WireException if it is none from 0 to {@code most}
     */
    public static int small(String text, int most) {
        long number = parse(text);
        if (number < 0 || number > most) {
            throw new WireException("'" + text + "' is not from 0 to " + most);
        }
        return (int) number;
    }
}
