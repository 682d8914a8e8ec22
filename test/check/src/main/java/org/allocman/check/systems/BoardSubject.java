package org.allocman.check.systems;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.allocman.check.action.Action;
import org.allocman.check.action.LiveObjects;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.PlannedFaults;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectRule;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PhysicalMemory;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A resource manager on a booted board, of which a user has some objects. */
abstract class BoardSubject implements Subject {
    private final ManagedBoard board;
    private final LiveObjects live;
    private final List<Action> actions = new ArrayList<>();

    /** A manager at the start, and a table for so many objects, of so many words each. */
    BoardSubject(ManagedBoard board, int words, int objects) {
        if (objects < 1 || objects > LiveObjects.MOST) {
            throw new IllegalArgumentException("1 to " + LiveObjects.MOST + " objects, not " + objects);
        }
        this.board = board;
        this.live = new LiveObjects(board.memory().words(), board.page(), words, objects);
    }

    final ManagedBoard board() {
        return board;
    }

    final LiveObjects live() {
        return live;
    }

    final void add(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        actions.add(Action.of(name, enabled, work));
    }

    /** An action that gives something back. */
    final void give(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        actions.add(Action.givingBack(name, enabled, work));
    }

    /** Frees all that the user has; sentences if that is refused. */
    abstract List<String> freeAll();

    @Override
    public final PhysicalMemory memory() {
        return board.memory();
    }

    @Override
    public final Machine machine() {
        return board.machine();
    }

    @Override
    public final List<Action> actions() {
        return actions;
    }

    /** The user has nothing, the manager has its untypeds back in one piece each, and its reserve. */
    @Override
    public @Nullable BooleanSupplier reset() {
        return this::isWhole;
    }

    /** Whether the user has nothing, and the manager all. */
    final boolean isWhole() {
        return live.count() == 0 && board.isWhole();
    }

    @Override
    public final boolean isRefusalClean() {
        // what was refused half-way leaves watermarks of untypeds without children
        return false;
    }

    @Override
    public final PlannedFaults faults() {
        return board.faults();
    }

    @Override
    public final @PhysAddr long faultCount() {
        return live.faultCount();
    }

    @Override
    public final List<SubjectRule> rules() {
        List<SubjectRule> rules = new ArrayList<>(board.rules());
        rules.add(SubjectRule.ofStates("free never fails", () -> live.count() > 0));
        rules.add(SubjectRule.ofStates("nothing lost", () -> live.count() > 0));
        rules.add(SubjectRule.ofRefusals("refusals are true"));
        rules.addAll(rulesOfAnswers());
        return rules;
    }

    /** What else the actions judge. */
    List<SubjectRule> rulesOfAnswers() {
        return List.of();
    }

    @Override
    public final List<String> broken() {
        return board.broken(this::freeAll);
    }
}
