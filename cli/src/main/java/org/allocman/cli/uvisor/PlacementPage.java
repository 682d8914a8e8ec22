package org.allocman.cli.uvisor;

import static org.allocman.cli.frame.Figures.hex;

import java.util.List;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.TextTable;
import org.allocman.lab.machine.UvisorMachine;
import org.allocman.uvisor.BoxSetup;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.box.BoxRegion;

/** Where the boxes are and how large they are, in text. */
final class PlacementPage {
    private static final int PERCENT = 100;

    private final Console console;
    private final UvisorMachine machine;
    private final UvisorPlan plan;

    PlacementPage(Console console, UvisorMachine machine) {
        this.console = console;
        this.machine = machine;
        this.plan = machine.layout().plan();
    }

    /** The table of boxes, and where blocks and books are. */
    void print(String indent) {
        TextTable table =
                new TextTable("box", ">region", ">size", ">data", ">stack", ">heap", ">per thread", ">blocks");
        BoxSetup first = plan.boxes().get(0);
        table.row(first.config().name(), "the rest", "", "", "", "the arena", local(first), quota(first));
        for (BoxRegion region : plan.placement().regions()) {
            BoxSetup box = plan.boxes().get(region.box());
            table.row(
                    box.config().name(),
                    hex(region.base()),
                    Figures.size(region.bytes()),
                    Figures.size(region.dataBytes()),
                    Figures.size(stackBytes(region)),
                    Figures.size(box.config().sizes().heap()),
                    local(box),
                    quota(box));
        }
        table.print(console, indent);
        console.out()
                .println(indent + Figures.count(plan.geometry().count(), "block") + " of "
                        + Figures.size(plan.geometry().blockBytes()) + " from "
                        + hex(plan.geometry().start()) + " to "
                        + hex(plan.geometry().end()) + "; the metadata takes "
                        + Figures.size(machine.layout().metadataBytes()) + " at "
                        + hex(machine.layout().metadata().start()) + ".");
    }

    /** What each box asked for, what it got, and how. */
    void printRounding(String indent) {
        PlacementReport report = PlacementReport.of(machine);
        TextTable table =
                new TextTable("box", ">asked for", ">taken", ">lost to rounding", ">gap before", "MPU regions");
        for (PlacementReport.Box box : report.boxes()) {
            table.row(
                    box.name(),
                    Figures.size(box.askedBytes()),
                    Figures.size(box.bytes()),
                    Figures.size(box.roundingBytes()),
                    Figures.size(box.gapBytes()),
                    String.join(
                            ", ",
                            box.regions().stream().map(PlacementPage::text).toList()));
        }
        table.print(console, indent);
        console.out().println(indent + order(report));
        long taken = report.bytesInOrder();
        if (report.lostBytes() > 0) {
            console.out()
                    .println(indent + "Of that, " + Figures.size(report.lostBytes()) + " ("
                            + (report.lostBytes() * PERCENT + taken / 2) / taken
                            + " %) are lost to rounding and gaps: a region of "
                            + plan.mpu().text() + " has " + plan.mpu().sizes() + ".");
        }
        console.out()
                .println(indent + "Between the boxes and the first block " + Figures.size(report.gapBeforeBlocks())
                        + " are lost, behind the last block " + Figures.size(report.gapBehindBlocks()) + ".");
    }

    /** What boxes may reach of devices; nothing if they asked for none. */
    void printAcls(String indent) {
        List<PlacementReport.Acl> acls = PlacementReport.of(machine).acls();
        if (acls.isEmpty()) {
            return;
        }
        TextTable table = new TextTable("box", ">may reach", ">size", "access", "shared");
        for (PlacementReport.Acl acl : acls) {
            table.row(
                    acl.box(),
                    hex(acl.start()),
                    Figures.size(acl.bytes()),
                    acl.writable() ? BoxesFile.READ_WRITE : BoxesFile.READ,
                    acl.shared() ? "yes" : "");
        }
        console.out().println();
        table.print(console, indent);
    }

    private static String order(PlacementReport report) {
        String order = "In the order " + String.join(", ", report.order()) + " they take "
                + Figures.size(report.bytesInOrder());
        return order
                + (report.bytesAsGiven() == report.bytesInOrder()
                        ? "; as given they take no less."
                        : "; as given they would take " + Figures.size(report.bytesAsGiven()) + ".");
    }

    private static String text(PlacementReport.MpuRegion region) {
        return region.what() + " " + hex(region.start()) + "+" + Figures.size(region.bytes())
                + (region.disabledEighths() == 0 ? "" : " without eighths " + hex(region.disabledEighths()));
    }

    /** Box and blocks as a linker script has them. */
    void printLinkerScript() {
        List<String> lines = LinkerScript.of(plan);
        lines.forEach(console.out()::println);
    }

    private static long stackBytes(BoxRegion region) {
        return (region.stackPointer() - region.stack() + 15) / 16 * 16;
    }

    private static String local(BoxSetup box) {
        return Figures.size(box.config().sizes().threadLocal());
    }

    private static String quota(BoxSetup box) {
        return box.mostBlocks() == BlockPool.NO_QUOTA ? "any" : "up to " + box.mostBlocks();
    }
}
