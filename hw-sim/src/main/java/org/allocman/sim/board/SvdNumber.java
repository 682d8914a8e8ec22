package org.allocman.sim.board;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as CMSIS-SVD writes them ({@code scaledNonNegativeInteger}): decimal, 0x hex or # binary, and k, m, g, t. */
final class SvdNumber {
    private static final Pattern NUMBER =
            Pattern.compile("\\+?(?:0[xX]0*([0-9a-fA-F]{1,16})|#0*([01]{1,63})|0*([0-9]{1,18}))([kmgtKMGT]?)");
    private static final String UNITS = "kmgt";

    private SvdNumber() {}

    /**
     * Reads a number.
     *
     * @throws NumberFormatException with a sentence on what is wrong, if it is none or goes beyond 2^52
     */
    static long parse(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        if (!matcher.matches()) {
            throw new NumberFormatException(RegionNames.quoted(text.strip()) + " is no number");
        }
        String hex = matcher.group(1);
        String binary = matcher.group(2);
        long value = hex != null
                ? Long.parseUnsignedLong(hex, 16)
                : binary != null ? Long.parseLong(binary, 2) : Long.parseLong(String.valueOf(matcher.group(3)));
        String unit = String.valueOf(matcher.group(4)).toLowerCase(Locale.ROOT);
        int shift = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
        if (Long.compareUnsigned(value, Region.ADDRESS_LIMIT >>> shift) > 0) {
            throw new NumberFormatException(RegionNames.quoted(text.strip()) + " is more than 2^52");
        }
        return value << shift;
    }
}
