package org.allocman.sim.board;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses and sizes as text: {@code 4096}, {@code 0x1000} or {@code 4KiB}. */
final class AddressText {
    private static final Pattern NUMBER = Pattern.compile("(?:0[xX]([0-9a-fA-F]{1,16})|([0-9]{1,18})) ?([KMGT]iB)?");
    private static final String UNITS = "KMGT";

    private AddressText() {}

    /**
     * Reads a number.
     *
     * @throws NumberFormatException with a sentence on what is wrong, if it is none or goes beyond 2^52
     */
    static long parse(String text) {
        return parse(text, Region.ADDRESS_LIMIT);
    }

    /** The same for a number up to a limit, which is a power of two. */
    static long parse(String text, long limit) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            throw new NumberFormatException(
                    RegionNames.quoted(text) + " is no number of bytes such as 4096, 0x1000, 4KiB or 1GiB");
        }
        String hex = matcher.group(1);
        String decimal = matcher.group(2);
        String unit = matcher.group(3);
        long value = hex != null ? UnsignedText.parse(hex, 16) : decimal != null ? Long.parseLong(decimal) : 0;
        int shift = unit == null ? 0 : 10 * (UNITS.indexOf(unit.charAt(0)) + 1);
        if (Long.compareUnsigned(value, limit >>> shift) > 0) {
            throw new NumberFormatException(
                    RegionNames.quoted(text) + " is more than 2^" + Long.numberOfTrailingZeros(limit));
        }
        return value << shift;
    }

    static String address(long address) {
        return "0x" + Long.toHexString(address);
    }

    /** A size in the largest unit that divides it; in hexadecimal if that would be plain bytes. */
    static String size(long bytes) {
        for (int unit = UNITS.length(); unit >= 1; unit--) {
            if (bytes != 0 && (bytes & (1L << 10 * unit) - 1) == 0) {
                return String.format(Locale.ROOT, "%d%ciB", bytes >>> 10 * unit, UNITS.charAt(unit - 1));
            }
        }
        return address(bytes);
    }
}
