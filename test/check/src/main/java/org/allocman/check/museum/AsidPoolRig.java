package org.allocman.check.museum;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.Subject;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/** A kernel with one untyped of a page and three slots: endpoints, smaller untypeds and ASID pools are made and deleted. */
final class AsidPoolRig implements Subject {
    private static final long ROOT = BootSlots.CNODE;
    private static final int SLOTS = 3;

    private final Machine machine;
    private final List<Action> actions;

    /**
     * A rig on the tiny board.
     *
     * @param wrapper what is to be judged: the machine's kernel, or one that stands before it
     */
    AsidPoolRig(Function<Machine, UnaryOperator<Kernel>> wrapper) {
        try {
            machine = ManagedMachine.boot(Boards.byName("tiny"), new ManagedMachine.Pools(4096, 0));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        Kernel kernel = wrapper.apply(machine).apply(machine.kernel());
        long first = machine.bootInfo().empty().start();
        long large = machine.bootInfo().untypeds().stream()
                .filter(untyped -> !untyped.device() && untyped.sizeBits() > PAGE_BITS)
                .findFirst()
                .orElseThrow()
                .slot();
        int untyped = kernel.architecture().number(ObjectType.UNTYPED);
        int endpoint = kernel.architecture().number(ObjectType.ENDPOINT);
        int depth = kernel.architecture().wordBits();
        if (kernel.retype(large, untyped, PAGE_BITS, ROOT, 0, 0, first, 1).failed()) {
            throw new AssertionError("no untyped of a page");
        }
        actions = new ArrayList<>();
        for (long slot = first + 1; slot <= first + SLOTS; slot++) {
            long to = slot;
            long name = slot - first;
            add("make an endpoint in slot " + name, () -> kernel.retype(first, endpoint, 0, ROOT, 0, 0, to, 1));
            add("make a smaller untyped in slot " + name, () -> kernel.retype(first, untyped, 11, ROOT, 0, 0, to, 1));
            add(
                    "make an ASID pool in slot " + name,
                    () -> kernel.asidControlMakePool(BootSlots.ASID_CONTROL, first, new CapPath(ROOT, to, depth)));
            add("delete slot " + name, () -> kernel.delete(ROOT, to, depth));
        }
        add("revoke the untyped", () -> kernel.revoke(ROOT, first, depth));
    }

    /** An invocation with its arguments. */
    private interface Invocation {
        KernelError invoke();
    }

    private void add(String name, Invocation invocation) {
        actions.add(new Action() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean isEnabled() {
                return true;
            }

            @Override
            public Outcome perform() {
                KernelError error = invocation.invoke();
                return error.failed() ? Outcome.refused(error) : Outcome.DONE;
            }
        });
    }

    @Override
    public PhysicalMemory memory() {
        return machine.memory();
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public List<String> broken() {
        return KernelInvariants.check(
                new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState()));
    }

    @Override
    public List<String> facts() {
        return List.of();
    }
}
