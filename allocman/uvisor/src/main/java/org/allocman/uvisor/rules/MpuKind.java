package org.allocman.uvisor.rules;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/** Kinds of memory protection unit, by the regions they can have. Addresses have 32 bits. */
public enum MpuKind {
    /** Powers of two from 32 bytes on, at a multiple of their size, in eight parts that can be switched off. */
    ARMV7M("armv7m"),
    /** Any multiple of 32 bytes at a multiple of 32, whole. */
    ARMV8M("armv8m"),
    /** NXP's own unit of the Kinetis family; its regions are those of {@link #ARMV8M}. */
    KINETIS("kinetis");

    /** The smallest region, and the grain of addresses where regions need not be powers of two. */
    public static final @Bytes long GRAIN = 32;

    /** The largest region, 2^29 bytes. */
    public static final @Bytes long LARGEST = 1L << 29;

    /** In place of an address: it cannot be rounded up within 32 bits, or the size is no region's. */
    public static final long NONE = -1;

    private static final long ADDRESSES = 1L << 32;

    private final String text;

    MpuKind(String text) {
        this.text = text;
    }

    /**
     * The name in recordings and configurations.
     *
     * @return for instance {@code armv7m}
     */
    public String text() {
        return text;
    }

    /**
     * Whether regions are cut into eight parts.
     *
     * @return true for ARMv7-M
     */
    public boolean hasEighths() {
        return this == ARMV7M;
    }

    /**
     * Whether a region can have a size.
     *
     * @param bytes the size, 0 or more
     * @return true if it can
     */
    public boolean isRegionSize(@Bytes long bytes) {
        boolean fits = bytes >= GRAIN && bytes <= LARGEST;
        return fits && (this == ARMV7M ? Long.bitCount(bytes) == 1 : bytes % GRAIN == 0);
    }

    /**
     * The first address at or behind another at which a region may begin.
     *
     * @param address 32 bits, unsigned
     * @param bytes the region's size
     * @return the address, or {@link #NONE}
     */
    public long roundUp(@PhysAddr long address, @Bytes long bytes) {
        if (!isRegionSize(bytes)) {
            return NONE;
        }
        long to = this == ARMV7M ? bytes : GRAIN;
        long rounded = (address + to - 1) / to * to;
        return rounded < ADDRESSES ? rounded : NONE;
    }
}
