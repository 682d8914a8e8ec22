package org.allocman.sim.boot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sets of addresses as lists of spans. */
final class AddressSpans {
    private AddressSpans() {}

    /**
     * The same addresses in order, with what touches or overlaps joined.
     *
     * @param spans in any order
     * @return in address order, disjoint, none empty
     */
    static List<Span> merge(List<Span> spans) {
        List<Span> sorted = spans.stream()
                .filter(span -> !span.isEmpty())
                .sorted(Comparator.comparingLong(Span::start))
                .toList();
        List<Span> merged = new ArrayList<>();
        for (Span span : sorted) {
            int last = merged.size() - 1;
            if (last >= 0 && span.start() <= merged.get(last).end()) {
                Span before = merged.get(last);
                merged.set(last, new Span(before.start(), Math.max(before.end(), span.end())));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }

    /**
     * What is left of some addresses.
     *
     * @param from in any order
     * @param holes what to leave out, in any order
     * @return in address order, disjoint, none empty
     */
    static List<Span> subtract(List<Span> from, List<Span> holes) {
        List<Span> out = merge(holes);
        List<Span> left = new ArrayList<>();
        for (Span span : merge(from)) {
            long start = span.start();
            for (Span hole : out) {
                if (hole.end() <= start || hole.start() >= span.end()) {
                    continue;
                }
                if (hole.start() > start) {
                    left.add(new Span(start, hole.start()));
                }
                start = hole.end();
            }
            if (start < span.end()) {
                left.add(new Span(start, span.end()));
            }
        }
        return left;
    }

    /**
     * The addresses below a limit that are in none of some spans.
     *
     * @param spans in address order, disjoint
     * @param limit one past the last address to report
     * @return the gaps, in address order
     */
    static List<Span> gaps(List<Span> spans, long limit) {
        List<Span> gaps = new ArrayList<>();
        long start = 0;
        for (Span span : spans) {
            if (start < span.start() && start < limit) {
                gaps.add(new Span(start, Math.min(span.start(), limit)));
            }
            start = Math.max(start, span.end());
        }
        if (start < limit) {
            gaps.add(new Span(start, limit));
        }
        return gaps;
    }

    /**
     * What of some addresses lies below a limit.
     *
     * @param spans in address order
     * @param limit one past the last address to keep
     * @return in address order, none empty
     */
    static List<Span> below(List<Span> spans, long limit) {
        return spans.stream()
                .filter(span -> span.start() < limit)
                .map(span -> new Span(span.start(), Math.min(span.end(), limit)))
                .toList();
    }
}
