package org.allocman.cli.frame;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns that line up, two blanks apart. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> heads;
    private final boolean[] right;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Makes an empty table.
     *
     * @param heads the columns' heads; one that starts with {@code >} makes its column line up on the right
     */
    public TextTable(String... heads) {
        List<String> texts = new ArrayList<>();
        this.right = new boolean[heads.length];
        for (int i = 0; i < heads.length; i++) {
            right[i] = heads[i].startsWith(">");
            texts.add(right[i] ? heads[i].substring(1) : heads[i]);
        }
        this.heads = texts;
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column
     * @return this table
     * @throws IllegalArgumentException if there are more or fewer cells than columns
     */
    public TextTable row(Object... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + right.length + " columns");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell.toString());
        }
        rows.add(row);
        return this;
    }

    /**
     * Prints the table.
     *
     * @param console where to
     * @param indent what every line starts with
     */
    public void print(Console console, String indent) {
        int[] widths = new int[right.length];
        widen(widths, heads);
        rows.forEach(row -> widen(widths, row));
        PrintWriter out = console.out();
        if (heads.stream().anyMatch(head -> !head.isEmpty())) {
            out.println(indent + console.bold(line(widths, heads)));
        }
        rows.forEach(row -> out.println(indent + line(widths, row)));
    }

    private static void widen(int[] widths, List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
    }

    private String line(int[] widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String padding = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? "" : GAP).append(right[i] ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }
}
