package org.allocman.cli.boot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.Progress;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.Statistics;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.testkit.invariants.KernelInvariants;
import org.allocman.testkit.invariants.KernelView;
import org.allocman.testkit.kernel.CountingKernel;
import org.allocman.testkit.kernel.Invocation;
import org.allocman.testkit.machine.ManagedMachine;
import org.allocman.testkit.manager.ManagerInvariants;
import org.allocman.testkit.workload.MixedWorkload;
import org.allocman.vka.BootInfo;
import org.allocman.vka.Untyped;
import org.allocman.vka.VkaError;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One run of the main job, told as it goes. */
final class BootRun {
    private static final int CHECKS = 10;
    private static final int LIVE_SHARE = 5;
    private static final int BROKEN_TOLD = 10;

    private final Board board;
    private final ManagedMachine.Pools pools;
    private final int objects;
    private final long seed;
    private final Story story;
    private final TellingGrowth growth;
    private final List<String> broken = new ArrayList<>();
    private int checks;

    /**
     * Prepares a run.
     *
     * @param board what to boot
     * @param pools the pools to have
     * @param objects how many objects are to come and go
     * @param seed of the work
     * @param story who is told
     */
    BootRun(Board board, ManagedMachine.Pools pools, int objects, long seed, Story story) {
        this.board = board;
        this.pools = pools;
        this.objects = objects;
        this.seed = seed;
        this.story = story;
        this.growth = new TellingGrowth(story);
    }

    /** What is in use while the most objects are live. */
    private record Peak(long objects, Statistics statistics) {}

    /**
     * Runs.
     *
     * @return what was done
     * @throws BootFailure if the board is too small for a kernel and a root task
     * @throws CannotStart if it is too small for a manager
     */
    BootReport run() throws BootFailure, CannotStart {
        Machine machine = ManagedMachine.boot(board, pools);
        tellBoot(machine);
        SlotReader slots = new SlotReader(machine);
        CountingKernel counting = new CountingKernel(machine.kernel());
        NarratingKernel narrating = new NarratingKernel(counting, slots, story);
        tellCircle(machine);
        narrating.tell(true);
        growth.tell(true);
        ManagedMachine managed = ManagedMachine.manage(machine, pools, kernel -> narrating, growth)
                .getOrElseThrow(failure -> new CannotStart(board.name() + ": " + failure.message()));
        narrating.tell(false);
        growth.tell(false);
        Allocman allocman = managed.allocman();
        ManagerInvariants invariants = new ManagerInvariants(allocman, slots.slots(), slots.cnode());
        check(machine, invariants);
        allocman.trim();
        Statistics before = allocman.statistics();

        story.chapter("Work: " + Figures.count(objects, "object") + " come and go (seed " + Figures.hex(seed) + ").");
        MixedWorkload work = new MixedWorkload(
                new AllocmanVka(allocman), seed, machine.bootInfo().untypeds(), Math.max(1, objects / LIVE_SHARE));
        Peak peak = work(machine, allocman, invariants, work);
        tellWork(work.summary());
        long pagingStructures = allocman.statistics().pagingStructures();

        story.chapter("Everything is given back.");
        work.freeAll();
        check(machine, invariants);
        allocman.trim();
        check(machine, invariants);
        boolean whole = isWhole(allocman);
        Fingerprint first = machine.memory().fingerprint();
        boolean reserveFull = allocman.isReserveFull();
        Map<String, Long> invocations = invocations(counting);
        tellEnd(machine, allocman, work.summary(), whole);
        boolean same = secondRound(machine, allocman, first);
        return report(managed, work, before, peak, pagingStructures, invocations, whole, same, reserveFull);
    }

    private void tellBoot(Machine machine) {
        BootInfo info = machine.bootInfo();
        story.chapter("The kernel boots on " + board.name() + " ("
                + board.architecture().text() + ").");
        for (Region ram : board.regions(Region.Kind.RAM)) {
            story.say("RAM of " + Figures.size(ram.size()) + " at " + Figures.hex(ram.start()) + ".");
        }
        long memory =
                info.untypeds().stream().filter(untyped -> !untyped.device()).count();
        story.say("It keeps its image, places the root task's objects, and cuts the rest into "
                + Figures.count(info.untypeds().size(), "untyped") + ":");
        story.say(Figures.count(memory) + " of memory (" + Figures.size(bytes(info)) + " in all), "
                + Figures.count(info.untypeds().size() - memory) + " of device memory, in slots "
                + info.untyped().start() + " to " + (info.untyped().end() - 1) + ".");
        story.say("The root CNode has " + Figures.count(1L << info.initThreadCNodeSizeBits()) + " slots; from slot "
                + info.empty().start() + " on, " + Figures.count(info.empty().size()) + " are empty.");
    }

