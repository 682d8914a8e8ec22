package org.allocman.sim.board;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The microcontroller's core that a description names.
 *
 * @param name as the description has it, for instance {@code CM33}; empty if it names none
 * @param hasMpu false if the description says that there is no MPU
 */
public record BoardCore(String name, boolean hasMpu) {
    /** No core is named. */
    public static final BoardCore UNKNOWN = new BoardCore("", true);

    private static final Pattern V8 = Pattern.compile("CM(23|33|35|52|55|85).*|ARMV8.*|STAR-?MC.*");
    private static final Pattern V6 = Pattern.compile("CM[01]([^0-9].*)?|SC000|ARMV6-?M.*");

    /** The architectures of microcontrollers, which have different rules for the regions of an MPU. */
    public enum Rules {
        /** ARMv6-M: regions of 256 bytes or more. */
        ARMV6M,
        /** ARMv7-M: regions of powers of two. */
        ARMV7M,
        /** ARMv8-M: regions of multiples of 32 bytes. */
        ARMV8M
    }

    /**
     * The rules that the core's name tells.
     *
     * @return those of ARMv7-M if the name tells none
     */
    public Rules rules() {
        String known = SvdProcessor.shortName(name).toUpperCase(Locale.ROOT);
        if (V8.matcher(known).matches()) {
            return Rules.ARMV8M;
        }
        return V6.matcher(known).matches() ? Rules.ARMV6M : Rules.ARMV7M;
    }
}
