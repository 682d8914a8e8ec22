package org.allocman.lab.measure;

import java.util.List;
import org.allocman.manager.ManagerKind;

/**
 * What a work cost.
 *
 * @param work which
 * @param manager the untyped manager that did it
 * @param n how large it was asked to be
 * @param rows its cases, at least one
 * @param main number of the case to name if only one is named
 */
public record Measurement(Work work, ManagerKind manager, long n, List<Row> rows, int main) {
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
}