    private void tellCircle(Machine machine) {
        story.chapter("The circle.");
        story.say("An object is made from an untyped into a slot, and a record must say which untyped and which slot.");
        story.say(
                "A record needs memory. Memory is a frame, and a frame is an object. So nothing can be allocated yet.");
        story.chapter("What breaks it: a static pool.");
        story.say("Part of the root task's own image was mapped before its first instruction: "
                + Figures.size(machine.staticPoolBytes()) + " at virtual " + Figures.hex(machine.staticPoolBase())
                + ".");
        story.say("It holds the allocator's state, the bitmaps of slots, a record for each untyped, and the reserve:");
        story.say("what one growth of the pool can need at worst, which no user can take.");
        if (pools.virtualPoolBytes() > 0) {
            story.chapter("The circle closes: a virtual pool.");
        }
    }

    private Peak work(Machine machine, Allocman allocman, ManagerInvariants invariants, MixedWorkload work) {
        int between = Math.max(1, objects / CHECKS);
        Peak[] peak = {new Peak(0, allocman.statistics())};
        try (Progress progress = story.console().progress("objects")) {
            work.run(objects, made -> {
                progress.at(made, objects);
                long live = work.liveCount();
                if (live > peak[0].objects) {
                    peak[0] = new Peak(live, allocman.statistics());
                }
                if (made % between == 0) {
                    check(machine, invariants);
                }
            });
        }
        return peak[0];
    }

    private void check(Machine machine, ManagerInvariants invariants) {
        checks++;
        broken.addAll(invariants.check());
        broken.addAll(
                KernelInvariants.check(new KernelView(machine.memory(), board.architecture(), machine.kernelState())));
    }

