package org.allocman.check.museum;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.PlannedFaults;
import org.allocman.check.action.Subject;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Boards;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Kernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A board whose resource manager is still to be started: it starts or says why not, and then works. */
final class BootRig implements Subject {
    private static final ManagedMachine.Pools POOLS = new ManagedMachine.Pools(-1, 1 << 16);

    private final Machine machine;
    private final TwoWays ways;
    private final Kernel kernel;
    private final long notes;

    // a view, the same every time it is made
    private @Nullable Allocman started;

    /**
     * A rig on the tiny board.
     *
     * @param wrapper what is to stand between the manager and the kernel
     */
    BootRig(UnaryOperator<Kernel> wrapper) {
        try {
            machine = ManagedMachine.boot(Boards.byName("tiny"), POOLS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        ways = new TwoWays(machine.kernel());
        kernel = wrapper.apply(ways.kernel());
        // nobody uses the board's device
        notes = machine.board().regions(Region.Kind.DEVICE).get(0).start();
    }

    private boolean isStarted() {
        return machine.memory().words().load64(notes, 0) != 0;
    }

    private @Nullable Allocman start() {
        return ManagedMachine.manage(machine, POOLS, ignored -> kernel, GrowthListener.NONE)
                .map(ManagedMachine::allocman)
                .getOrNull();
    }

    @Override
    public PhysicalMemory memory() {
        return machine.memory();
    }

    @Override
    public List<Action> actions() {
        return List.of(new Action() {
            @Override
            public String name() {
                return "start the manager";
            }

            @Override
            public boolean isEnabled() {
                return !isStarted();
            }

            @Override
            public Outcome perform() {
                try {
                    Allocman allocman = start();
                    if (allocman == null) {
                        return Outcome.refused("it does not start");
                    }
                    machine.memory().words().store64(notes, 0, 1);
                    started = allocman;
                    return Outcome.DONE;
                } catch (RuntimeException | AssertionError crash) {
                    return Outcome.wrong("crash", "no crash: " + crash);
                }
            }
        });
    }

    /** If it did not start, it starts when nothing is refused any more. */
    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        int checkpoint = memory().checkpoint();
        ways.look(() -> {
            Allocman allocman = isStarted() ? started : start();
            if (allocman == null) {
                broken.add("nothing lost: it does not start any more");
            } else if (new AllocmanVka(allocman).endpoint().isLeft()) {
                broken.add("refusals have a reason: it has started");
            }
        });
        memory().rewind(checkpoint);
        return broken;
    }

    @Override
    public List<String> facts() {
        return List.of();
    }

    @Override
    public boolean isRefusalClean() {
        return false;
    }

    @Override
    public PlannedFaults faults() {
        return ways.faults();
    }

    @Override
    public long faultCount() {
        return notes + Long.BYTES;
    }
}
