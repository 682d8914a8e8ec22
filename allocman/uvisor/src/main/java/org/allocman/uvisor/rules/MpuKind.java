package org.allocman.uvisor.rules;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/** Kinds of memory protection unit, by the regions they can have. Addresses have 32 bits. */
public enum MpuKind {
    /** Of Cortex-M0+: as {@link #ARMV7M}, but from 256 bytes on (ARMv6-M Architecture Reference Manual, B3.5). */
    ARMV6M("armv6m", true, 256, 8),
    /** Powers of two from 32 bytes on, at a multiple of their size, in eight parts that can be switched off. */
    ARMV7M("armv7m", true, 32, 8),
    /** Any multiple of 32 bytes at a multiple of 32, whole. */
    ARMV8M("armv8m", false, 32, 8),
    /** NXP's own unit of the Kinetis family; its regions are those of {@link #ARMV8M}. */
    KINETIS("kinetis", false, 32, 12);

    /** The smallest region of any kind, and the grain of addresses where regions need not be powers of two. */
    public static final @Bytes long GRAIN = 32;

    /** The largest region, 2^29 bytes. */
    public static final @Bytes long LARGEST = 1L << 29;

    /** In place of an address: it cannot be rounded up within 32 bits, or the size is no region's. */
    public static final long NONE = -1;

    private static final long ADDRESSES = 1L << 32;

    private final String text;
    private final boolean hasEighths;
    private final long smallest;
    private final int usualRegions;

    MpuKind(String text, boolean hasEighths, long smallest, int usualRegions) {
        this.text = text;
        this.hasEighths = hasEighths;
        this.smallest = smallest;
        this.usualRegions = usualRegions;
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
     * Whether regions are cut into eight parts, and are powers of two.
     *
     * @return true for ARMv6-M and ARMv7-M
     */
    public boolean hasEighths() {
        return hasEighths;
    }

    /**
     * The smallest region.
     *
     * @return bytes, a multiple of {@link #GRAIN}
     */
    public @Bytes long smallest() {
        return smallest;
    }

    /**
     * How many regions a unit of the kind can have.
     *
     * @return the numbers, the smallest first
     */
    public List<Integer> regions() {
        return switch (this) {
            case ARMV6M -> List.of(8);
            case ARMV7M -> List.of(8, 16);
            case ARMV8M -> List.of(4, 8, 12, 16);
            case KINETIS -> List.of(8, 12, 16);
        };
    }

    /**
     * How many regions are taken if nothing says how many a unit has.
     *
     * @return 12 for the Kinetis family, as the K64's unit has, else 8
     */
    public int usualRegions() {
        return usualRegions;
    }

    /**
     * Whether a core with such a unit may show every bit of RAM and devices as a word, too (bit-bands of Cortex-M3 and M4).
     *
     * @return false for the kinds that those do not have
     */
    public boolean mayHaveBitBands() {
        return this == ARMV7M || this == KINETIS;
    }

    /**
     * Whether a region can have a size.
     *
     * @param bytes the size, 0 or more
     * @return true if it can
     */
    public boolean isRegionSize(@Bytes long bytes) {
        boolean fits = bytes >= smallest && bytes <= LARGEST;
        return fits && (hasEighths ? Long.bitCount(bytes) == 1 : bytes % GRAIN == 0);
    }

    /**
     * Which sizes regions have, as a sentence ends.
     *
     * @return for instance {@code a power of two from 256 bytes on}
     */
    public String sizes() {
        return hasEighths ? "a power of two from " + smallest + " bytes on" : "a multiple of " + GRAIN + " bytes";
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
        long to = hasEighths ? bytes : GRAIN;
        long rounded = (address + to - 1) / to * to;
        return rounded < ADDRESSES ? rounded : NONE;
    }
}