    private static boolean isWhole(Allocman allocman) {
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            if (!allocman.untypeds().roots().isWhole(i)) {
                return false;
            }
        }
        return allocman.statistics().liveObjects() == 0;
    }

    private boolean secondRound(Machine machine, Allocman allocman, Fingerprint first) {
        MixedWorkload again = new MixedWorkload(
                new AllocmanVka(allocman), seed, machine.bootInfo().untypeds(), Math.max(1, objects / LIVE_SHARE));
        try (Progress progress = story.console().progress("second round")) {
            again.run(objects, made -> progress.at(made, objects));
        }
        again.freeAll();
        allocman.trim();
        Fingerprint second = machine.memory().fingerprint();
        if (first.equals(second)) {
            story.good("A second round of the same work ends in the very same memory (fingerprint " + first + ").");
        } else {
            story.wrong("A second round of the same work ends in another memory: " + first + ", then " + second + ".");
        }
        return first.equals(second);
    }

    private void tellWork(MixedWorkload.Summary summary) {
        StringBuilder made = new StringBuilder();
        new TreeMap<>(summary.made())
                .forEach((type, count) -> made.append(made.isEmpty() ? "" : ", ")
                        .append(Figures.count(count))
                        .append(' ')
                        .append(type.text()));
        story.say("Made: " + made + ".");
        story.say(Figures.count(summary.madeAtAddress()) + " of them at a physical address that was asked for; at most "
                + Figures.count(summary.peak()) + " were live at one time.");
        if (!summary.refused().isEmpty()) {
            StringBuilder refused = new StringBuilder();
            new TreeMap<>(summary.refused())
                    .forEach((reason, count) -> refused.append(refused.isEmpty() ? "" : ", ")
                            .append(Figures.count(count))
                            .append(' ')
                            .append(text(reason)));
            story.say("Refused, with nothing changed: " + refused + ".");
        }
    }

    private void tellEnd(Machine machine, Allocman allocman, MixedWorkload.Summary summary, boolean whole) {
        long untypeds = machine.bootInfo().untypeds().size();
        if (whole) {
            story.good("All " + Figures.count(untypeds, "untyped") + " are whole: the largest block of each is back, "
                    + Figures.count(summary.freed(), "object") + " were freed.");
        } else {
            story.wrong(
                    "Not every untyped is whole again; " + allocman.statistics().liveObjects() + " objects are live.");
        }
        if (broken.isEmpty()) {
            story.good("Every invariant of kernel and manager held, each of the " + checks + " times it was checked.");
        }
        for (String sentence : broken.subList(0, Math.min(BROKEN_TOLD, broken.size()))) {
            story.wrong("Broken: " + sentence);
        }
    }

    private static String text(VkaError.Reason reason) {
        return reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private static long bytes(BootInfo info) {
        return info.untypeds().stream()
                .filter(untyped -> !untyped.device())
                .mapToLong(untyped -> 1L << untyped.sizeBits())
                .sum();
    }

    private static Map<String, Long> invocations(CountingKernel counting) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Invocation invocation : Invocation.values()) {
            if (counting.count(invocation) > 0) {
                counts.put(invocation.text(), counting.count(invocation));
            }
        }
        counts.put("refused", counting.refused());
        return counts;
    }

    private BootReport report(
            ManagedMachine managed,
            MixedWorkload work,
            Statistics before,
            Peak peak,
            long pagingStructures,
            Map<String, Long> invocations,
            boolean whole,
            boolean same,
            boolean reserveFull) {
        BootInfo info = managed.machine().bootInfo();
        MixedWorkload.Summary summary = work.summary();
        long memory =
                info.untypeds().stream().filter(untyped -> !untyped.device()).count();
        int largest = info.untypeds().stream()
                .filter(untyped -> !untyped.device())
                .mapToInt(Untyped::sizeBits)
                .max()
                .orElse(0);
        Statistics at = peak.statistics;
        long usedBytes = 4096 * (usedPages(at) - usedPages(before));
        long usedSlots = before.freeSlots() - at.freeSlots();
        Map<String, Integer> made = new TreeMap<>();
        summary.made().forEach((type, count) -> made.put(type.text(), count));
        Map<String, Integer> refused = new TreeMap<>();
        summary.refused().forEach((reason, count) -> refused.put(text(reason), count));
        return new BootReport(
                board.name(),
                board.architecture().text(),
                board.regions(Region.Kind.RAM).stream().mapToLong(Region::size).sum(),
                Figures.hex(seed),
                new BootReport.Untypeds(
                        (int) memory, bytes(info), info.untypeds().size() - (int) memory, largest),
                new BootReport.Pools(
                        at.staticPoolBytes(),
                        managed.plan().bytes(),
                        at.staticPoolBytes() - 4096 * at.staticPagesReady(),
                        managed.plan().layout().windowPages() * 4096,
                        growth.most() * 4096,
                        pagingStructures),
                new BootReport.Slots(
                        1L << info.initThreadCNodeSizeBits(), info.empty().size(), at.freeSlots()),
                new BootReport.Work(
                        objects,
                        made,
                        summary.madeInAll(),
                        summary.madeAtAddress(),
                        summary.freed(),
                        summary.peak(),
                        refused),
                invocations,
                new BootReport.Live(
                        peak.objects, perObject(usedBytes, peak.objects), perObject(usedSlots, peak.objects)),
                new BootReport.Reserve(
                        at.reserve().arenas(),
                        at.reserve().tables(),
                        at.reserve().slotWords() * 64,
                        reserveFull),
                new BootReport.Invariants(checks, List.copyOf(broken)),
                whole,
                same);
    }

    private static long usedPages(Statistics statistics) {
        return statistics.staticPoolBytes() / 4096
                - statistics.staticPagesReady()
                + statistics.virtualPagesMapped()
                - statistics.virtualPagesReady();
    }

    private static double perObject(long amount, long objects) {
        return objects == 0 ? 0 : Math.round(100.0 * amount / objects) / 100.0;
    }

    /** The board boots, but there is no manager on it. */
    static final class CannotStart extends Exception {
        private static final long serialVersionUID = 1L;

        CannotStart(@Nullable String message) {
            super(message);
        }
    }
}
