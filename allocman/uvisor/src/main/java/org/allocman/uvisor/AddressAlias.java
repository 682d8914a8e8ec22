package org.allocman.uvisor;

import java.util.List;
import org.allocman.qual.PhysAddr;

/**
 * Addresses at which something is seen that lies elsewhere: who may reach them reaches that.
 *
 * @param range the addresses
 * @param original the first byte of what is seen there
 * @param scale how many bytes of the range show one byte of it: 1 if it is simply there once more
 */
public record AddressAlias(AddressRange range, @PhysAddr long original, int scale) {
    /** A word of 32 bits for every bit. */
    private static final int BIT_BAND_SCALE = 32;

    /** What a Cortex-M3 or M4 with bit-bands has: each bit of a MiB of RAM and of a MiB of devices as a word (ARMv7-M, B3.1). */
    public static final List<AddressAlias> BIT_BANDS = List.of(
            new AddressAlias(new AddressRange(0x2200_0000L, 0x2400_0000L), 0x2000_0000L, BIT_BAND_SCALE),
            new AddressAlias(new AddressRange(0x4200_0000L, 0x4400_0000L), 0x4000_0000L, BIT_BAND_SCALE));

    /**
     * What some of the addresses show.
     *
     * @param some addresses that overlap {@link #range}
     * @return the bytes of which they show something
     */
    AddressRange shownAt(AddressRange some) {
        long from = Math.max(some.start(), range.start()) - range.start();
        long to = Math.min(some.end(), range.end()) - range.start();
        return new AddressRange(original + from / scale, original + (to + scale - 1) / scale);
    }

    /** What is there, as a sentence goes on. */
    String text(AddressRange some) {
        return scale == 1
                ? "where the board shows " + shownAt(some) + " once more"
                : "where the core shows the bits of " + shownAt(some) + " (bit-band)";
    }
}
