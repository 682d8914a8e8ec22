package org.allocman.lab.measure;

import java.util.List;
import org.allocman.untyped.UntypedDesign;

/**
 * What a work cost.
 *
 * @param work which
 * @param manager the untyped manager that did it
 * @param n how large it was asked to be
 * @param rows its cases, at least one
 * @param main number of the case to name if only one is named
 */
public record Measurement(Work work, UntypedDesign manager, long n, List<Row> rows, int main) {
    /**
     * Keeps a copy of the list.
     *
     * @param work which
     * @param manager the untyped manager that did it
     * @param n how large it was asked to be
     * @param rows its cases, at least one
     * @param main number of the case to name if only one is named
     */
    public Measurement {
        rows = List.copyOf(rows);
    }

    /**
     * The case to name if only one is named.
     *
     * @return one of the rows
     */
    public Row mainRow() {
        return rows.get(main);
    }

    /**
     * Does the work and counts what it costs.
     *
     * @param work which
     * @param manager who does it
     * @param n how large
     * @param progress is told how far it has come
     * @return the costs
     * @throws IllegalArgumentException if there is an {@link Work#obstacle}
     */
    public static Measurement of(Work work, UntypedDesign manager, long n, WorkProgress progress) {
        String obstacle = work.obstacle(manager, n);
        if (obstacle != null) {
            throw new IllegalArgumentException(obstacle);
        }
        int size = (int) n;
        List<Row> rows = switch (work) {
            case CHURN -> ChurnCosts.rows(manager, List.of(size), progress);
            case FRAMES -> FrameCosts.rows(manager, size, progress);
            case ADDRESSES -> AddressCosts.rows(manager, size, progress);
            case CHURN_SIZES -> ChurnCosts.rows(manager, ChurnCosts.sizesUpTo(size), progress);
            case SLOTS -> SlotCosts.rows(manager, size, progress);
            case BOOTSTRAP -> BootstrapCosts.rows(manager, size, progress);
            case THRASH -> ThrashCosts.rows(manager, size, progress);
        };
        int main = work == Work.CHURN_SIZES ? rows.size() - 1 : work == Work.BOOTSTRAP ? rows.size() / 2 - 1 : 0;
        return new Measurement(work, manager, n, rows, main);
    }
}
