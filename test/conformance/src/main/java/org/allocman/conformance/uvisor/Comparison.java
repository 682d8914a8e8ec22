package org.allocman.conformance.uvisor;

import java.util.ArrayList;
import java.util.List;
import org.allocman.conformance.kernel.Difference;
import org.allocman.conformance.kernel.ReplayObserver;
import org.allocman.conformance.kernel.ReplayResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Counts the steps that agree and keeps the first that does not. */
final class Comparison {
    private final List<Difference.Row> rows = new ArrayList<>();
    private final ReplayObserver observer;
    private @Nullable Difference first;
    private long agreed;
    private long total;

    /** Begins; the observer hears of every step's end. */
    Comparison(ReplayObserver observer) {
        this.observer = observer;
    }

    void compare(String what, String recorded, String ours) {
        if (!recorded.equals(ours)) {
            rows.add(new Difference.Row(what, recorded, ours));
        }
    }

    /** Ends a step. */
    void step(long number, String text) {
        total++;
        observer.ends(rows.isEmpty() ? "as recorded" : "not as recorded", rows);
        if (rows.isEmpty()) {
            agreed++;
        } else if (first == null) {
            first = new Difference(number, text, rows);
        }
        rows.clear();
    }

    long total() {
        return total;
    }

    ReplayResult result() {
        return new ReplayResult(agreed, total, first);
    }
}
