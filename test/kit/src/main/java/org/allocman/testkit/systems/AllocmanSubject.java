package org.allocman.testkit.systems;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.testkit.action.Action;
import org.allocman.testkit.action.Outcome;
import org.allocman.testkit.action.PlannedFaults;
import org.allocman.testkit.action.Subject;
import org.allocman.testkit.invariants.KernelInvariants;
import org.allocman.testkit.invariants.KernelView;
import org.allocman.testkit.machine.ManagedMachine;
import org.allocman.testkit.manager.AllocatorInvariants;
import org.allocman.testkit.manager.ManagerInvariants;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;

/**
 * A resource manager on a booted board: endpoints and frames come and go, the virtual pool grows and is given back, and any
 * invocation on the way can be refused.
 */
public final class AllocmanSubject implements Subject {
    /** As many live objects as fit into the user's page. */
    static final int MOST_OBJECTS = 64;

    private static final int PAGE_BITS = 12;
    private static final long PAGE = 1L << PAGE_BITS;
    private static final ManagedMachine.Pools POOLS = new ManagedMachine.Pools(-1, 1 << 20);

    private final Machine machine;
    private final PlannedFaults faults;
    private final Allocman allocman;
    private final Slots slots;
    private final long cnode;
    private final long page;
    private final LiveObjects live;
    private final List<Action> actions = new ArrayList<>();

    /** What a call of the native interface comes to: a handle, 0, or a refusal. */
    private interface Call {
        long run();
    }

    /**
     * A manager at the start.
     *
     * @param board the board
     * @param stand what is to stand before the board's kernel
     * @param objects how many objects may be live at once, 1 to 64
     * @throws BootFailure if the board is too small
     */
    public AllocmanSubject(Board board, UnaryOperator<Kernel> stand, int objects) throws BootFailure {
        if (objects < 1 || objects > MOST_OBJECTS) {
            throw new IllegalArgumentException("1 to " + MOST_OBJECTS + " objects, not " + objects);
        }
        this.machine = ManagedMachine.boot(board, POOLS);
        this.faults = new PlannedFaults(stand.apply(machine.kernel()));
        this.allocman = ManagedMachine.manage(machine, POOLS, kernel -> faults, GrowthListener.NONE)
                .getOrElseThrow(failure -> new BootFailure(failure.message(), 0))
                .allocman();
        PhysicalMemory memory = machine.memory();
        this.slots = new Slots(memory.words(), board.architecture());
        long thread = KernelState.thread(memory.words(), machine.kernelState());
        this.cnode = slots.object(slots.at(thread, TcbLayout.CSPACE));
        // the first frame of the image is the user's code, which nobody reads here
        this.page = slots.object(
                slots.at(cnode, machine.bootInfo().userImageFrames().start()));
        this.live = new LiveObjects(memory.words(), page, objects);
        addActions(objects);
    }

    private void addActions(int objects) {
        for (ObjectType type : List.of(ObjectType.ENDPOINT, ObjectType.SMALL_PAGE)) {
            String what = type == ObjectType.ENDPOINT ? "an endpoint" : "a frame";
            int bits = machine.board().architecture().sizeBits(type, 0);
            add("allocate " + what, () -> !live.isFull(), () -> allocate(bits, () -> allocman.allocate(type, 0, 0)));
        }
        int last = allocman.untypeds().roots().count() - 1;
        long paddr = allocman.untypeds().roots().physicalAddress(last) + PAGE;
        add(
                "allocate a frame at 0x" + Long.toHexString(paddr),
                () -> !live.isFull(),
                () -> allocate(PAGE_BITS, () -> allocman.allocateAt(ObjectType.SMALL_PAGE, 0, paddr, 0)));
        for (int i = 0; i < objects; i++) {
            int number = i;
            add("free object " + i, () -> number < live.count(), () -> free(number));
        }
        add("grow the virtual pool", () -> true, () -> allocman.grow() ? Outcome.DONE : Outcome.refused("no"));
        add("trim", () -> true, () -> {
            allocman.trim();
            return Outcome.DONE;
        });
    }

    private void add(String name, BooleanSupplier enabled, Supplier<Outcome> run) {
        actions.add(Action.of(name, enabled, run));
    }

    private Outcome allocate(int bits, Call call) {
        boolean isLeft = allocman.untypeds().largestFree(MemoryKind.KERNEL) >= bits;
        long handle = call.run();
        if (handle == Refusal.OUT_OF_UNTYPED && isLeft) {
            return Outcome.wrong(text(handle), "refusals are true: a free block is large enough");
        }
        if (handle < 0) {
            return Outcome.refused(text(handle));
        }
        live.add(handle);
        return Outcome.DONE;
    }

    private Outcome free(int number) {
        long refusal = allocman.free(live.handle(number));
        if (refusal < 0) {
            return Refusal.isKernel(refusal)
                    ? Outcome.refused(text(refusal))
                    : Outcome.wrong(text(refusal), "free never fails: a live object was refused with " + text(refusal));
        }
        live.remove(number);
        return Outcome.DONE;
    }

    private static String text(long refusal) {
        return Refusal.isKernel(refusal) ? "the kernel refused: " + Refusal.kernelCode(refusal) : "refusal " + refusal;
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
    public boolean isRefusalClean() {
        // what was refused half-way leaves watermarks of untypeds without children
        return false;
    }

    @Override
    public PlannedFaults faults() {
        return faults;
    }

    @Override
    public @PhysAddr long faultCount() {
        return page;
    }

    @Override
    public boolean isSound() {
        return broken().isEmpty();
    }

    @Override
    public List<String> broken() {
        faults.plan(0, 0);
        List<String> broken = new ArrayList<>(new ManagerInvariants(allocman, slots, cnode).check());
        AllocatorInvariants.Managed managed = new AllocatorInvariants.Managed(allocman, slots, cnode);
        report(
                broken,
                AllocatorInvariants.RECORDS_INSIDE_POOLS.name(),
                AllocatorInvariants.RECORDS_INSIDE_POOLS.violations(managed));
        report(
                broken,
                AllocatorInvariants.RESERVE_FULL_WHEN_IDLE.name(),
                AllocatorInvariants.RESERVE_FULL_WHEN_IDLE.violations(managed));
        broken.addAll(KernelInvariants.check(
                new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState())));
        if (broken.isEmpty()) {
            int checkpoint = machine.memory().checkpoint();
            broken.addAll(afterFreeingEverything());
            machine.memory().rewind(checkpoint);
        }
        return broken;
    }

    private static void report(List<String> broken, String law, List<String> violations) {
        violations.forEach(violation -> broken.add(law + ": " + violation));
    }

    private List<String> afterFreeingEverything() {
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < live.count(); i++) {
            long refusal = allocman.free(live.handle(i));
            if (refusal < 0) {
                broken.add("free never fails: object " + i + " was refused with " + text(refusal));
            }
        }
        allocman.trim();
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

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (int i = 0; i < live.count(); i++) {
            long handle = live.handle(i);
            facts.add("object " + i + ": 2^" + allocman.untypeds().sizeBits(handle) + " bytes at 0x"
                    + Long.toHexString(allocman.untypeds().physicalAddress(handle)) + " in slot "
                    + allocman.untypeds().slot(handle));
        }
        Statistics now = allocman.statistics();
        facts.add("virtual pool: " + now.virtualPagesMapped() + " pages");
        facts.add("free slots: " + now.freeSlots());
        facts.add("reserve: " + (now.reserveFull() ? "full" : "low"));
        return facts;
    }
}
