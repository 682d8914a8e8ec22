package org.allocman.sim.board;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The microcontroller's core that a description names, and its MPU.
 *
 * @param name as the description has it, for instance {@code CM33}; empty if it names none
 * @param rules what the MPU's regions can be
 * @param mpuRegions how many regions the MPU has; {@link #NO_MPU} if there is none, {@link #NOT_SAID} if the description does
 *     not say
 */
public record BoardCore(String name, Rules rules, int mpuRegions) {
    /** In place of a number of regions: the description does not say. */
    public static final int NOT_SAID = -1;

    /** In place of a number of regions: there is no MPU. */
    public static final int NO_MPU = 0;

    /** The most regions of an MPU. */
    public static final int MOST_REGIONS = 16;

    private static final Pattern V8 = Pattern.compile("CM(23|33|35|52|55|85).*|ARMV8.*|STAR-?MC.*");
    private static final Pattern V6 = Pattern.compile("CM[01]([^0-9].*)?|SC000|ARMV6-?M.*");
    private static final Pattern BIT_BANDS = Pattern.compile("CM[34]([^0-9].*)?|SC300|ARMV7-?M.*");
    private static final Pattern WITHOUT = Pattern.compile("CM[01]");

    /** No core is named. */
    public static final BoardCore UNKNOWN = of("", NOT_SAID);

    /** Kinds of MPU, which have different rules for their regions. */
    public enum Rules {
        /** ARMv6-M: powers of two, 256 bytes or more. */
        ARMV6M,
        /** ARMv7-M: powers of two. */
        ARMV7M,
        /** ARMv8-M: multiples of 32 bytes. */
        ARMV8M,
        /** NXP's own unit of the Kinetis family: multiples of 32 bytes. */
        KINETIS;

        /**
         * The word for it in descriptions.
         *
         * @return for instance {@code armv7m}
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A core whose name tells the rules; those of ARMv7-M if it tells none.
     *
     * @param name as the description has it; empty if it names none
     * @param mpuRegions how many regions the MPU has
     * @return the core
     */
    public static BoardCore of(String name, int mpuRegions) {
        String known = shortName(name);
        Rules rules =
                V8.matcher(known).matches() ? Rules.ARMV8M : V6.matcher(known).matches() ? Rules.ARMV6M : Rules.ARMV7M;
        return new BoardCore(name, rules, mpuRegions);
    }

    /** Whether it is a Cortex-M0 or M1, for which Arm has no MPU. */
    static boolean isOneWithoutMpu(String name) {
        return WITHOUT.matcher(shortName(name)).matches();
    }

    private static String shortName(String name) {
        return SvdProcessor.shortName(name).toUpperCase(Locale.ROOT);
    }

    /**
     * Whether the core may have bit-bands, as Cortex-M3 and M4 mostly do.
     *
     * @return false if the core is named and is another
     */
    public boolean mayHaveBitBands() {
        return name.isEmpty() || BIT_BANDS.matcher(shortName(name)).matches();
    }

    /**
     * Whether there may be an MPU.
     *
     * @return false if the description says that there is none
     */
    public boolean hasMpu() {
        return mpuRegions != NO_MPU;
    }
}
