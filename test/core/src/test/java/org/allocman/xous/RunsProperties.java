package org.allocman.xous;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.resource.Placement;
import org.allocman.resource.ResourceRefusal;
import org.allocman.resource.ResourceType;
import org.allocman.vka.PageSize;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.NamedRange;

/** Runs of pages in three ranges, two of which lie one behind the other, against all runs that there could be. */
class RunsProperties {
    private static final long PAGE = PageSize.PAGE;
    private static final long FIRST = 0x4000_0000L;
    private static final long HIGH = 0xffff_f000L;
    private static final int OWNER = 2;
    private static final int OTHER = 3;

    private static XousPages pages() {
        TablesMemory memory = new TablesMemory(0);
        try {
            Whitelist whitelist = Whitelist.of(
                    List.of(
                            new NamedRange("RAM ", FIRST, 8 * PAGE),
                            new NamedRange("Dev1", FIRST + 8 * PAGE, 4 * PAGE),
                            new NamedRange("Dev2", HIGH, 4 * PAGE)),
                    List.of(),
                    1L << 52);
            return new XousPages(new TablesLayout(0, whitelist, TableForm.ARRAY).rules(memory.words(), memory.nodes()));
        } catch (ArgumentsException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Property
    void theFirstRunThatFitsIsClaimedAndNothingElse(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 15) Integer> taken,
            @ForAll @IntRange(min = 1, max = 9) int count,
            @ForAll @IntRange(min = -1, max = 18) int from,
            @ForAll @IntRange(min = -1, max = 18) int to,
            @ForAll @IntRange(min = 0, max = 15) int alignmentBits) {
        XousPages pages = pages();
        taken.forEach(page -> pages.claimAt(pages.address(page), OTHER));
        List<Integer> before = owners(pages);
        Placement placement = new Placement(edge(pages, from), edge(pages, to) - 1, 1L << alignmentBits);
        long expected = ResourceRefusal.EXHAUSTED.code();
        for (int page = (int) pages.units() - count; page >= 0; page--) {
            expected = fits(pages, before, page, count, placement) ? page : expected;
        }

        assertEquals(expected, pages.claimRun(count, placement, OWNER));
        for (int page = 0; page < pages.units(); page++) {
            boolean isOurs = expected >= 0 && page >= expected && page < expected + count;
            assertEquals(isOurs ? OWNER : before.get(page), pages.owner(page));
        }
        assertEquals(Math.max(0, expected < 0 ? 0 : count), pages.releaseAll(OWNER));
        assertEquals(before, owners(pages));
    }

    private static long edge(XousPages pages, int page) {
        return page < 0 ? 0 : page < pages.units() ? pages.address(page) : HIGH + (page - 12) * PAGE;
    }

    /** By numbers without an end. */
    private static boolean fits(XousPages pages, List<Integer> owners, int page, int count, Placement placement) {
        BigInteger start = unsigned(pages.address(page));
        BigInteger last = start.add(BigInteger.valueOf(count * PAGE - 1));
        boolean fits = start.mod(BigInteger.valueOf(placement.alignment())).signum() == 0
                && start.compareTo(unsigned(placement.lowest())) >= 0
                && last.compareTo(unsigned(placement.highest())) <= 0;
        for (int i = 0; i < count; i++) {
            fits &= owners.get(page + i) == ResourceType.NOBODY
                    && pages.address(page + i) == pages.address(page) + i * PAGE;
        }
        return fits;
    }

    private static BigInteger unsigned(long address) {
        return new BigInteger(Long.toUnsignedString(address));
    }

    private static List<Integer> owners(XousPages pages) {
        List<Integer> owners = new ArrayList<>();
        for (long page = 0; page < pages.units(); page++) {
            owners.add(pages.owner(page));
        }
        return owners;
    }

    @Property
    void aPlacementAllowsWhatLiesInIt(
            @ForAll long lowest,
            @ForAll long highest,
            @ForAll @IntRange(min = 0, max = 63) int alignmentBits,
            @ForAll long start,
            @ForAll @IntRange(min = 1) int bytes) {
        Placement placement = new Placement(lowest, highest, 1L << alignmentBits);
        BigInteger first = unsigned(start);
        boolean expected = first.mod(BigInteger.ONE.shiftLeft(alignmentBits)).signum() == 0
                && first.compareTo(unsigned(lowest)) >= 0
                && first.add(BigInteger.valueOf(bytes - 1L)).compareTo(unsigned(highest)) <= 0;
        assertEquals(expected, placement.allows(start, bytes));
        long aligned = start >>> alignmentBits << alignmentBits;
        assertTrue(new Placement(0, -1, 1L << alignmentBits).allows(aligned, 1));
    }
}
