package org.allocman.sim.boot;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * Physical addresses from {@code start} up to, but without, {@code end}.
 *
 * @param start first byte
 * @param end one past the last byte, not below {@code start}
 */
record Span(@PhysAddr long start, @PhysAddr long end) {
    Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException(
                    "no addresses from 0x" + Long.toHexString(start) + " up to 0x" + Long.toHexString(end));
        }
    }

    @Bytes
    long size() {
        return end - start;
    }

    boolean isEmpty() {
        return start == end;
    }

    @Override
    public String toString() {
        return "[0x" + Long.toHexString(start) + "..0x" + Long.toHexString(end) + ")";
    }
}
