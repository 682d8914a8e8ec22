package org.allocman.uvisor.box;

import org.allocman.uvisor.rules.MpuKind;

/**
 * A box in two regions of an MPU without eighths: the stack, then the data, with bands before, between and behind that belong
 * to no region, so that a stack that is too deep faults.
 */
final class BandsLayout {
    private static final long BAND = 128;

    private BandsLayout() {}

    /** Where the first box may begin. */
    static long first(long from) {
        return round(from) + BAND;
    }

    /** Places a box from an address that {@link #first} or another box's region answered. */
    static BoxRegion place(int box, BoxSizes sizes, long from) {
        long stack = round(Math.max(sizes.stack(), BoxSizes.LEAST_STACK));
        long top = from + stack;
        long dataBytes = round(sizes.data());
        long data = dataBytes == 0 ? 0 : top + BAND;
        long end = dataBytes == 0 ? top : data + dataBytes;
        return new BoxRegion(box, from, end - from, data, dataBytes, from, top, 0, end + BAND);
    }

    private static long round(long bytes) {
        return (bytes + MpuKind.GRAIN - 1) / MpuKind.GRAIN * MpuKind.GRAIN;
    }
}
