package org.allocman.check.systems;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.allocman.check.action.Action;
import org.allocman.check.action.SubjectRule;
import org.allocman.lab.kernel.CapabilityJudge;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kernel with two small untypeds and a few slots: endpoints, CNodes of two slots and smaller untypeds are made, copied,
 * minted, moved, deleted and revoked in every order. What each invocation makes of capabilities is judged.
 */
public final class KernelSubject extends MachineSubject {
    /** Size of the first untyped, in bits. */
    static final int FIRST_BITS = 8;

    /** Size of the second untyped, in bits. */
    static final int SECOND_BITS = 9;

    private static final int UNTYPEDS = 2;

    private final Slots slots;
    private final List<Action> actions;
    private final boolean symmetry;
    private final long cnode;
    private final KernelZone zone;
    private final KernelZoneLaws laws;

    /**
     * A kernel at the start.
     *
     * @param board the board
     * @param wrapper wraps the board's kernel
     * @param slots how many slots there are, 2 to 16
     * @param symmetry whether states are one that differ only in which slot holds what; then only the first empty slot is filled
     * @throws BootFailure if the board is too small
     */
    public KernelSubject(Board board, UnaryOperator<Kernel> wrapper, int slots, boolean symmetry) throws BootFailure {
        super(withSlots(board, slots));
        Architecture architecture = board.architecture();
        PhysicalMemory memory = machine.memory();
        this.slots = new Slots(memory.words(), architecture);
        this.symmetry = symmetry;
        Kernel kernel = wrapper.apply(machine.kernel());
        Untyped source = source(machine, SECOND_BITS + 1);
        long first = machine.bootInfo().empty().start();
        if (machine.bootInfo().empty().end() - first < slots + UNTYPEDS) {
            throw new BootFailure("the root CNode has too few empty slots", 0);
        }
        give(kernel, source, FIRST_BITS, first);
        give(kernel, source, SECOND_BITS, first + 1);
        long firstSlot = first + UNTYPEDS;
        long thread = KernelState.thread(memory.words(), machine.kernelState());
        this.cnode = this.slots.object(this.slots.at(thread, TcbLayout.CSPACE));
        memory.startJournal();
        long window = this.slots.at(cnode, firstSlot);
        this.zone = new KernelZone(
                memory, architecture, this.slots.at(cnode, source.slot()), this.slots.at(cnode, first), window, slots);
        this.laws = new KernelZoneLaws(zone, architecture);
        CapabilityJudge judge = new CapabilityJudge(kernel, memory, machine.kernelState(), first, slots + UNTYPEDS);
        this.actions = new KernelActions(
                        judge, new SlotTypes(memory, this.slots, window, slots), first, firstSlot, slots, symmetry)
                .all();
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public @Nullable StateReduction reduction() {
        return symmetry ? zone : null;
    }

    @Override
    public boolean isSound() {
        return lawsHold() || broken().isEmpty();
    }

    /** Whether the laws hold, decided fast; false does not say that one is broken. */
    boolean lawsHold() {
        zone.compute();
        try {
            return laws.hold();
        } catch (MemoryFault | ArrayIndexOutOfBoundsException nonsense) {
            return false;
        }
    }

    /** The present state's name if it does not matter which slot holds what. */
    Fingerprint nameByOrder() {
        zone.compute();
        return new Fingerprint(zone.high(), zone.low());
    }

    /** Where a slot is, by its cptr. */
    @PhysAddr
    long slot(@CPtr long cptr) {
        return slots.at(cnode, cptr);
    }

    /** The user's slots: first the two that hold the untypeds, then the others. */
    @PhysAddr
    long slotOfUser(int number) {
        return slots.at(zone.first(), number);
    }

    /** The two untypeds have no children. */
    @Override
    public BooleanSupplier reset() {
        return () -> {
            zone.compute();
            return zone.size() == 1 + UNTYPEDS;
        };
    }

    @Override
    public List<SubjectRule> rules() {
        List<SubjectRule> rules = new ArrayList<>(super.rules());
        rules.add(SubjectRule.always("stray store"));
        rules.add(SubjectRule.ofDone("rights", "copy", "mint"));
        rules.add(SubjectRule.ofDone("badge", "mint", "mutate"));
        rules.add(SubjectRule.ofDone("retype", "retype"));
        return rules;
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>(super.broken());
        zone.compute();
        if (broken.isEmpty() && !zone.isIntact()) {
            broken.add("stray store: memory has changed that no capability derived from the two untypeds accounts for");
        }
        return broken;
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        zone.compute();
        for (int i = 1; i < zone.size(); i++) {
            long at = zone.slot(i);
            facts.add(place(at) + ": " + what(at));
        }
        return facts;
    }

    private String place(long at) {
        long first = zone.first();
        long number = (at - first) / slots.bytes();
        if (zone.isOfUser(at)) {
            return number < UNTYPEDS ? KernelActions.untyped((int) number) : "slot " + (number - UNTYPEDS);
        }
        for (int i = 1; i < zone.size(); i++) {
            long holder = zone.slot(i);
            if (slots.type(holder) == CapabilityType.CNODE
                    && slots.object(holder) <= at
                    && at < slots.at(slots.object(holder), 1L << slots.cnode().radix(holder))) {
                return "place " + (at - slots.object(holder)) / slots.bytes() + " of the CNode at "
                        + address(slots.object(holder));
            }
        }
        return "0x" + Long.toHexString(at);
    }

    private String what(long at) {
        String base = " at " + address(slots.object(at));
        return switch (slots.type(at)) {
            case UNTYPED ->
                "untyped of 2^" + slots.untyped().sizeBits(at) + " bytes" + base + ", watermark 0x"
                        + Long.toHexString(slots.untyped().freeIndex(at));
            case ENDPOINT ->
                "endpoint" + base + ", badge " + slots.endpoint().badge(at) + ", rights "
                        + slots.endpoint().rights(at);
            case CNODE -> "CNode" + base + ", guard of " + slots.cnode().guardSize(at) + " bits";
            default -> slots.type(at).name() + base;
        };
    }

    /** An address, from the start of the first untyped. */
    private String address(long address) {
        long base = slots.object(zone.first());
        return "+0x" + Long.toHexString(address - base);
    }
}
