package org.allocman.cli.uvisor;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.check.invariants.Invariant;
import org.allocman.check.uvisor.BoxWorkload;
import org.allocman.check.uvisor.UvisorInvariants;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.Progress;
import org.allocman.cli.frame.TextTable;
import org.allocman.cli.page.Recording;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.UvisorMachine;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.view.recording.Cells;
import org.checkerframework.checker.mustcall.qual.NotOwning;

/** The run: the plan, the update, the mixed work, and the maps between them. */
final class UvisorRun {
    private static final String INDENT = "   ";
    private static final int CHECKS = 20;

    private final Console console;
    private final @NotOwning PrintWriter out;
    private final UvisorMachine machine;
    private final Uvisor uvisor;
    private final SramMap map;
    private final boolean quiet;
    private final Recording recording;
    private final UvisorNarration narration;
    private final List<String> broken = new ArrayList<>();
    private List<UvisorReport.Block> during = List.of();
    private List<UvisorReport.Block> after = List.of();
    private int checks;
    private int chapters;
    private int maps;

    UvisorRun(Console console, UvisorMachine machine, int width, boolean quiet, Recording recording) {
        this.console = console;
        this.out = console.out();
        this.machine = machine;
        this.uvisor = machine.uvisor();
        this.map = new SramMap(console, machine, width - INDENT.length());
        this.quiet = quiet;
        this.recording = recording;
        this.narration = new UvisorNarration(uvisor, recording);
    }

    UvisorReport run(int steps, long seed) {
        UvisorPlan plan = uvisor.plan();
        chapter("Boxes and blocks on " + machine.board().name() + " ("
                + plan.mpu().text() + ", " + machine.layout().mpuRegions() + " regions)");
        if (!quiet) {
            new PlacementPage(console, machine).print(INDENT);
        }
        recording.owners(Cells.blocks(uvisor.pool(), uvisor.topLevel(), this::name));
        recording.ready();

        recording.chapter("The RAM before the update.");
        narration.begin();
        check();
        List<UvisorReport.Block> before = UvisorReport.Block.of(uvisor);
        chapter("The RAM before the update");
        draw();

        recording.chapter("A firmware update.");
        UvisorNarration.Updating updating = narration.update();
        UvisorReport.Update update = updating == null ? null : update(updating);
        narration.leftOut().forEach(sentence -> say("Left out: " + sentence + "."));
        narration.cleanUp(updating);
        UvisorReport.Work work = work(steps, seed);
        boolean allFree = uvisor.pool().available() + uvisor.topLevel().stackBlocks()
                == plan.geometry().count();
        chapter("In the end");
        uvisor.pool().trim();
        draw();
        boolean whole = giveAllBack(
                uvisor.topLevel().stackBlocks() * piecesOf(plan.geometry().blockBytes()));
        recording.end();
        return new UvisorReport(
                machine.board().name(),
                plan.mpu().text(),
                machine.layout().mpuRegions(),
                machine.managed().isEmpty(),
                plan.geometry().blockBytes(),
                plan.geometry().count(),
                machine.layout().metadataBytes(),
                UvisorReport.Box.of(plan),
                before,
                during,
                after,
                update,
                narration.leftOut(),
                work,
                new UvisorReport.Invariants(checks, List.copyOf(broken)),
                allFree,
                whole);
    }

    /** Shows the update that has begun, and ends it. */
    private UvisorReport.Update update(UvisorNarration.Updating updating) {
        check();
        during = UvisorReport.Block.of(uvisor);
        chapter("A firmware update: a thread of box " + name(updating.box()) + " with a heap of its own");
        say("Its heap is " + Figures.count(updating.blocks().size(), "block") + " in "
                + Figures.count(updating.pieces(), "piece") + "; " + Figures.size(updating.image())
                + " of the new firmware are in it"
                + (updating.stays() > 0 ? ", and something in the box's own heap that is to stay." : "."));
        draw();
        boolean freed = narration.end(updating);
        check();
        after = UvisorReport.Block.of(uvisor);
        chapter("The RAM when the thread has ended");
        say(
                freed
                        ? console.right("Every block that the thread had is free again; nothing is fragmented.")
                        : console.wrong("NOT every block that the thread had is free again."));
        if (updating.stays() > 0) {
            say("What it left in the heap of its box is still there.");
        }
        draw();
        return new UvisorReport.Update(
                name(updating.box()), updating.blocks().size(), updating.pieces(), updating.image(), freed);
    }

