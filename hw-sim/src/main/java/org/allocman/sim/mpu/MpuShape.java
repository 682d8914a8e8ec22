package org.allocman.sim.mpu;

import org.allocman.qual.Bytes;

/**
 * What the regions of a unit can be, and how many there are.
 *
 * @param hasEighths whether they are powers of two in eight parts, as those of Armv6-M and Armv7-M, and not multiples of 32 bytes
 * @param smallest the size of the smallest, in bytes: 256 on Armv6-M, 32 on all others
 * @param regions how many there are, 1 to {@link #MOST_REGIONS}
 */
public record MpuShape(boolean hasEighths, @Bytes long smallest, int regions) {
    /** The most regions of a unit. */
    public static final int MOST_REGIONS = 16;

    /** Eight regions as Armv7-M has them. */
    public static final MpuShape ARMV7M = new MpuShape(true, 32, 8);

    /** Eight regions as Armv8-M has them. */
    public static final MpuShape ARMV8M = new MpuShape(false, 32, 8);

    /**
     * Checks the number of regions.
     *
     * @param hasEighths whether they are powers of two in eight parts
     * @param smallest the size of the smallest, in bytes
     * @param regions how many there are, 1 to {@link #MOST_REGIONS}
     */
    public MpuShape {
        if (regions < 1 || regions > MOST_REGIONS) {
            throw new IllegalArgumentException("an MPU has 1 to " + MOST_REGIONS + " regions, not " + regions);
        }
    }
}
