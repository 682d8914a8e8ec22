package org.allocman.lesson.sheet;

import java.util.ArrayList;
import java.util.List;

/** The table of a sheet, in Markdown whose columns line up. */
final class SheetTable {
    private static final int LEAST_BLANK = 10;

    private final List<List<String>> lines = new ArrayList<>();
    private final int[] widths;

    /** Makes a table of its heads and of rows with as many cells. */
    SheetTable(List<String> heads, List<List<String>> rows) {
        widths = new int[heads.size()];
        add(heads);
        rows.forEach(this::add);
        for (int column = 2; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], LEAST_BLANK);
        }
    }

    private void add(List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
        lines.add(cells);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines.size(); line++) {
            row(text, lines.get(line), ' ');
            if (line == 0) {
                row(text, lines.get(0).stream().map(head -> "").toList(), '-');
            }
        }
        return text.toString();
    }

    private void row(StringBuilder text, List<String> cells, char padding) {
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            text.append('|').append(padding).append(cell);
            text.append(String.valueOf(padding).repeat(widths[i] - cell.length() + 1));
        }
        text.append("|\n");
    }
}
