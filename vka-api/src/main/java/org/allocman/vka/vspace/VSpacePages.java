package org.allocman.vka.vspace;

import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.vka.PageSize;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;

/** The pages of a {@link VSpace} by address, and the checks of ranges that come before anything is done. */
final class VSpacePages {
    private final TreeMap<Long, MappedPage> pages = new TreeMap<>();

    void add(MappedPage page) {
        pages.put(page.vaddr(), page);
    }

    void remove(MappedPage page) {
        pages.remove(page.vaddr());
    }

    Collection<MappedPage> all() {
        return Collections.unmodifiableCollection(pages.values());
    }

    /** The page in which an address lies. */
    Option<MappedPage> at(long vaddr) {
        Map.Entry<Long, MappedPage> below = pages.floorEntry(vaddr);
        return below != null && below.getValue().end() > vaddr ? Option.some(below.getValue()) : Option.none();
    }

    /** The first page of which a part lies at an address or behind it. */
    Option<MappedPage> from(long vaddr) {
        Map.Entry<Long, MappedPage> next = pages.ceilingEntry(vaddr);
        return at(vaddr).orElse(() -> next == null ? Option.none() : Option.some(next.getValue()));
    }

    /** The pages of a range of which every address is in one. */
    List<MappedPage> within(long from, long end) {
        long first = at(from).map(MappedPage::vaddr).getOrElse(from);
        return new ArrayList<>(pages.subMap(first, end).values());
    }

    Option<VkaError> checkRange(long vaddr, int count) {
        if (count < 1) {
            return Option.some(new VkaError(Reason.ILLEGAL_SIZE, "a range has 1 page or more, not " + count));
        }
        if (vaddr < 0 || end(vaddr, count) < 0) {
            return Option.some(new VkaError(
                    Reason.ILLEGAL_SIZE,
                    "a range of " + count + (count == 1 ? " page" : " pages") + " at " + hex(vaddr)
                            + " ends beyond the last address, " + hex(Long.MAX_VALUE)));
        }
        return Option.when(
                (vaddr & PageSize.PAGE - 1) != 0,
                () -> new VkaError(Reason.UNALIGNED, hex(vaddr) + " is no multiple of the size of a page"));
    }

    Option<VkaError> checkFrame(MappedPage page) {
        VkaObject frame = page.frame();
        if (page.vaddr() < 0 || page.end() < 0 || (page.vaddr() & (1L << frame.sizeBits()) - 1) != 0) {
            return Option.some(new VkaError(
                    Reason.UNALIGNED,
                    hex(page.vaddr()) + " is no address of a page of 2^" + frame.sizeBits() + " bytes"));
        }
        return checkFree(page.vaddr(), page.end());
    }

    Option<VkaError> checkFree(long from, long end) {
        return from(from)
                .filter(page -> page.vaddr() < end)
                .map(page -> new VkaError(Reason.IN_USE, "a page is mapped at " + hex(page.vaddr())));
    }

    Option<VkaError> checkMapped(long from, long end) {
        Option<MappedPage> page = at(from);
        long reached = from;
        while (page.isDefined() && reached < end) {
            reached = page.get().end();
            page = at(reached);
        }
        long missing = reached;
        return Option.when(
                reached < end, () -> new VkaError(Reason.NOT_MANAGED, "no page was mapped at " + hex(missing)));
    }

    static long end(long vaddr, int count) {
        return vaddr + (long) count * PageSize.PAGE;
    }

    static String hex(long vaddr) {
        return "0x" + Long.toHexString(vaddr);
    }
}
