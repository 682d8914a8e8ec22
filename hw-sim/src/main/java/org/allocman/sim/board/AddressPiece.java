package org.allocman.sim.board;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Addresses from {@code start} up to and with {@code last}, both unsigned: up to the very last one of 2^64. Descriptions
 * say a start and a size; a size that leads beyond the last address leads to it.
 */
record AddressPiece(long start, long last) {
    /** The piece of so many bytes, at least 1; both numbers are unsigned and may be anything. */
    static AddressPiece of(long start, long size) {
        long last = start + size - 1;
        return new AddressPiece(start, Long.compareUnsigned(last, start) < 0 ? -1 : last);
    }

    /** What of it lies in another piece; null if nothing. */
    @Nullable
    AddressPiece in(AddressPiece other) {
        long from = Long.compareUnsigned(start, other.start) < 0 ? other.start : start;
        long to = Long.compareUnsigned(last, other.last) < 0 ? last : other.last;
        return Long.compareUnsigned(from, to) <= 0 ? new AddressPiece(from, to) : null;
    }

    /** The same addresses on another bus, where the first is {@code elsewhere}. */
    AddressPiece movedTo(long elsewhere) {
        return new AddressPiece(elsewhere, elsewhere + (last - start));
    }

    /** Whether another piece begins right behind this one. */
    boolean isFollowedBy(AddressPiece next) {
        return last != -1 && next.start == last + 1;
    }

    /** How many bytes, at most 2^63 - 1 of them. */
    long bytes() {
        long lessOne = last - start;
        return lessOne < 0 || lessOne == Long.MAX_VALUE ? Long.MAX_VALUE : lessOne + 1;
    }

    /** It, but no longer than another one. */
    AddressPiece noLongerThan(AddressPiece other) {
        return Long.compareUnsigned(last - start, other.last - other.start) <= 0
                ? this
                : new AddressPiece(start, start + (other.last - other.start));
    }

    /** Its first bytes, at most so many. */
    AddressPiece first(long bytes) {
        return Long.compareUnsigned(last - start, bytes - 1) <= 0 ? this : new AddressPiece(start, start + bytes - 1);
    }
}
