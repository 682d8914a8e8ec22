package org.allocman.cli.uvisor;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.allocman.check.invariants.Invariant;
import org.allocman.check.uvisor.BoxWorkload;
import org.allocman.check.uvisor.UvisorInvariants;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.Progress;
import org.allocman.cli.frame.TextTable;
import org.allocman.cli.page.Recording;
import org.allocman.uvisor.BoxSetup;
import org.allocman.uvisor.ThreadRefusal;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.box.BoxRegion;
import org.allocman.uvisor.rules.PageError;
import org.checkerframework.checker.mustcall.qual.NotOwning;

/** The run: the plan, the update, the mixed work, and the maps between them. */
final class UvisorRun {
    private static final String INDENT = "   ";
    private static final int PIECE = 2048;
    private static final int CHECKS = 20;

    private final Console console;
    private final @NotOwning PrintWriter out;
    private final UvisorMachine machine;
    private final Uvisor uvisor;
    private final SramMap map;
    private final boolean quiet;
    private final Recording recording;
    private final List<String> broken = new ArrayList<>();
    private int checks;
    private int chapters;
    private int maps;

    UvisorRun(Console console, UvisorMachine machine, int width, boolean quiet, Recording recording) {
        this.console = console;
        this.out = console.out();
        this.machine = machine;
        this.uvisor = machine.uvisor();
        this.map = new SramMap(console, uvisor, machine.ram(), width - INDENT.length());
        this.quiet = quiet;
        this.recording = recording;
    }

    UvisorReport run(int steps, long seed) throws BadInputException {
        UvisorPlan plan = uvisor.plan();
        tellPlan(plan);

        // what is there before: the program's stack, something in the arena, a box with blocks and a gap between them
        recording.chapter("The RAM before the update.");
        recording.call(
                "The stack grows by a block",
                () -> done(uvisor.growStack(plan.geometry().end() - 1)));
        long kept = address("Box 0 allocates 1000 bytes of the arena", () -> uvisor.malloc(1000));
        long[] between = settle();
        check();
        List<UvisorReport.Block> before = UvisorReport.Block.of(uvisor);
        chapter("The RAM before the update");
        draw();

        long free = uvisor.pool().available();
        int box = plan.boxes().size() - 1;
        recording.chapter("A firmware update.");
        Updating updating = beginUpdate(box);
        check();
        List<UvisorReport.Block> during = UvisorReport.Block.of(uvisor);
        chapter("A firmware update: a thread of box " + name(box) + " with a heap of its own");
        say("Its heap is " + Figures.count(updating.blocks, "block") + " in "
                + Figures.count(updating.pieces, "piece") + "; " + Figures.size(updating.image)
                + " of the new firmware are in it, and something in the box's own heap that is to stay.");
        draw();

        recording.call("The thread of the update ends", () -> {
            uvisor.enterBox(box);
            uvisor.endThread(updating.thread);
            uvisor.pool().trim();
            return "its blocks are free";
        });
        check();
        boolean freed = uvisor.pool().available() == free;
        List<UvisorReport.Block> after = UvisorReport.Block.of(uvisor);
        chapter("The RAM when the thread has ended");
        say(
                freed
                        ? console.right("Every block that the thread had is free again; nothing is fragmented.")
                        : console.wrong("NOT every block that the thread had is free again."));
        say("What it left in the heap of its box is still there.");
        draw();

        recording.call("What was there before is freed", () -> {
            cleanUp(box, updating, between, kept);
            return "done";
        });
        UvisorReport.Work work = work(steps, seed);
        boolean allFree = uvisor.pool().available() + uvisor.topLevel().stackBlocks()
                == plan.geometry().count();
        chapter("In the end");
        uvisor.pool().trim();
        draw();
        boolean whole = giveAllBack();
        recording.end();
        return new UvisorReport(
                machine.managed().machine().board().name(),
                plan.mpu().text(),
                plan.geometry().blockBytes(),
                plan.geometry().count(),
                machine.metadata(),
                boxes(plan),
                before,
                during,
                after,
                new UvisorReport.Update(name(box), updating.blocks, updating.pieces, updating.image, freed),
                work,
                new UvisorReport.Invariants(checks, List.copyOf(broken)),
                allFree,
                whole);
    }

    /** What the update made. */
    private record Updating(int thread, int blocks, int pieces, long image, long stays) {}

