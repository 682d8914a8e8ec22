package org.allocman.cli.sweep;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.allocman.check.sweep.RoundsResult;
import org.allocman.check.sweep.Setting;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.TextTable;

/** What a sweep found: a row for each board and manager, a line for each machine on which something did not come back. */
final class SweepReport {
    private final int rounds;
    private final String shared;
    private final Map<String, SweepRow> rows = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, String> refused = new LinkedHashMap<>();

    /** A report of machines for which the same options were typed, with a space before each. */
    SweepReport(int rounds, String shared) {
        this.rounds = rounds;
        this.shared = shared;
    }

    /** A machine on which something did not come back. */
    private record Fault(Setting setting, RoundsResult result) {}

    void add(Setting setting, Either<String, RoundsResult> outcome) {
        String manager = setting.pools().manager().name();
        SweepRow row = rows.computeIfAbsent(
                setting.board().name() + " " + manager,
                key -> new SweepRow(setting.board().name(), manager));
        row.count(outcome);
        if (outcome.isLeft()) {
            refused.put(
                    setting.board().name() + ", " + manager + ", "
                            + setting.pools().cspace().text(),
                    outcome.getLeft());
        } else if (!outcome.get().broken().isEmpty()) {
            faults.add(new Fault(setting, outcome.get()));
        }
    }

    boolean isGood() {
        return faults.isEmpty();
    }

    void print(Console console, boolean briefly) {
        if (!briefly) {
            TextTable table = new TextTable(
                    "board",
                    "manager",
                    ">machines",
                    ">not started",
                    ">not whole",
                    ">objects",
                    ">pool pages",
                    ">CNodes");
            rows.values().forEach(row -> row.into(table));
            table.print(console, "");
            refused.forEach((machine, why) -> console.out().println("not started: " + machine + ": " + why));
        }
        for (Fault fault : faults) {
            console.out().println("bin/allocman sweep " + fault.setting() + shared + " --seeds 1 --rounds " + rounds);
            fault.result().broken().forEach(text -> console.out().println("  " + text));
        }
        long machines = rows.values().stream().mapToLong(SweepRow::machines).sum();
        console.out()
                .println(
                        isGood()
                                ? "Everything came back on " + Figures.count(machines, "machine") + ", in "
                                        + Figures.count(rounds, "round") + " on each" + left() + "."
                                : "On " + Figures.count(faults.size()) + " of " + Figures.count(machines, "machine")
                                        + " not everything came back.");
    }

    private long notStarted() {
        return rows.values().stream().mapToLong(SweepRow::notStarted).sum();
    }

    private String left() {
        return notStarted() == 0 ? "" : "; " + Figures.count(notStarted(), "machine") + " could not be started";
    }

    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("rounds", rounds);
        all.put("good", isGood());
        all.put("rows", rows.values().stream().map(SweepRow::json).toList());
        all.put(
                "faults",
                faults.stream()
                        .map(fault -> Map.of(
                                "machine",
                                fault.setting() + shared,
                                "what",
                                fault.result().broken()))
                        .toList());
        return all;
    }
}
