package org.allocman.xous;

import static org.allocman.vka.PageSize.PAGE;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.KernelArguments;
import org.allocman.vka.args.NamedRange;

/**
 * The pages that there are: RAM first, then the other ranges in their order, numbered through. An address outside is
 * refused before anything else happens, so tables have a fixed size, and memory that answers at a second address cannot
 * be had twice.
 */
public final class Whitelist {
    private final NamedRange[] ranges;
    private final long[] firstPages;
    private final int[] byAddress;
    private final long pages;

    /**
     * Memory that answers at a second address.
     *
     * @param start first byte of the second appearance
     * @param original first byte of the first one
     * @param bytes length
     */
    public record Mirror(
            @PhysAddr long start,
            @PhysAddr long original,
            @Bytes long bytes) {}

    private Whitelist(List<NamedRange> list) {
        int count = list.size();
        this.ranges = list.toArray(new NamedRange[0]);
        this.firstPages = new long[count];
        this.byAddress = new int[count];
        long sum = 0;
        for (int i = 0; i < count; i++) {
            firstPages[i] = sum;
            sum += ranges[i].pages();
            int place = i;
            while (place > 0 && ranges[byAddress[place - 1]].start() > ranges[i].start()) {
                byAddress[place] = byAddress[place - 1];
                place--;
            }
            byAddress[place] = i;
        }
        this.pages = sum;
    }

    /**
     * Makes a whitelist.
     *
     * @param ranges RAM first; a range that ends within a page has the whole page
     * @param mirrors second addresses that the board is known to answer at; none of them may be listed
     * @param end one past the last physical address, for instance {@link KernelArguments#END}
     * @return the whitelist
     * @throws ArgumentsException if a range is empty, misaligned, wraps, overlaps another, or is a mirror
     */
    public static Whitelist of(List<NamedRange> ranges, List<Mirror> mirrors, @PhysAddr long end)
            throws ArgumentsException {
        KernelArguments.check(ranges, end);
        for (int i = 0; i < ranges.size(); i++) {
            NamedRange range = ranges.get(i);
            for (Mirror mirror : mirrors) {
                if (range.start() < mirror.start + mirror.bytes && mirror.start < range.end()) {
                    throw new ArgumentsException(
                            "range " + (i + 1),
                            range + " is the memory at 0x" + Long.toHexString(mirror.original)
                                    + " seen a second time; two owners could share it");
                }
            }
        }
        return new Whitelist(ranges);
    }

    /**
     * How many pages there are.
     *
     * @return 1 or more
     */
    public long pages() {
        return pages;
    }

    /**
     * How many of them are RAM; those come first.
     *
     * @return 1 or more
     */
    public long ramPages() {
        return ranges[0].pages();
    }

    /**
     * The page at an address.
     *
     * @param address any number
     * @return its number, 0 or more; negative if the address is not listed
     */
    public long pageAt(@PhysAddr long address) {
        int low = 0;
        int high = byAddress.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int index = byAddress[middle];
            NamedRange range = ranges[index];
            if (address < range.start()) {
                high = middle - 1;
            } else if (address >= range.end()) {
                low = middle + 1;
            } else {
                return firstPages[index] + (address - range.start()) / PAGE;
            }
        }
        return -1;
    }

    /**
     * Where a page is.
     *
     * @param page 0 to {@link #pages()} - 1
     * @return the physical address of its first byte
     */
    public @PhysAddr long address(long page) {
        int index = rangeOf(page);
        return ranges[index].start() + (page - firstPages[index]) * PAGE;
    }

    /**
     * The range that a page is in.
     *
     * @param page 0 to {@link #pages()} - 1
     * @return its index, 0 for RAM
     */
    public int rangeOf(long page) {
        int low = 0;
        int high = firstPages.length - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (firstPages[middle] <= page) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /**
     * How many ranges there are.
     *
     * @return 1 or more
     */
    public int rangeCount() {
        return ranges.length;
    }

    /**
     * A range.
     *
     * @param index 0 to {@link #rangeCount()} - 1, 0 for RAM
     * @return the range
     */
    public NamedRange range(int index) {
        return ranges[index];
    }

    /**
     * The number of a range's first page.
     *
     * @param index 0 to {@link #rangeCount()} - 1
     * @return the page
     */
    public long firstPage(int index) {
        return firstPages[index];
    }
}
