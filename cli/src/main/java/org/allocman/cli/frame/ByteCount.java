package org.allocman.cli.frame;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as people type it: {@code 65536}, {@code 0x10000}, {@code 64K}, {@code 64KiB}, {@code 1M}. */
public final class ByteCount implements ITypeConverter<Long> {
    private static final Pattern FORM =
            Pattern.compile("(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,19})\\s*(?:([kKmMgGtT])(?:i?[bB])?|[bB])?");
    private static final String UNITS = "KMGT";

    /** Makes a converter; picocli calls it. */
    public ByteCount() {}

    @Override
    public Long convert(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a number of bytes, like 65536, 0x10000, 64K or 1M");
        }
        String digits = matcher.group(1) + "";
        @Nullable String unit = matcher.group(2);
        int shift = unit == null ? 0 : 10 * (1 + UNITS.indexOf(unit.toUpperCase(Locale.ROOT)));
        try {
            long number = Long.decode(digits.startsWith("0x") || digits.startsWith("0X") ? digits : stripZeros(digits));
            if (number <= Long.MAX_VALUE >> shift) {
                return number << shift;
            }
        } catch (NumberFormatException tooLarge) {
            // falls through to the message below
        }
        throw new TypeConversionException("'" + text + "' is more than 2^63 - 1 bytes");
    }

    // Long.decode takes a leading zero for octal.
    private static String stripZeros(String digits) {
        return digits.replaceFirst("^0+(?=.)", "");
    }
}
