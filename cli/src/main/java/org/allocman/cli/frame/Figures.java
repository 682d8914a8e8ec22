package org.allocman.cli.frame;

import java.util.Locale;
import org.allocman.qual.Bytes;
import org.allocman.qual.SizeBits;

/** Addresses, sizes and counts as people read them. */
public final class Figures {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int UNIT_BITS = 10;

    private Figures() {}

    /**
     * An address.
     *
     * @param address unsigned
     * @return for instance {@code 0x40000000}
     */
    public static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    /**
     * A size in the largest unit that fits.
     *
     * @param bytes how many, 0 or more
     * @return for instance {@code 64 KiB} or {@code 1.5 GiB}; with a {@code ~} in front if it is rounded
     */
    public static String size(@Bytes long bytes) {
        int unit = bytes <= 0 ? 0 : (Long.SIZE - 1 - Long.numberOfLeadingZeros(bytes)) / UNIT_BITS;
        long one = 1L << unit * UNIT_BITS;
        if (bytes % one == 0) {
            return bytes / one + " " + UNITS[unit];
        }
        String number = String.format(Locale.ROOT, "%.1f", (double) bytes / one);
        if (number.equals("1024.0")) {
            return "~1 " + UNITS[unit + 1];
        }
        boolean isTenths = bytes % one * 5 % (one / 2) == 0;
        return (isTenths ? "" : "~") + number + " " + UNITS[unit];
    }

    /**
     * A size that is a power of two.
     *
     * @param sizeBits its binary logarithm, 0 to 62
     * @return for instance {@code 4 KiB}
     */
    public static String sizeOfBits(@SizeBits int sizeBits) {
        return (1L << sizeBits % UNIT_BITS) + " " + UNITS[sizeBits / UNIT_BITS];
    }

    /**
     * A number of things, with a comma every three digits.
     *
     * @param number how many
     * @return for instance {@code 10,000}
     */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /**
     * A number of things and their name.
     *
     * @param number how many
     * @param one what one of them is called
     * @return for instance {@code 1 untyped} or {@code 12 untypeds}
     */
    public static String count(long number, String one) {
        return count(number) + " " + (number == 1 ? one : plural(one));
    }

    /**
     * What several things are called.
     *
     * @param one what one of them is called, with a regular plural
     * @return for instance {@code pages} or {@code boxes}
     */
    public static String plural(String one) {
        boolean hisses = one.endsWith("s") || one.endsWith("x") || one.endsWith("ch") || one.endsWith("sh");
        return one + (hisses ? "es" : "s");
    }
}
