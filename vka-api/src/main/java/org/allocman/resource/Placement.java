package org.allocman.resource;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * Where memory may be. Addresses are compared unsigned. A value is made once and used for many requests.
 *
 * @param lowest the lowest address that any byte may have
 * @param highest the highest address that any byte may have
 * @param alignment what the address of the first byte is a multiple of, a power of two
 */
public record Placement(
        @PhysAddr long lowest,
        @PhysAddr long highest,
        @Bytes long alignment) {
    /** Any memory will do. */
    public static final Placement ANYWHERE = new Placement(0, -1, 1);

    /**
     * Checks the alignment.
     *
     * @param lowest the lowest address that any byte may have
     * @param highest the highest address that any byte may have
     * @param alignment what the address of the first byte is a multiple of, a power of two
     * @throws IllegalArgumentException if it is no power of two
     */
    public Placement {
        if (Long.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("an alignment is a power of two, not " + alignment);
        }
    }

    /**
     * Memory below an address, for instance below 4 GiB.
     *
     * @param end the first address that is too high, not 0
     * @return the placement
     */
    public static Placement below(@PhysAddr long end) {
        return new Placement(0, end - 1, 1);
    }

    /**
     * The same with another alignment.
     *
     * @param bytes what the address of the first byte is to be a multiple of, a power of two
     * @return the placement
     */
    public Placement aligned(@Bytes long bytes) {
        return new Placement(lowest, highest, bytes);
    }

    /**
     * Whether a piece of memory may be used.
     *
     * @param start its first byte
     * @param bytes how large it is, 1 or more
     * @return true if all of it is where it may be
     */
    public boolean allows(@PhysAddr long start, @Bytes long bytes) {
        return (start & alignment - 1) == 0
                && Long.compareUnsigned(start, lowest) >= 0
                && Long.compareUnsigned(start, highest) <= 0
                && Long.compareUnsigned(bytes - 1, highest - start) <= 0;
    }
}
