package org.allocman.uvisor;

import static org.allocman.uvisor.rules.Halt.hex;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.allocman.qual.PhysAddr;

/**
 * Addresses of 32 bits, for instance those of a device.
 *
 * @param start the first
 * @param end one past the last, more than the first
 */
public record AddressRange(@PhysAddr long start, @PhysAddr long end) {
    /**
     * Whether two ranges have an address in common.
     *
     * @param other the other
     * @return true if they have
     */
    public boolean overlaps(AddressRange other) {
        return start < other.end && other.start < end;
    }

    /**
     * The first of these addresses that is in none of some ranges.
     *
     * @param ranges in any order, and they may overlap
     * @return the address, or {@link #end} if all are in one
     */
    @PhysAddr
    long firstOutside(List<AddressRange> ranges) {
        List<AddressRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(AddressRange::start));
        long at = start;
        for (AddressRange range : sorted) {
            if (range.start <= at && at < range.end) {
                at = range.end;
            }
        }
        return Math.min(at, end);
    }

    @Override
    public String toString() {
        return hex(start) + " to " + hex(end - 1);
    }
}
