package org.allocman.cli.explore;

import java.util.List;
import org.allocman.check.explore.Exploration.ActionCount;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.TextTable;

/** What became of each kind of actions, as a table, and a warning for each that says nothing. */
final class ActionTableText {
    private static final int MOST_NAMED = 3;
    private static final int MOST_ROWS = 20;

    private ActionTableText() {}

    static void print(Console console, long stuck, List<ActionCount> actions, boolean hasSymmetry, boolean isAsked) {
        if (actions.isEmpty()) {
            return;
        }
        console.out().println();
        if (isAsked || actions.size() <= MOST_ROWS) {
            printRows(console, actions);
        } else {
            long taken = actions.stream().filter(action -> action.taken() > 0).count();
            console.out()
                    .println("  " + Figures.count(actions.size(), "action") + ", " + taken
                            + " of them taken; --actions tells of each");
        }
        printWarnings(console, stuck, actions, hasSymmetry);
    }

    private static void printRows(Console console, List<ActionCount> actions) {
        TextTable table = new TextTable("action", "enabled in", "taken", "refused", "no change");
        for (ActionCount action : actions) {
            table.row(
                    action.name(),
                    Figures.count(action.enabled()),
                    Figures.count(action.taken()),
                    Figures.count(action.refused()),
                    Figures.count(action.unchanged()));
        }
        table.print(console, "  ");
    }

    /** Names what says nothing: what was never taken, always refused, or never changed anything. */
    private static void printWarnings(Console console, long stuck, List<ActionCount> actions, boolean hasSymmetry) {
        if (stuck > 0) {
            console.out().println("  " + Figures.count(stuck, "state") + " with no action enabled");
        }
        warn(console, actions.stream().filter(action -> action.taken() == 0).toList(), "never enabled");
        warn(
                console,
                actions.stream()
                        .filter(action -> action.taken() > 0 && action.taken() == action.refused())
                        .toList(),
                "refused whenever taken");
        warn(
                console,
                actions.stream()
                        .filter(action ->
                                action.unchanged() > 0 && action.taken() == action.refused() + action.unchanged())
                        .toList(),
                hasSymmetry
                        ? "done without ever leading to another state"
                        : "done without ever changing the state: does it keep state that does not go back?");
    }

    private static void warn(Console console, List<ActionCount> actions, String what) {
        if (actions.isEmpty()) {
            return;
        }
        List<String> names =
                actions.stream().limit(MOST_NAMED).map(ActionCount::name).toList();
        int more = actions.size() - names.size();
        console.out()
                .println("  " + String.join(", ", names) + (more > 0 ? " and " + more + " more" : "") + ": " + what);
    }
}
