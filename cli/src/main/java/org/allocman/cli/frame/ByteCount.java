package org.allocman.cli.frame;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as people type it: {@code 65536}, {@code 0x10000}, {@code 64K}, {@code 64KiB}, {@code 1M}. */
public final class ByteCount implements ITypeConverter<Long> {
    private static final Pattern FORM =
            Pattern.compile("(0[xX][0-9a-fA-F]{1,40}|[0-9]{1,40})\\s*(?:([kKmMgGtT])(?:i?[bB])?|[bB])?");
    private static final String UNITS = "KMGT";
    private static final int HEXADECIMAL = 16;
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    /** Makes a converter; picocli calls it. */
    public ByteCount() {}

    @Override
    public Long convert(String text) {
        BigInteger number = exact(text);
        if (number.compareTo(MOST) > 0) {
            throw new TypeConversionException("'" + text + "' is more than 2^63 - 1 bytes");
        }
        return number.longValue();
    }

    /**
     * Reads a number that may be larger than any there is.
     *
     * @param text as people type it
     * @return the number, 0 or more
     * @throws TypeConversionException if it is none
     */
    public static BigInteger exact(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a number of bytes, like 65536, 0x10000, 64K or 1M");
        }
        String digits = (matcher.group(1) + "").toLowerCase(Locale.ROOT);
        @Nullable String unit = matcher.group(2);
        int shift = unit == null ? 0 : 10 * (1 + UNITS.indexOf(unit.toUpperCase(Locale.ROOT)));
        BigInteger number =
                digits.startsWith("0x") ? new BigInteger(digits.substring(2), HEXADECIMAL) : new BigInteger(digits);
        return number.shiftLeft(shift);
    }
}
