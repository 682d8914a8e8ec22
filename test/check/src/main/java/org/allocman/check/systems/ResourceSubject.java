package org.allocman.check.systems;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.PlannedFaults;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectRule;
import org.allocman.check.resource.OwnerModel;
import org.allocman.manager.ResourceDesign;
import org.allocman.qual.PhysAddr;
import org.allocman.resource.Placement;
import org.allocman.resource.ResourceType;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;

/**
 * A resource type of any kind on a managed board: units are claimed, singly and in runs, and released by its owners, and what must
 * be refused is asked for. Beside it is a model in memory of who owns what.
 */
public final class ResourceSubject implements Subject {
    /** As many units as the model has room for. */
    static final int MOST_UNITS = 64;

    private static final int POOL_PAGES = 256;
    private static final int OWNERS = 2;
    private static final int MODEL = 64;

    private final ManagedBoard board;
    private final ResourceType type;
    private final OwnerModel model;
    private final List<Integer> owners;
    private final long tableBytes;
    private final List<Action> actions = new ArrayList<>();

    /**
     * A type of which every unit is free.
     *
     * @param options the board, the type, how many units, and the manager
     * @param wrapper wraps the board's kernel
     * @param before what is to stand before all that, where refusals are seen, too
     * @throws BootFailure if the board is too small, or the type cannot be had on it
     */
    public ResourceSubject(SystemOptions options, UnaryOperator<Kernel> wrapper, UnaryOperator<Kernel> before)
            throws BootFailure {
        ResourceDesign design = options.resource();
        int units = options.size();
        Board board = options.board();
        if (units < 2 || units > MOST_UNITS) {
            throw new IllegalArgumentException("2 to " + MOST_UNITS + " units, not " + units);
        }
        this.board = new ManagedBoard(board, wrapper, before, options.pools(POOL_PAGES));
        this.type = design.open(this.board.allocman(), this.board.machine().rootMemory(), units)
                .getOrElseThrow(why -> new BootFailure(design.name() + " on " + board.name() + ": " + why, 0));
        if (type.units() < 2 || type.units() > MOST_UNITS) {
            throw new BootFailure(
                    design.name() + " has " + type.units() + " units; 2 to " + MOST_UNITS + " can be explored", 0);
        }
        if (canBeTakenBySomebodyElse(this.board.allocman().untypeds().manager(), type.address(0))) {
            throw new BootFailure(
                    design.name() + " on " + board.name() + ": the manager "
                            + options.manager().name()
                            + " did not reserve the memory of its units, so the manager's own pools may take it,"
                            + " and whose a unit is cannot be foretold",
                    0);
        }
        this.owners =
                design.owners().subList(0, Math.min(OWNERS, design.owners().size()));
        this.tableBytes = type.tableBytes();
        this.model = new OwnerModel(
                type,
                new OwnersInMemory(this.board.memory().words(), this.board.page() + MODEL),
                this.board.faults()::hasRefused);
        for (int owner : owners) {
            addOwner(owner);
        }
    }

    /** Owners in a page of the user's: an owner and one, so that memory that is all zero says that nobody owns anything. */
    private record OwnersInMemory(Memory memory, @PhysAddr long start) implements OwnerModel.Owners {
        @Override
        public int of(long unit) {
            return (int) memory.load64(start + unit * Long.BYTES, 0) - 1;
        }

        @Override
        public void set(long unit, int owner) {
            memory.store64(start + unit * Long.BYTES, 0, owner + 1L);
        }
    }

    private static boolean canBeTakenBySomebodyElse(UntypedManager untypeds, @PhysAddr long unit) {
        return untypeds.table().kindAt(unit) == MemoryKind.KERNEL && !untypeds.isReserved(unit);
    }

    private void addOwner(int owner) {
        String who = type.ownerName(owner) + " ";
        String unit = type.unitName();
        long end = type.address(type.units() - 1) + type.unitBytes();
        add(who + "claims any " + unit, () -> true, () -> model.claimAny(owner));
        give(who + "releases all", () -> true, () -> model.releaseAll(owner));
        add(who + "claims two in one piece", () -> true, () -> model.claimRun(2, Placement.ANYWHERE, owner));
        add(
                who + "claims two below the last " + unit,
                () -> true,
                () -> model.claimRun(2, Placement.below(type.address(type.units() - 1)), owner));
        add(who + "claims what is no " + unit, () -> true, () -> model.claimNowhere(end, owner));
        if (type.unitBytes() > 1) {
            add(
                    who + "claims between two units",
                    () -> true,
                    () -> model.claimNowhere(type.address(0) + type.unitBytes() / 2, owner));
        }
        for (long i = 0; i < type.units(); i++) {
            long number = i;
            add(who + "claims " + unit + " " + i, () -> true, () -> model.claimAt(number, owner));
            give(
                    who + "releases " + unit + " " + i,
                    () -> model.owner(number) != ResourceType.NOBODY,
                    () -> model.release(number, owner));
        }
    }

    private void give(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        actions.add(Action.givingBack(name, enabled, work));
    }

    private void add(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        actions.add(Action.of(name, enabled, work));
    }

    /**
     * The type.
     *
     * @return the type that is explored
     */
    public ResourceType type() {
        return type;
    }

    @Override
    public PhysicalMemory memory() {
        return board.memory();
    }

    @Override
    public Machine machine() {
        return board.machine();
    }

    @Override
    public PlannedFaults faults() {
        return board.faults();
    }

    @Override
    public @PhysAddr long faultCount() {
        return board.page();
    }

    @Override
    public boolean isRefusalClean() {
        // what was refused half-way leaves watermarks of untypeds without children
        return false;
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public List<SubjectRule> rules() {
        List<SubjectRule> rules = new ArrayList<>(board.rules());
        rules.add(SubjectRule.always("table size is fixed"));
        rules.add(SubjectRule.ofDone("one owner", "claims"));
        rules.add(SubjectRule.ofDone("as asked", "claims"));
        rules.add(SubjectRule.ofDone("nothing lost", "releases all"));
        rules.add(SubjectRule.ofRefusals("refusals have a reason"));
        return rules;
    }

    /** No unit is anybody's. */
    @Override
    public BooleanSupplier reset() {
        return () -> {
            for (long unit = 0; unit < type.units(); unit++) {
                if (type.owner(unit) != ResourceType.NOBODY) {
                    return false;
                }
            }
            return true;
        };
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>(model.differences());
        if (type.tableBytes() != tableBytes) {
            broken.add("table size is fixed: it has " + type.tableBytes() + " bytes, and had " + tableBytes);
        }
        broken.addAll(board.laws());
        return broken;
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (long unit = 0; unit < type.units(); unit++) {
            facts.add(type.unitName() + " " + unit + ": " + type.ownerName(type.owner(unit)));
        }
        facts.addAll(board.facts());
        return facts;
    }
}
