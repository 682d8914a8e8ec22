package org.allocman.check.systems;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.allocman.check.action.LiveObjects;
import org.allocman.check.action.PlannedFaults;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectRule;
import org.allocman.check.invariants.Invariant;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.check.manager.AllocatorInvariants;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.check.manager.PoolInvariants;
import org.allocman.check.manager.SlotWords;
import org.allocman.lab.machine.BootSizes;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.GrowthListener;
import org.allocman.manager.Statistics;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.kernel.paging.CurrentSpace;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.untyped.HandleGenerations;
import org.allocman.vka.Kernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A booted board with a resource manager whose kernel can be made to refuse, and the laws of both. */
final class ManagedBoard {

    private static final List<Invariant<AllocatorInvariants.Managed>> OTHER_LAWS =
            List.of(AllocatorInvariants.RECORDS_INSIDE_POOLS, AllocatorInvariants.RESERVE_FULL_WHEN_IDLE);

    private final Machine machine;
    private final PlannedFaults faults;
    private final Allocman allocman;
    private final Slots slots;
    private final PoolInvariants pool;
    private final SlotWords slotWords;
    private final long cnode;
    private final long page;

    /** A manager with such pools. It invokes what stands before the faults, which stand before the rest. */
    ManagedBoard(Board board, UnaryOperator<Kernel> wrapper, UnaryOperator<Kernel> before, ManagedMachine.Pools pools)
            throws BootFailure {
        this(board, wrapper, before, pools, BootSizes.USUAL);
    }

    /** A manager with such pools on a board that is booted with such sizes. */
    ManagedBoard(
            Board board,
            UnaryOperator<Kernel> wrapper,
            UnaryOperator<Kernel> before,
            ManagedMachine.Pools pools,
            BootSizes sizes)
            throws BootFailure {
        this.machine = ManagedMachine.boot(board, pools, sizes);
        this.faults = new PlannedFaults(wrapper.apply(machine.kernel()));
        this.allocman = ManagedMachine.manage(machine, pools, kernel -> before.apply(faults), GrowthListener.NONE)
                .getOrElseThrow(failure -> new BootFailure(failure.message(), 0))
                .allocman();
        PhysicalMemory memory = machine.memory();
        this.slots = new Slots(memory.words(), board.architecture());
        long thread = KernelState.thread(memory.words(), machine.kernelState());
        this.cnode = slots.object(slots.at(thread, TcbLayout.CSPACE));
        this.pool = new PoolInvariants(machine, allocman);
        this.slotWords = new SlotWords(slots, cnode, allocman.slots().cspace());
        this.page =
                slots.object(slotWords.at(machine.bootInfo().userImageFrames().start()));
    }

    Machine machine() {
        return machine;
    }

    PhysicalMemory memory() {
        return machine.memory();
    }

    PlannedFaults faults() {
        return faults;
    }

    Allocman allocman() {
        return allocman;
    }

    Slots slots() {
        return slots;
    }

    /** What takes states for one that differ in generations only; null if the manager has none. */
    Subject.@Nullable StateReduction reduction(LiveObjects live) {
        HandleGenerations generations = allocman.untypeds().manager().generations();
        if (generations == null) {
            return null;
        }
        CurrentSpace space = new CurrentSpace(memory().words(), machine.board().architecture(), machine.kernelState());
        return new Generations(memory(), space, allocman, generations, live, slots, slotWords);
    }

    /** The root CNode. */
    @PhysAddr
    long cnode() {
        return cnode;
    }

    /** The slot that a cptr names. */
    @PhysAddr
    long slot(long cptr) {
        return slotWords.at(cptr);
    }

    /** A page for the user's own book: the first frame of the image, which is code that nobody reads here. */
    @PhysAddr
    long page() {
        return page;
    }

    /** An address of normal memory where a frame can be asked for. */
    @PhysAddr
    long frameAddress() {
        int last = allocman.untypeds().roots().count() - 1;
        return allocman.untypeds().roots().physicalAddress(last) + (1L << PAGE_BITS);
    }

    /**
     * The laws that are broken now. If there are none, everything is freed to see whether all is whole then, and the memory
     * goes back.
     *
     * @param freeAll frees all that is live, and says what could not be freed
     */
    List<String> broken(Supplier<List<String>> freeAll) {
        List<String> broken = laws();
        if (broken.isEmpty()) {
            int checkpoint = machine.memory().checkpoint();
            broken.addAll(freeAll.get());
            allocman.trim();
            broken.addAll(notWhole());
            machine.memory().rewind(checkpoint);
        }
        return broken;
    }

    /** The rules that hold whatever is in use. */
    List<SubjectRule> rules() {
        List<SubjectRule> rules = new LawRules(machine).all();
        for (Invariant<AllocatorInvariants.Managed> law : AllocatorInvariants.ALL) {
            rules.add(SubjectRule.ofStates(
                    law.name(), () -> law != AllocatorInvariants.RESERVE_FULL_WHEN_IDLE || allocman.isReserveFull()));
        }
        rules.add(SubjectRule.ofStates("pool", () -> allocman.statistics().virtualPagesMapped() > 0));
        return rules;
    }

    /** The laws that are broken now, whatever is in use. */
    List<String> laws() {
        faults.plan(0, 0);
        List<String> broken = new ArrayList<>(pool.check());
        if (broken.isEmpty()) {
            broken.addAll(new ManagerInvariants(allocman, slots, cnode).check());
            broken.addAll(Invariant.check(OTHER_LAWS, new AllocatorInvariants.Managed(allocman, slots, cnode)));
            broken.addAll(KernelInvariants.check(
                    new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState())));
        }
        return broken;
    }

    /** Whether every untyped is one block, the virtual pool is given back, and the reserve is full. */
    boolean isWhole() {
        return allocman.isReserveFull() && notWhole().isEmpty();
    }

    private List<String> notWhole() {
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            if (!allocman.untypeds().roots().isWhole(i)) {
                broken.add("nothing lost: with everything freed, the untyped at 0x"
                        + Long.toHexString(allocman.untypeds().roots().physicalAddress(i)) + " is not one block");
            }
        }
        if (allocman.statistics().virtualPagesMapped() != 0) {
            broken.add("nothing lost: with everything freed, the virtual pool still has pages");
        }
        return broken;
    }

    /** What is known of the manager, in short lines. */
    List<String> facts() {
        Statistics now = allocman.statistics();
        return List.of(
                "virtual pool: " + now.virtualPagesMapped() + " pages",
                "free slots: " + now.freeSlots(),
                "reserve: " + (now.reserveFull() ? "full" : "low"));
    }
}
