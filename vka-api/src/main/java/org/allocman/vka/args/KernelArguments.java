package org.allocman.vka.args;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.allocman.qual.PhysAddr;

/**
 * What the kernel arguments of Xous say: the ranges of memory, RAM first, and other tags as they are.
 *
 * @param ranges RAM, then the others in the order in which Xous searches them; never empty
 * @param others tags that say nothing of memory, in their order
 */
public record KernelArguments(List<NamedRange> ranges, List<ArgumentTag> others) {
    /** One past the last address that arguments can name, 2^32. */
    public static final @PhysAddr long END = 1L << 32;

    /**
     * Keeps copies of the lists.
     *
     * @param ranges RAM, then the others in the order in which Xous searches them; never empty
     * @param others tags that say nothing of memory, in their order
     * @throws IllegalArgumentException if there is no range; {@link #check} tells what else may be wrong
     */
    public KernelArguments {
        ranges = List.copyOf(ranges);
        others = List.copyOf(others);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("arguments name RAM at least");
        }
    }

    /**
     * The memory that pages without an address come from.
     *
     * @return the first range
     */
    public NamedRange ram() {
        return ranges.get(0);
    }

    /**
     * Everything else that may be claimed.
     *
     * @return the other ranges, in their order
     */
    public List<NamedRange> extra() {
        return ranges.subList(1, ranges.size());
    }

    /**
     * Checks what every list of ranges must keep: none is empty, all begin at a page, none wraps at the end of the
     * addresses, and no page is in two. A range that ends within a page has that page to itself; one may end at the end of
     * the addresses.
     *
     * @param ranges the ranges, RAM first
     * @param end one past the last address there is, for instance {@link #END}
     * @throws ArgumentsException if one of that does not hold
     */
    public static void check(List<NamedRange> ranges, @PhysAddr long end) throws ArgumentsException {
        if (ranges.isEmpty()) {
            throw new ArgumentsException("", "no range at all; the first has to be RAM");
        }
        if (ranges.get(0).bytes() % PAGE != 0) {
            throw new ArgumentsException(at(0), "the RAM " + ranges.get(0) + " is not a whole number of pages");
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            NamedRange range = ranges.get(i);
            if (range.bytes() <= 0) {
                throw new ArgumentsException(at(i), range.name() + " has no bytes");
            }
            if (range.start() % PAGE != 0) {
                throw new ArgumentsException(at(i), range + " does not begin at a page");
            }
            if (range.start() < 0 || range.start() >= end || range.bytes() > end - range.start()) {
                throw new ArgumentsException(at(i), range + " wraps at 0x" + Long.toHexString(end));
            }
            order.add(i);
        }
        order.sort(Comparator.comparingLong(i -> ranges.get(i).start()));
        for (int i = 1; i < order.size(); i++) {
            NamedRange before = ranges.get(order.get(i - 1));
            NamedRange range = ranges.get(order.get(i));
            if (range.start() < before.end()) {
                throw new ArgumentsException(at(order.get(i)), range + " overlaps " + before);
            }
        }
    }

    private static String at(int index) {
        return "range " + (index + 1);
    }
}