    /** Lets the first box after box 0 take three blocks and give the middle one back. */
    private long[] settle() {
        uvisor.enterBox(uvisor.plan().boxes().size() > 1 ? 1 : 0);
        long[] blocks = new long[3];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = address("The first box takes a block", () -> uvisor.mallocBlock(1));
        }
        long middle = blocks[1];
        if (middle != 0) {
            recording.call("It gives the middle one back", () -> done(uvisor.freeBlock(middle, 1) == PageError.OK));
            blocks[1] = 0;
        }
        return blocks;
    }

    private Updating beginUpdate(int box) throws BadInputException {
        uvisor.enterBox(box);
        BlockPool pool = uvisor.pool();
        long most = Math.min(5, Math.min(pool.available(), pool.quota(box) - pool.owned(box)));
        long usable = uvisor.plan().geometry().blockBytes() - 256;
        long heap = most < 1
                ? 0
                : address(
                        "Box " + name(box) + " makes a heap of " + Figures.count(most, "block"),
                        () -> uvisor.createHeap(Math.max(1, most * usable), 256));
        int thread = heap == 0
                ? -1
                : (int) answer("It makes a thread on that heap", 0, () -> uvisor.createThreadOn(5, heap, 0, 1024));
        if (thread < 0) {
            throw new BadInputException("box " + name(box) + " cannot update: "
                    + (heap == 0
                            ? "there is no block for it, or no room for the table of a heap in the box's own heap"
                            : ThreadRefusal.of(thread)
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', ' ')));
        }
        uvisor.run(thread);
        long[] loaded = {0};
        recording.call("The thread loads the new firmware into it", () -> {
            for (long piece = uvisor.malloc(PIECE); piece != 0; piece = uvisor.malloc(PIECE)) {
                uvisor.user().store64(piece, 0, ++loaded[0]);
            }
            return Figures.size(loaded[0] * PIECE) + " are there";
        });
        long image = loaded[0];
        long stays = uvisor.processMalloc(64);
        int blocks = 0;
        int pieces = 0;
        boolean isBefore = false;
        for (int block = 0; block < uvisor.plan().geometry().count(); block++) {
            boolean isHeap = uvisor.threads().hasBlock(thread, block);
            blocks += isHeap ? 1 : 0;
            pieces += isHeap && !isBefore ? 1 : 0;
            isBefore = isHeap;
        }
        return new Updating(thread, blocks, pieces, image * PIECE, stays);
    }

    private void cleanUp(int box, Updating updating, long[] blocks, long kept) {
        uvisor.enterBox(box);
        uvisor.free(updating.stays);
        uvisor.enterBox(uvisor.plan().boxes().size() > 1 ? 1 : 0);
        for (long block : blocks) {
            if (block != 0) {
                uvisor.freeBlock(block, 1);
            }
        }
        uvisor.enterBox(0);
        uvisor.free(kept);
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

    /** The stack keeps its block for as long as the system runs, so only the rest can be whole. */
    private boolean giveAllBack() {
        recording.chapter("Everything is given back.");
        recording.call("The static regions are given back", () -> {
            machine.giveStaticRegionsBack();
            return "done";
        });
        recording.trim(machine.managed().allocman());
        return machine.managed().allocman().statistics().liveObjects()
                == uvisor.topLevel().stackBlocks();
    }

    private static String done(boolean isDone) {
        return isDone ? "done" : "refused";
    }

    /** Records a call that answers an address, 0 if it is refused. */
    private long address(String what, LongSupplier call) {
        return answer(what, 1, call);
    }

    /** Records a call that answers a number, less than the least if it is refused. */
    private long answer(String what, long least, LongSupplier call) {
        long[] answer = {0};
        recording.call(what, () -> {
            answer[0] = call.getAsLong();
            return done(answer[0] >= least);
        });
        return answer[0];
    }

    private void check() {
        checks++;
        broken.addAll(Invariant.check(UvisorInvariants.all(), machine.subject()));
    }

    private void tellPlan(UvisorPlan plan) {
        chapter("Boxes and blocks on " + machine.managed().machine().board().name() + " ("
                + plan.mpu().text() + ")");
        if (quiet) {
            return;
        }
        TextTable table =
                new TextTable("box", ">region", ">size", ">data", ">stack", ">heap", ">per thread", ">blocks");
        BoxSetup first = plan.boxes().get(0);
        table.row(first.config().name(), "the rest", "", "", "", "the arena", local(first), quota(first));
        for (BoxRegion region : plan.placement().regions()) {
            BoxSetup box = plan.boxes().get(region.box());
            table.row(
                    box.config().name(),
                    Figures.hex(region.base()),
                    Figures.size(region.bytes()),
                    Figures.size(region.dataBytes()),
                    Figures.size(stackBytes(region)),
                    Figures.size(box.config().sizes().heap()),
                    local(box),
                    quota(box));
        }
        table.print(console, INDENT);
        say(Figures.count(plan.geometry().count(), "block") + " of "
                + Figures.size(plan.geometry().blockBytes()) + " from "
                + Figures.hex(plan.geometry().start()) + " to "
                + Figures.hex(plan.geometry().end()) + "; the metadata takes "
                + Figures.size(machine.metadata()) + " of the manager's pool.");
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

    private List<UvisorReport.Box> boxes(UvisorPlan plan) {
        return plan.placement().regions().stream()
                .map(region -> new UvisorReport.Box(
                        name(region.box()),
                        region.base(),
                        region.bytes(),
                        region.dataBytes(),
                        region.stackPointer(),
                        plan.boxes().get(region.box()).mostBlocks() == BlockPool.NO_QUOTA
                                ? -1
                                : plan.boxes().get(region.box()).mostBlocks()))
                .toList();
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
