package org.allocman.check.sweep;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.check.manager.QuietMemory;
import org.allocman.check.manager.SlotWords;
import org.allocman.cspace.SecondLevels;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.workload.FreeOrder;
import org.allocman.lab.workload.MixedWorkload;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.manager.Statistics;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.Slots;

/**
 * Rounds of different work on one machine. After each everything is freed, in one of three orders, and {@link Allocman#trim
 * trimmed}; then every untyped has to be whole, nothing may be left in the pools, and the memory has to be the one it was after the
 * first round, word for word. Each round also trims once while objects are live.
 */
public final class Rounds {
    private static final int LIVE_SHARE = 6;
    private static final long SEED_STEP = 1_000_003;
    private static final FreeOrder[] ORDERS = FreeOrder.values();

    private final Setting setting;
    private final Machine machine;
    private final Allocman allocman;
    private final QuietMemory memory;
    private final ManagerInvariants invariants;
    private long made;
    private long mostPages;
    private int mostSecondLevels;

    private Rounds(Setting setting, Machine machine, Allocman allocman) {
        this.setting = setting;
        this.machine = machine;
        this.allocman = allocman;
        Slots slots = new Slots(machine.memory().words(), setting.board().architecture());
        long root = SlotWords.rootOf(machine.memory(), machine.kernelState(), slots);
        this.memory = new QuietMemory(
                machine.memory(),
                slots,
                new SlotWords(slots, root, allocman.slots().cspace()),
                allocman);
        this.invariants = new ManagerInvariants(allocman, slots, root);
    }

    /**
     * Does rounds of work; ends with the first after which something is broken.
     *
     * @param setting on which machine
     * @param rounds how many, 1 or more
     * @return what came of them; or why there is no such machine
     */
    public static Either<String, RoundsResult> run(Setting setting, int rounds) {
        Machine machine;
        try {
            machine = ManagedMachine.boot(setting.board(), setting.pools());
        } catch (BootFailure tooSmall) {
            return Either.left(String.valueOf(tooSmall.getMessage()));
        }
        return ManagedMachine.manage(machine, setting.pools(), kernel -> kernel, GrowthListener.NONE)
                .mapLeft(failure -> failure.message())
                .map(managed -> new Rounds(setting, machine, managed.allocman()).all(rounds));
    }

    private RoundsResult all(int rounds) {
        List<String> broken = new ArrayList<>();
        State first = null;
        int done = 0;
        while (done < rounds && broken.isEmpty()) {
            round(done);
            done++;
            State now = state();
            broken.addAll(left(now));
            if (first == null) {
                first = now;
            } else if (broken.isEmpty() && !now.equals(first)) {
                broken.add("the memory is not the one it was after the first round: " + first + ", now " + now);
            }
        }
        broken.addAll(invariants.check());
        broken.addAll(KernelInvariants.check(
                new KernelView(machine.memory(), setting.board().architecture(), machine.kernelState())));
        int last = done;
        broken.replaceAll(text -> "round " + last + ": " + text);
        return new RoundsResult(done, made, mostPages, mostSecondLevels, List.copyOf(broken));
    }

    /** Half of the work, a trim while objects are live, the other half; then all is freed. */
    private void round(int number) {
        MixedWorkload work = new MixedWorkload(
                new AllocmanVka(allocman),
                setting.seed() * SEED_STEP + number,
                machine.bootInfo().untypeds(),
                Math.max(1, setting.objects() / LIVE_SHARE));
        work.run(setting.objects() / 2, objects -> {});
        look();
        allocman.trim();
        work.run(setting.objects() - setting.objects() / 2, objects -> {});
        look();
        work.freeAll(ORDERS[number % ORDERS.length]);
        made += work.summary().madeInAll();
        allocman.trim();
    }

    private void look() {
        mostPages = Math.max(mostPages, allocman.statistics().virtualPagesMapped());
        SecondLevels twoLevel = allocman.slots().cspace().secondLevels();
        if (twoLevel != null) {
            mostSecondLevels = Math.max(mostSecondLevels, twoLevel.nodes());
        }
    }

    private List<String> left(State state) {
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            if (!allocman.untypeds().roots().isWhole(i)) {
                broken.add("the untyped at 0x"
                        + Long.toHexString(allocman.untypeds().roots().physicalAddress(i)) + " is not whole");
            }
        }
        Statistics now = state.statistics();
        if (now.liveObjects() != 0 || allocman.untypeds().manager().liveObjects() != 0) {
            broken.add(allocman.untypeds().manager().liveObjects() + " objects are live, " + now.liveObjects()
                    + " of them users'");
        }
        if (now.virtualPagesMapped() + now.pagingStructures() != 0) {
            broken.add("the virtual pool has " + now.virtualPagesMapped() + " pages and " + now.pagingStructures()
                    + " paging structures");
        }
        return broken;
    }

    private State state() {
        return new State(memory.fingerprint(), allocman.statistics());
    }

    /** What has to be the same after each round. */
    private record State(String memory, Statistics statistics) {}
}