    private UvisorReport.Work work(int steps, long seed) {
        recording.chapter("Mixed work.");
        BoxWorkload work = new BoxWorkload(uvisor, seed);
        long faults = 0;
        try (Progress progress = console.progress("steps")) {
            for (int step = 1; step <= steps; step++) {
                recording.call("Step " + step, () -> {
                    work.step();
                    return work.last();
                });
                progress.at(step, steps);
                if (step % Math.max(1, steps / CHECKS) == 0) {
                    check();
                    faults = Math.max(faults, faults());
                }
            }
        }
        recording.call("Everything is freed", () -> {
            work.freeAll();
            return "done";
        });
        check();
        chapter("Mixed work of "
                + Figures.count(uvisor.plan().boxes().size(), "box") + ", "
                + Figures.count(steps, "step"));
        TextTable table = new TextTable("", ">done", ">refused");
        Map<String, Integer> done = new TreeMap<>();
        Map<String, Integer> refused = new TreeMap<>();
        for (BoxWorkload.Kind kind : BoxWorkload.Kind.values()) {
            String what = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            done.put(what, work.done().getOrDefault(kind, 0));
            refused.put(what, work.refused().getOrDefault(kind, 0));
            table.row(
                    what,
                    Figures.count(work.done().getOrDefault(kind, 0)),
                    Figures.count(work.refused().getOrDefault(kind, 0)));
        }
        if (!quiet) {
            table.print(console, INDENT);
            say(
                    "Refused means: no memory left, the box has as many blocks as it may, or there was nothing to do it with.");
            say(Figures.count(work.denied(), "access") + " to another box's memory denied.");
        }
        return new UvisorReport.Work(steps, Figures.hex(seed), done, refused, work.denied(), faults, work.wrong());
    }

    private long faults() {
        long faults = 0;
        for (int block = 0; block < uvisor.plan().geometry().count(); block++) {
            faults += uvisor.pool().faults(block);
        }
        return faults;
    }

    /** How many untypeds a block is. */
    private static long piecesOf(long blockBytes) {
        return blockBytes / Long.lowestOneBit(blockBytes);
    }

    /** The stack keeps its block for as long as the system runs, so only the rest can be whole. */
    private boolean giveAllBack(long stack) {
        recording.chapter("Everything is given back.");
        recording.call("UvisorMetadata and static regions are given back", () -> {
            machine.giveBack();
            return "done";
        });
        for (ManagedMachine managed : machine.managed()) {
            recording.trim(managed.allocman());
            return managed.allocman().statistics().liveObjects() == stack;
        }
        return true;
    }

    private void check() {
        checks++;
        broken.addAll(Invariant.check(
                UvisorInvariants.all(),
                new UvisorInvariants.Subject(uvisor, machine.memory().words(), machine.behindMpu())));
    }

    private String name(int box) {
        return uvisor.plan().boxes().get(box).config().name();
    }

    private void chapter(String title) {
        if (!quiet) {
            if (chapters > 0) {
                out.println();
            }
            chapters++;
            out.println(console.bold(chapters + ". " + title + "."));
        }
    }

    private void say(String sentence) {
        if (!quiet) {
            out.println(INDENT + sentence);
        }
    }

    private void draw() {
        if (!quiet) {
            maps++;
            map.print(INDENT, maps == 1);
        }
    }
}
