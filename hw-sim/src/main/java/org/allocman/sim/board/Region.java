package org.allocman.sim.board;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * A stretch of physical addresses.
 *
 * @param name what the description calls it, for instance {@code memory} or {@code uart}
 * @param kind what is there
 * @param start first byte
 * @param size length in bytes, at least 1; {@code start + size} is at most 2^52
 */
public record Region(
        String name, Kind kind, @PhysAddr long start, @Bytes long size) {
    /** What can be at an address. */
    public enum Kind {
        /** Memory for the kernel to hand out. */
        RAM,
        /** Memory that firmware or the description keeps from the kernel; the root task sees it as device memory. */
        RESERVED,
        /** A device that the root task may have. */
        DEVICE,
        /** A device that the kernel drives itself and hands to nobody: interrupt controllers and timers. */
        KERNEL_DEVICE
    }

    /** No board has anything at or above this physical address, 2^52. */
    public static final @PhysAddr long ADDRESS_LIMIT = 1L << 52;

    /**
     * Checks the bounds.
     *
     * @param name what the description calls it, for instance {@code memory} or {@code uart}
     * @param kind what is there
     * @param start first byte
     * @param size length in bytes, at least 1; {@code start + size} is at most 2^52
     */
    public Region {
        if (size < 1 || !fits(start, size)) {
            throw new IllegalArgumentException("region " + name + " at 0x" + Long.toHexString(start) + " with 0x"
                    + Long.toHexString(size) + " bytes does not fit below 2^52");
        }
    }

    /**
     * One past the last byte.
     *
     * @return a physical address, at most 2^52
     */
    public @PhysAddr long end() {
        return start + size;
    }

    /** Whether so many bytes from there stay below the limit; both numbers may be anything. */
    static boolean fits(long start, long size) {
        return start >= 0 && start <= ADDRESS_LIMIT && size >= 0 && size <= ADDRESS_LIMIT - start;
    }
}
