package org.allocman.cli.boards;

import java.io.PrintWriter;
import java.util.List;
import org.allocman.cli.frame.BoardNotes;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.TextTable;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.LeftOut;
import org.allocman.sim.board.Mirror;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.BootInfo;
import org.allocman.vka.Untyped;
import org.allocman.vka.args.ArgumentTag;
import org.checkerframework.checker.mustcall.qual.NotOwning;

/** A board as text shows it. */
final class BoardPage {
    private static final String INDENT = "  ";

    private final Console console;
    private final @NotOwning PrintWriter out;

    BoardPage(Console console) {
        this.console = console;
        this.out = console.out();
    }

    void printMap(Board board) {
        out.println(console.bold(board.name()) + ", " + board.architecture().text() + ", "
                + Figures.size(BoardView.bytes(board, Region.Kind.RAM)) + " of RAM");
        out.println();
        TextTable map = new TextTable(">from", ">to", ">size", "what", "name");
        for (Region region : board.regions()) {
            map.row(
                    Figures.hex(region.start()),
                    Figures.hex(region.end() - 1),
                    Figures.size(region.size()),
                    BoardView.word(region.kind()),
                    region.name());
        }
        map.print(console, INDENT);
        if (!board.mirrors().isEmpty()) {
            out.println();
            TextTable mirrors = new TextTable(">mirror from", ">to", ">size", ">of");
            for (Mirror mirror : board.mirrors()) {
                mirrors.row(
                        Figures.hex(mirror.start()),
                        Figures.hex(mirror.start() + mirror.size() - 1),
                        Figures.size(mirror.size()),
                        Figures.hex(mirror.original()));
            }
            mirrors.print(console, INDENT);
        }
    }

    void printLeftOut(List<LeftOut> leftOut) {
        if (!leftOut.isEmpty()) {
            out.println();
            out.println("Not to be had as memory:");
            BoardNotes.lines(leftOut).forEach(line -> out.println(INDENT + line));
        }
    }

    /** What arguments of Xous have beside memory; programs, for instance, of which there are many. */
    void printTags(List<ArgumentTag> tags) {
        if (tags.isEmpty()) {
            return;
        }
        out.println();
        TextTable table = new TextTable("tag of the arguments", ">words");
        tags.forEach(tag -> table.row(tag.name(), tag.words().size()));
        table.print(console, INDENT);
    }

    void printFailure(String failure) {
        out.println();
        out.println("It does not boot: " + failure + ".");
    }

    void printUntypeds(Machine machine) {
        BootInfo bootInfo = machine.bootInfo();
        List<Untyped> untypeds = bootInfo.untypeds();
        long device = untypeds.stream().filter(Untyped::device).count();
        long memory = untypeds.stream()
                .filter(untyped -> !untyped.device())
                .mapToLong(untyped -> 1L << untyped.sizeBits())
                .sum();
        out.println();
        out.println("At boot the root task is given " + Figures.count(untypeds.size() - device, "untyped") + " with "
                + Figures.size(memory) + " of memory, " + Figures.count(device, "device untyped") + ", and "
                + Figures.count(bootInfo.empty().size()) + " empty slots of "
                + Figures.count(1L << bootInfo.initThreadCNodeSizeBits()) + ":");
        out.println();
        TextTable table = new TextTable(">slot", ">from", ">to", ">size", ">bits", "");
        for (Untyped untyped : untypeds) {
            table.row(
                    untyped.slot(),
                    Figures.hex(untyped.paddr()),
                    Figures.hex(untyped.last()),
                    Figures.sizeOfBits(untyped.sizeBits()),
                    untyped.sizeBits(),
                    untyped.device() ? "device" : "memory");
        }
        table.print(console, INDENT);
    }
}
