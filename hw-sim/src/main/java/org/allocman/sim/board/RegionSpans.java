package org.allocman.sim.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stretches of addresses in order, merged where they touch or overlap; other regions are cut by them. */
final class RegionSpans {
    private final List<Span> spans = new ArrayList<>();

    /** Addresses from {@code start} up to, but without, {@code end}. */
    record Span(long start, long end) {}

    /** Merges the stretches that regions cover. */
    RegionSpans(List<Region> regions) {
        List<Region> sorted = new ArrayList<>(regions);
        sorted.sort(Comparator.comparingLong(Region::start));
        for (Region region : sorted) {
            int last = spans.size() - 1;
            if (last >= 0 && region.start() <= spans.get(last).end) {
                Span before = spans.get(last);
                spans.set(last, new Span(before.start, Math.max(before.end, region.end())));
            } else {
                spans.add(new Span(region.start(), region.end()));
            }
        }
    }

    List<Span> all() {
        return spans;
    }

    boolean overlap(long start, long end) {
        int first = firstEndingAfter(start);
        return first < spans.size() && spans.get(first).start < end;
    }

    /** What is left of a stretch when these are taken out, in address order. */
    List<Span> leave(long start, long end) {
        List<Span> left = new ArrayList<>();
        long from = start;
        for (int i = firstEndingAfter(start); i < spans.size() && spans.get(i).start < end; i++) {
            if (from < spans.get(i).start) {
                left.add(new Span(from, spans.get(i).start));
            }
            from = spans.get(i).end;
        }
        if (from < end) {
            left.add(new Span(from, end));
        }
        return left;
    }

    private int firstEndingAfter(long address) {
        int low = 0;
        int high = spans.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (spans.get(middle).end <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
