package org.allocman.check.museum;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.PlannedFaults;
import org.allocman.check.action.Subject;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.wrap.ForwardingKernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A small machine with something on it that may be broken, what can be done with it, and what must hold. It knows the port
 * alone and no bug: the rules are what any user of the port may expect.
 */
abstract class Rig implements Subject {
    /** Bytes of the pool that a rig keeps for itself, at the pool's end. */
    static final int OWN_BYTES = 4096;

    final PlainMachine machine;
    final Memory memory;
    final Slots slots;
    final Architecture architecture;
    private final Reached reached;
    private final TwoWays kernel;
    private final List<Action> actions = new ArrayList<>();
    private final long own;

    /** Counts what comes through to the kernel. */
    private static final class Reached extends ForwardingKernel {
        private int count;

        Reached(Kernel kernel) {
            super(kernel);
        }

        @Override
        protected @Nullable KernelError refuse(InvocationKind invocation) {
            count++;
            return null;
        }
    }

    /** Something that can be done, without its name. */
    interface Doing {
        Outcome perform();
    }

    /** Whether something can be done. */
    interface Condition {
        boolean holds();
    }

    Rig(PlainMachine machine) {
        this.machine = machine;
        this.architecture = machine.bootInfo().architecture();
        this.memory = machine.rootMemory();
        this.slots = new Slots(machine.memory().words(), architecture);
        this.reached = new Reached(machine.kernel());
        this.kernel = new TwoWays(reached);
        this.own = machine.pool() + machine.poolBytes() - OWN_BYTES;
    }

    /** What is under test invokes this kernel. */
    final Kernel kernel() {
        return kernel.kernel();
    }

    final void add(String name, Condition enabled, Doing doing) {
        actions.add(new Action() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean isEnabled() {
                return enabled.holds();
            }

            @Override
            public Outcome perform() {
                reached.count = 0;
                try {
                    return doing.perform();
                } catch (RuntimeException | AssertionError crash) {
                    return Outcome.wrong("crash", "no crash: " + crash);
                }
            }
        });
    }

    /** Whether the kernel was made to refuse something in the action that is being done. */
    final boolean isFaulty() {
        return kernel.faults().made() > reached.count;
    }

    /** The address of a word of the rig's own, in which it remembers what it holds. */
    final long word(int index) {
        return own + (long) index * Long.BYTES;
    }

    /** What else is wrong, found by trying; the machine is as before when it returns. */
    abstract List<String> probe();

    @Override
    public PhysicalMemory memory() {
        return machine.memory();
    }

    @Override
    public List<Action> actions() {
        return Collections.unmodifiableList(actions);
    }

    @Override
    public List<String> broken() {
        List<String> broken =
                new ArrayList<>(KernelInvariants.check(new KernelView(memory(), architecture, machine.kernelState())));
        int checkpoint = memory().checkpoint();
        kernel.look(() -> {
            try {
                broken.addAll(probe());
            } catch (RuntimeException | AssertionError crash) {
                broken.add("no crash: " + crash);
            }
        });
        memory().rewind(checkpoint);
        return broken;
    }

    @Override
    public List<String> facts() {
        return List.of();
    }

    /** A kernel's watermark stays where a refused operation left it. */
    @Override
    public boolean isRefusalClean() {
        return false;
    }

    @Override
    public PlannedFaults faults() {
        return kernel.faults();
    }

    @Override
    public long faultCount() {
        return own + OWN_BYTES - Long.BYTES;
    }
}
