package org.allocman.cli.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.TextTable;
import org.allocman.lab.measure.Figure;
import org.allocman.lab.measure.Measurement;
import org.allocman.lab.measure.Row;
import org.allocman.vka.InvocationKind;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Shows what a work cost. */
final class MeasureFigures {
    private static final double DIGITS = 10_000;
    private static final double LARGE = 1000;

    private MeasureFigures() {}

    /** One object: the main case, and all cases as rows if there are several. */
    static Map<String, Object> json(Measurement measurement) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("work", measurement.work().word());
        object.put("manager", measurement.manager().name());
        object.put("n", measurement.n());
        put(object, measurement.mainRow());
        if (measurement.rows().size() > 1) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Row row : measurement.rows()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("row", row.label());
                one.put("n", row.n());
                put(one, row);
                rows.add(one);
            }
            object.put("rows", rows);
        }
        return object;
    }

    private static void put(Map<String, Object> object, Row row) {
        row.figures().forEach((figure, value) -> object.put(figure.key(), rounded(value)));
        Map<String, Double> kinds = new LinkedHashMap<>();
        row.invocations().forEach((kind, value) -> kinds.put(kind.text(), rounded(value)));
        object.put("invocationsPerOperation", kinds);
        Boolean whole = row.wholeAgain();
        if (whole != null) {
            object.put("wholeAgain", whole);
        }
    }

    /** A table with a column for each case. */
    static void print(Console console, Measurement measurement, boolean mainOnly) {
        List<Row> rows = mainOnly ? List.of(measurement.mainRow()) : measurement.rows();
        console.out()
                .println(console.bold(measurement.work().word() + ", "
                                + measurement.manager().name()) + ": "
                        + measurement.work().text());
        List<String> heads = new ArrayList<>();
        heads.add("");
        rows.forEach(row -> heads.add(">" + row.label()));
        TextTable table = new TextTable(heads.toArray(new String[0]));
        line(table, "n", rows, row -> Figures.count(row.n()));
        Set<Figure> figures = new TreeSet<>();
        Set<InvocationKind> kinds = new TreeSet<>();
        for (Row row : rows) {
            figures.addAll(row.figures().keySet());
            kinds.addAll(row.invocations().keySet());
        }
        for (Figure figure : figures) {
            line(table, figure.text(), rows, row -> text(row.figures().get(figure)));
        }
        for (InvocationKind kind : kinds) {
            line(
                    table,
                    kind.text() + " per op",
                    rows,
                    row -> text(row.invocations().getOrDefault(kind, 0.0)));
        }
        if (rows.get(0).wholeAgain() != null) {
            line(table, "whole again", rows, row -> Boolean.TRUE.equals(row.wholeAgain()) ? "yes" : "NO");
        }
        table.print(console, "  ");
    }

    private static void line(TextTable table, String head, List<Row> rows, Function<Row, String> cell) {
        List<String> cells = new ArrayList<>();
        cells.add(head);
        rows.forEach(row -> cells.add(cell.apply(row)));
        table.row(cells.toArray());
    }

    private static String text(@Nullable Double value) {
        if (value == null) {
            return "";
        }
        double shown = rounded(value);
        if (shown == Math.rint(shown)) {
            return Figures.count((long) shown);
        }
        return String.format(Locale.ROOT, shown >= LARGE ? "%,.0f" : shown >= 10 ? "%.1f" : "%.4f", shown);
    }

    private static double rounded(double value) {
        return Math.rint(value * DIGITS) / DIGITS;
    }
}
