package org.allocman.cli.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.allocman.cli.frame.BoardNotes;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.RecordCount;
import org.allocman.cli.frame.TextTable;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Prints a plan for people. */
final class PlanPage {
    private final Console console;

    PlanPage(Console console) {
        this.console = console;
    }

    void print(PlanReport report, boolean quiet) {
        if (!quiet) {
            console.out()
                    .println(console.bold(report.board() + ", " + report.architecture() + ", "
                            + Figures.size(report.ramBytes()) + " of RAM; " + report.manager() + " manager, CSpace "
                            + report.cspace()));
            console.out().println();
            workload(report);
            console.out().println();
            figures(report);
            console.out().println();
        }
        verdict(report);
    }

    private void workload(PlanReport report) {
        TextTable table = new TextTable(">count", "what", ">each", ">together");
        long count = 0;
        for (PlanReport.Entry entry : report.workload()) {
            count += entry.count();
            boolean takesMemory = entry.bytesEach() > 0;
            table.row(
                    Figures.count(entry.count()),
                    entry.name(),
                    takesMemory ? Figures.size(entry.bytesEach()) : "",
                    takesMemory ? Figures.size(entry.bytesEach() * entry.count()) : "");
        }
        table.row(Figures.count(count), "in all", "", Figures.size(report.objectBytes()));
        table.print(console, "  ");
    }

    private void figures(PlanReport report) {
        TextTable table = new TextTable("", "");
        table.row("static pool", bytes(report.staticPoolBytes()));
        table.row(
                "virtual pool",
                report.virtualPoolBytes() == 0
                        ? "none"
                        : bytes(report.virtualPoolBytes())
                                + (report.virtualMappedBytes() == report.virtualPoolBytes()
                                        ? ""
                                        : ", of which " + Figures.size(report.virtualMappedBytes()) + " get mapped"));
        table.row("reserve", reserve(report));
        table.row(
                "slots",
                Figures.count(report.slots().taken()) + " of the "
                        + Figures.count(report.slots().empty()) + " that there can be");
        table.row(
                "memory",
                Figures.size(report.memory().leftBytes()) + " of "
                        + Figures.size(report.memory().handedOverBytes()) + " left"
                        + (report.memory().largestLeftBytes() == 0
                                ? ""
                                : ", the largest block "
                                        + Figures.size(report.memory().largestLeftBytes())));
        for (BoardNotes.Missing one : report.leftOut()) {
            table.row(
                    "left out",
                    Figures.size(one.bytes()) + " in " + Figures.count(one.number(), "piece") + ", " + one.reason());
        }
        table.print(console, "  ");
    }

    private static String reserve(PlanReport report) {
        PlanReport.Reserve reserve = report.reserve();
        if (reserve.slots() == 0) {
            return "none: nothing is to grow";
        }
        String records = reserve.records().stream().map(RecordCount::text).collect(Collectors.joining(", "));
        return records + " (" + bytes(reserve.bytes()) + " of the pools), " + Figures.count(reserve.slots(), "slot");
    }

    private void verdict(PlanReport report) {
        PlanReport.@Nullable Missing missing = report.missing();
        if (missing == null) {
            console.out().println(console.bold("It fits."));
            return;
        }
        console.out().println(console.bold("It does not fit: " + missing.why() + "."));
        String demand = missing.demand();
        if (demand != null) {
            long asked = missing.met();
            console.out()
                    .println("  Refused is the " + ordinal(asked + 1) + " " + demand + "; "
                            + Figures.count(missing.unmet(), "thing") + " of "
                            + Figures.size(missing.unmetBytes()) + " in all find no place.");
        }
        String advice = missing.advice();
        console.out().println("  " + (advice != null ? advice : enough(missing.enough(), missing.resource())));
    }

    private static String enough(PlanReport.@Nullable Enough enough, String resource) {
        if (enough == null) {
            return resource.equals("slots")
                    ? "No larger root CNode, with which the board would start, is enough."
                    : resource.equals("memory")
                            ? "No single untyped, and no larger root CNode beside it, is enough."
                            : "A larger pool is not to be had.";
        }
        List<String> parts = new ArrayList<>();
        if (enough.untypedBytes() > 0) {
            parts.add("one more untyped of " + Figures.size(enough.untypedBytes()));
        }
        String missing = enough.slots() > 0 ? " (" + Figures.count(enough.slots()) + " slots are missing)" : "";
        if (enough.rootCNodeBits() > 0) {
            parts.add("a root CNode of 2^" + enough.rootCNodeBits() + " slots, --root-cnode-bits "
                    + enough.rootCNodeBits() + missing);
        }
        if (enough.cspace() != null) {
            parts.add("the CSpace " + enough.cspace() + missing);
        }
        return "It would fit with " + String.join(" and ", parts) + ", and with no less.";
    }

    private static String bytes(long bytes) {
        return Figures.count(bytes) + " bytes" + (bytes < 1024 ? "" : " (" + Figures.size(bytes) + ")");
    }

    private static String ordinal(long number) {
        long last = number % 10;
        boolean teen = number % 100 / 10 == 1;
        return Figures.count(number)
                + (teen || last == 0 || last > 3 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : "rd");
    }
}
