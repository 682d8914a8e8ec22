package org.allocman.cli.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.allocman.bootstrap.BootstrapPlan;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.cli.boot.BootFigures.Peak;
import org.allocman.cli.frame.BoardNotes;
import org.allocman.cli.frame.BootAdvice;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.Progress;
import org.allocman.cli.page.Recording;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.lab.machine.BootSizes;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.workload.MixedWorkload;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.manager.Statistics;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardReading;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Untyped;
import org.allocman.vka.Vka;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One run of the main job, told as it goes. */
final class BootRun {
    private static final int CHECKS = 10;
    private static final int LIVE_SHARE = 5;

    private final BoardReading reading;
    private final Board board;
    private final BootSizes sizes;
    private final ManagedMachine.Pools pools;
    private final int objects;
    private final long seed;
    private final Narration narration;
    private final Recording recording;
    private final BootNarration sentences;
    private final NarratedGrowth growth;
    private final List<String> broken = new ArrayList<>();
    private int checks;

    /**
     * Prepares a run.
     *
     * @param reading what to boot
     * @param sizes of kernel, root task, root CNode and boot info
     * @param pools the pools to have
     * @param objects how many objects are to come and go
     * @param seed of the work
     * @param narration who is told
     * @param recording what is recorded, and which invocation fails
     */
    BootRun(
            BoardReading reading,
            BootSizes sizes,
            ManagedMachine.Pools pools,
            int objects,
            long seed,
            Narration narration,
            Recording recording) {
        this.reading = reading;
        this.board = reading.board();
        this.sizes = sizes;
        this.pools = pools;
        this.objects = objects;
        this.seed = seed;
        this.narration = narration;
        this.recording = recording;
        this.sentences = new BootNarration(reading.board(), pools, narration);
        this.growth = new NarratedGrowth(narration);
    }

    /**
     * Runs.
     *
     * @return what was done
     * @throws BootFailure if the board is too small for a kernel and a root task
     * @throws CannotStart if it is too small for a manager
     */
    BootReport run() throws BootFailure, CannotStart {
        Machine machine = ManagedMachine.boot(board, pools, sizes);
        SlotReader slots = new SlotReader(machine);
        CountingKernel counting = new CountingKernel(recording.start(machine, ManagedMachine.options(machine, pools)));
        BootstrapPlan plan = ManagedMachine.plan(machine, pools, recording.growth(growth));
        sentences.boot(machine, plan, BoardNotes.leftOut(reading, machine.leftOut()));
        NarratingKernel narrating = new NarratingKernel(counting, slots, narration);
        sentences.circle(machine);
        narrating.tell(true);
        growth.tell(true);
        ManagedMachine managed = ManagedMachine.manage(machine, plan, kernel -> narrating)
                .getOrElseThrow(failure -> new CannotStart(board.name() + ": " + failure.message()
                        + BootAdvice.of(board, pools, sizes, machine.leftOut())));
        recording.ready();
        narrating.tell(false);
        growth.tell(false);
        Allocman allocman = managed.allocman();
        ManagerInvariants invariants = new ManagerInvariants(allocman, slots.slots(), new SlotReader(machine).cnode());
        check(machine, invariants);
        recording.trim(allocman);
        Statistics before = allocman.statistics();

        narration.chapter("Work: " + Figures.count(objects, "object")
                + (pools.manager().canFree() ? " come and go" : ", or as many as there is memory for") + " (seed "
                + Figures.hex(seed) + ").");
        recording.chapter("Objects come and go.");
        MixedWorkload work = workload(machine, recording.vka(new AllocmanVka(allocman)));
        Peak peak = work(machine, allocman, invariants, work);
        sentences.work(work.summary());
        long pagingStructures = allocman.statistics().pagingStructures();

        if (pools.manager().canFree()) {
            narration.chapter("Everything is given back.");
            recording.chapter("Everything is given back.");
            work.freeAll();
            check(machine, invariants);
            recording.trim(allocman);
        } else {
            narration.chapter("Nothing is given back.");
            sentences.nothingBack(allocman, work);
        }
        check(machine, invariants);
        boolean whole = isWhole(allocman);
        recording.end();
        Fingerprint first = machine.memory().fingerprint();
        boolean reserveFull = allocman.isReserveFull();
        Map<String, Long> invocations = BootFigures.invocations(counting);
        sentences.end(allocman, work.summary().freed(), whole, broken, checks);
        boolean same = recording.hasFault()
                || (pools.manager().canFree() && pools.cspace().design().canGiveBack()
                        ? secondRound(machine, allocman, first)
                        : onAnother(first));
        return BootFigures.report(
                reading,
                objects,
                seed,
                growth,
                broken,
                checks,
                managed,
                work,
                before,
                peak,
                pagingStructures,
                invocations,
                whole,
                same,
                reserveFull);
    }

    private Peak work(Machine machine, Allocman allocman, ManagerInvariants invariants, MixedWorkload work) {
        int between = Math.max(1, objects / CHECKS);
        Peak[] peak = {new Peak(0, allocman.statistics())};
        try (Progress progress = narration.console().progress("objects")) {
            work.run(objects, made -> {
                progress.at(made, objects);
                long live = work.liveCount();
                if (live > peak[0].objects()) {
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
        MixedWorkload again = workload(machine, new AllocmanVka(allocman));
        try (Progress progress = narration.console().progress("second round")) {
            again.run(objects, made -> progress.at(made, objects));
        }
        again.freeAll();
        allocman.trim();
        return compare(
                "A second round of the same work", first, machine.memory().fingerprint());
    }

    private boolean onAnother(Fingerprint first) throws BootFailure, CannotStart {
        Machine machine = ManagedMachine.boot(board, pools, sizes);
        Allocman allocman = ManagedMachine.manage(machine, pools, kernel -> kernel, GrowthListener.NONE)
                .getOrElseThrow(failure -> new CannotStart(board.name() + ": " + failure.message()
                        + BootAdvice.of(board, pools, sizes, machine.leftOut())))
                .allocman();
        try (Progress progress = narration.console().progress("another machine")) {
            allocman.trim();
            MixedWorkload again = workload(machine, new AllocmanVka(allocman));
            again.run(objects, made -> progress.at(made, objects));
            if (pools.manager().canFree()) {
                again.freeAll();
                allocman.trim();
            }
        }
        return compare(
                "The same work on another machine", first, machine.memory().fingerprint());
    }

    private MixedWorkload workload(Machine machine, Vka vka) {
        List<Untyped> untypeds = machine.bootInfo().untypeds();
        return pools.manager().canFree()
                ? new MixedWorkload(vka, seed, untypeds, Math.max(1, objects / LIVE_SHARE))
                : MixedWorkload.withoutFrees(vka, seed, untypeds);
    }

    private boolean compare(String what, Fingerprint first, Fingerprint second) {
        if (first.equals(second)) {
            narration.good(what + " ends in the very same memory (fingerprint " + first + ").");
        } else {
            narration.wrong(what + " ends in another memory: " + first + ", then " + second + ".");
        }
        return first.equals(second);
    }

    /** The board boots, but there is no manager on it. */
    static final class CannotStart extends Exception {
        private static final long serialVersionUID = 1L;

        CannotStart(@Nullable String message) {
            super(message);
        }
    }
}
