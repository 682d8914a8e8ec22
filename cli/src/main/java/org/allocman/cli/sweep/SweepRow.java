package org.allocman.cli.sweep;

import io.vavr.control.Either;
import java.util.LinkedHashMap;
import java.util.Map;
import org.allocman.check.sweep.RoundsResult;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.TextTable;

/** The machines of one board with one manager. */
final class SweepRow {
    private final String board;
    private final String manager;
    private long machines;
    private long notStarted;
    private long notWhole;
    private long objects;
    private long mostPages;
    private int mostSecondLevels;

    SweepRow(String board, String manager) {
        this.board = board;
        this.manager = manager;
    }

    void count(Either<String, RoundsResult> outcome) {
        if (outcome.isLeft()) {
            notStarted++;
            return;
        }
        RoundsResult result = outcome.get();
        machines++;
        notWhole += result.broken().isEmpty() ? 0 : 1;
        objects += result.madeInAll();
        mostPages = Math.max(mostPages, result.mostPages());
        mostSecondLevels = Math.max(mostSecondLevels, result.mostSecondLevels());
    }

    long machines() {
        return machines;
    }

    long notStarted() {
        return notStarted;
    }

    void into(TextTable table) {
        table.row(
                board,
                manager,
                Figures.count(machines),
                Figures.count(notStarted),
                Figures.count(notWhole),
                Figures.count(objects),
                Figures.count(mostPages),
                Figures.count(mostSecondLevels));
    }

    Map<String, Object> json() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("board", board);
        row.put("manager", manager);
        row.put("machines", machines);
        row.put("notStarted", notStarted);
        row.put("notWhole", notWhole);
        row.put("objects", objects);
        row.put("mostPages", mostPages);
        row.put("mostSecondLevels", mostSecondLevels);
        return row;
    }
}
