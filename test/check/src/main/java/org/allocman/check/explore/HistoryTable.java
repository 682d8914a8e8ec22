package org.allocman.check.explore;

import java.util.ArrayList;
import java.util.List;

/** A history as a table: step, action, answer, what changed. */
public final class HistoryTable {
    private static final String GAP = "  ";

    private HistoryTable() {}

    /**
     * Draws a history. A step is a row, and a row more for each change after the first.
     *
     * @param history the steps
     * @return lines, without line breaks
     */
    public static List<String> lines(List<Step> history) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("step", "action", "answer", "what changed"));
        int number = 0;
        for (Step step : history) {
            List<String> changes = step.change().lines().toList();
            String first = changes.isEmpty() ? "nothing" : changes.get(0);
            rows.add(List.of(String.valueOf(++number), step.action(), step.answer(), first));
            for (int i = 1; i < changes.size(); i++) {
                rows.add(List.of("", "", "", changes.get(i)));
            }
        }
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String blanks = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? blanks + row.get(i) : GAP + row.get(i) + blanks);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
