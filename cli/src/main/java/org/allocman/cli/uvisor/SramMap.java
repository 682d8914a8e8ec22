package org.allocman.cli.uvisor;

import java.io.PrintWriter;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.lab.machine.UvisorMachine;
import org.allocman.uvisor.AddressRange;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.box.BoxRegion;
import org.checkerframework.checker.mustcall.qual.NotOwning;

/**
 * Draws the RAM: the static regions, then the blocks, a row for each eight that a region of the MPU covers, a cell a block with its owner in it. Rows that are
 * alike are drawn once.
 */
final class SramMap {
    private static final int ADDRESS = 10;
    private static final int NARROWEST = 4;
    private static final int WIDEST = 10;
    private static final int EIGHT = 8;
    private static final int BAR = 24;

    private final @NotOwning PrintWriter out;
    private final Uvisor uvisor;
    private final UvisorMachine machine;
    private final AddressRange ram;
    private final BlockGeometry geometry;
    private final int inRow;
    private final int cell;

    SramMap(Console console, UvisorMachine machine, int width) {
        this.machine = machine;
        this.ram = machine.ram();
        this.out = console.out();
        this.uvisor = machine.uvisor();
        this.geometry = uvisor.plan().geometry();
        int room = width - ADDRESS - 3;
        this.inRow = room >= EIGHT * (NARROWEST + 1) + 1 ? EIGHT : EIGHT / 2;
        this.cell = Math.max(NARROWEST, Math.min(WIDEST, (room - 1) / inRow - 1));
    }

    /** Draws everything; what the signs mean only if that is wanted. */
    void print(String indent, boolean explained) {
        for (AddressRange other : machine.otherRam()) {
            printOthers(indent, other.start(), other.end() - other.start());
        }
        if (uvisor.plan().start() > ram.start()) {
            printOthers(indent, ram.start(), uvisor.plan().start() - ram.start());
        }
        for (BoxRegion region : uvisor.plan().placement().regions()) {
            out.println(indent + pad(Figures.hex(region.base()), ADDRESS) + " |" + bar(region) + "| "
                    + uvisor.plan().boxes().get(region.box()).config().name() + ", " + Figures.size(region.bytes()));
        }
        printBlocks(indent);
        if (explained) {
            out.println(
                    indent + "#: data and heap of a box; s: its stack; -: nobody may touch it, so a stack that is too"
                            + " deep faults");
            out.println(indent
                    + "a name: a block of that box; t0: it goes with thread 0; .: free in the pool; empty: nobody's"
                    + " yet");
        }
    }

    private void printOthers(String indent, long start, long bytes) {
        long metadata = machine.layout().metadata().start();
        boolean hasMetadata = start <= metadata && metadata < start + bytes;
        String what = machine.managed().isDefined()
                ? "kernel, manager, and what else is not for boxes"
                : hasMetadata ? "uVisor's own" : "used by nobody: blocks are in one stretch of RAM";
        out.println(indent + pad(Figures.hex(start), ADDRESS) + " " + what + ", " + Figures.size(bytes));
    }

    /** A region, each column a part of it. */
    private static String bar(BoxRegion region) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < BAR; column++) {
            long at = region.base() + (2L * column + 1) * region.bytes() / (2L * BAR);
            boolean isData = region.data() != 0 && at >= region.data() && at < region.data() + region.dataBytes();
            boolean isStack = at >= region.stack() && at < region.stackPointer() + Long.BYTES;
            text.append(isData ? '#' : isStack ? 's' : '-');
        }
        return text.toString();
    }

    private void printBlocks(String indent) {
        int first = geometry.octetOf(0) * EIGHT;
        int last = geometry.octetOf(geometry.count() - 1) * EIGHT + EIGHT;
        String before = "";
        int alike = 0;
        for (int bit = first; bit < last; bit += inRow) {
            String cells = row(bit);
            if (cells.equals(before) && bit + inRow < last) {
                alike++;
                continue;
            }
            printAlike(indent, alike);
            alike = 0;
            long address = geometry.start() + (bit - geometry.shift()) * geometry.blockBytes();
            out.println(indent + pad(Figures.hex(address), ADDRESS) + " " + cells);
            before = cells;
        }
        out.println();
        out.println(indent + summary());
    }

    private void printAlike(String indent, int rows) {
        if (rows > 0) {
            out.println(indent + pad("", ADDRESS) + " ... " + Figures.count(rows, "row") + " like this");
        }
    }

    private String row(int bit) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < inRow; i++) {
            int block = bit + i - geometry.shift();
            boolean isBlock = block >= 0 && block < geometry.count();
            boolean wasBlock = block - 1 >= 0 && block - 1 < geometry.count() && i > 0;
            text.append(isBlock || wasBlock ? '|' : ' ').append(pad(isBlock ? label(block) : "", cell));
        }
        int last = bit + inRow - 1 - geometry.shift();
        return text.append(last >= 0 && last < geometry.count() ? "|" : "")
                .toString()
                .stripTrailing();
    }

    private String label(int block) {
        if (block < uvisor.topLevel().arenaBlocks()) {
            return shortened("arena", "");
        }
        if (block >= geometry.count() - uvisor.topLevel().stackBlocks()) {
            return shortened("stack", "");
        }
        int owner = uvisor.pool().owner(block);
        if (owner == BlockPool.NONE) {
            return uvisor.pool().isInside(block) ? "." : "";
        }
        int thread = threadWith(block);
        return shortened(uvisor.plan().boxes().get(owner).config().name(), thread < 0 ? "" : " t" + thread);
    }

    /** The thread that a block goes with, or in whose heap of blocks it is. */
    private int threadWith(int block) {
        int marked = uvisor.threads().threadOf(block);
        for (int thread = 0; marked < 0 && thread < EIGHT * 2; thread++) {
            if (uvisor.threads().isLive(thread) && uvisor.threads().hasBlock(thread, block)) {
                marked = thread;
            }
        }
        return marked;
    }

    private String shortened(String name, String end) {
        int room = cell - end.length();
        return (name.length() <= room ? name : name.substring(0, Math.max(1, room))) + end;
    }

    private String summary() {
        BlockPool pool = uvisor.pool();
        long used = 0;
        for (int box = 0; box < pool.boxes(); box++) {
            used += pool.owned(box);
        }
        int arena = uvisor.topLevel().arenaBlocks();
        int stack = uvisor.topLevel().stackBlocks();
        int size = pool.end() - pool.first();
        return "arena " + blocks(arena) + ", pool " + used + " of " + blocks(size) + " in use, stack " + blocks(stack)
                + ", nobody's " + blocks(geometry.count() - arena - stack - size);
    }

    private String blocks(long count) {
        return Figures.count(count, "block")
                + (count == 0 ? "" : " (" + Figures.size(count * geometry.blockBytes()) + ")");
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
