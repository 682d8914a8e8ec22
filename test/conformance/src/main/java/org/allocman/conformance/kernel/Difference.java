package org.allocman.conformance.kernel;

import java.util.List;

/**
 * A step on which replay and recording differ.
 *
 * @param step the step's number; 0 for the start
 * @param operation the call as recorded
 * @param rows what differs
 */
public record Difference(long step, String operation, List<Row> rows) {
    private static final int MOST_ROWS = 20;

    /**
     * One thing that differs.
     *
     * @param what for instance {@code answer} or {@code slot a17}
     * @param expected as recorded
     * @param ours as replayed
     */
    public record Row(String what, String expected, String ours) {}

    /**
     * Keeps a copy of the rows.
     *
     * @param step the step's number; 0 for the start
     * @param operation the call as recorded
     * @param rows what differs
     */
    public Difference {
        rows = List.copyOf(rows);
    }

    /** The difference as a table to print. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("step ")
                .append(step)
                .append(": ")
                .append(operation)
                .append('\n');
        int width = rows.stream().mapToInt(row -> row.what.length()).max().orElse(0);
        String format = "  %-" + Math.max(width, 1) + "s  %-9s %s%n";
        for (Row row : rows.subList(0, Math.min(MOST_ROWS, rows.size()))) {
            text.append(String.format(format, row.what, "expected", row.expected));
            text.append(String.format(format, "", "ours", row.ours));
        }
        if (rows.size() > MOST_ROWS) {
            text.append("  and ").append(rows.size() - MOST_ROWS).append(" more\n");
        }
        return text.toString();
    }
}
