package org.allocman.cli.explore;

import java.util.List;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.TextTable;
import org.allocman.testkit.explore.Step;

/** A history as a table: a step a row, and a row more for each change after the first. */
public final class HistoryTable {
    private HistoryTable() {}

    /**
     * Prints a history.
     *
     * @param console where to
     * @param history the steps
     */
    public static void print(Console console, List<Step> history) {
        TextTable table = new TextTable(">step", "action", "answer", "what changed");
        int number = 0;
        for (Step step : history) {
            List<String> changes = step.change().lines().toList();
            table.row(++number, step.action(), step.answer(), changes.isEmpty() ? "nothing" : changes.get(0));
            for (int i = 1; i < changes.size(); i++) {
                table.row("", "", "", changes.get(i));
            }
        }
        table.print(console, "  ");
    }
}
