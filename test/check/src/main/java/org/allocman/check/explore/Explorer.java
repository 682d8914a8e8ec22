package org.allocman.check.explore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import org.allocman.check.explore.Exploration.End;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Explores a transition system breadth first from its present state. Nothing is copied: a state is reached again by
 * undoing and redoing the actions in which its history differs from that of the state before.
 */
public final class Explorer {
    private static final int LOOK_AT_CLOCK = 0xfff;

    private final TransitionSystem system;
    private final Limits limits;
    private final ExplorationListener listener;
    private final LongSupplier nanoTime;
    private final StateStore store;
    private final Position position;

    private long generated;
    private long head;
    private int depth;
    private int deepest;
    private @Nullable End end;
    private @Nullable Violation violation;

    private Explorer(
            TransitionSystem system,
            Limits limits,
            ExplorationListener listener,
            LongSupplier nanoTime,
            StateStore store) {
        this.system = system;
        this.limits = limits;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.store = store;
        this.position = new Position(system, store.log());
    }

    /**
     * Explores. At the end the system is where it was at the start.
     *
     * @param system what to explore, in its first state
     * @param limits how far to go
     * @param listener is told of progress
     * @return what came of it
     */
    public static Exploration explore(TransitionSystem system, Limits limits, ExplorationListener listener) {
        return explore(system, limits, listener, System::nanoTime);
    }

    /**
     * Explores by a clock of one's own. At the end the system is where it was at the start.
     *
     * @param system what to explore, in its first state
     * @param limits how far to go
     * @param listener is told of progress
     * @param nanoTime the clock, in nanoseconds
     * @return what came of it
     * @throws IllegalStateException if the same actions lead to different states
     * @throws java.io.UncheckedIOException if states cannot be written to disk
     */
    public static Exploration explore(
            TransitionSystem system, Limits limits, ExplorationListener listener, LongSupplier nanoTime) {
        try (StateStore store = new StateStore(system.isExact(), limits.memory())) {
            return new Explorer(system, limits, listener, nanoTime, store).run();
        }
    }

    private Exploration run() {
        long start = nanoTime.getAsLong();
        long deadline = start + Math.min(limits.time().toNanos(), Long.MAX_VALUE / 2);
        store.add(system.high(), system.low(), 0, 0);
        if (!system.isSound()) {
            stop(End.VIOLATION);
            violation = new Violation(system.broken(), List.of());
        }
        long levelEnd = 1;
        while (end == null && head < store.log().size()) {
            if (head == levelEnd) {
                depth++;
                levelEnd = store.log().size();
            }
            if (depth == limits.depth()) {
                stop(End.DEPTH);
            } else {
                position.moveTo(head, depth);
                expand(deadline);
            }
        }
        position.moveToStart();
        return new Exploration(
                end == null ? End.COMPLETE : end,
                generated,
                store.log().size(),
                deepest,
                store.log().size() - head,
                nanoTime.getAsLong() - start,
                store.bytes(),
                store.log().bytesOnDisk(),
                store.collisionOdds(),
                violation);
    }

    /** Takes every action that is enabled where the system stands. */
    private void expand(long deadline) {
        int checkpoint = position.checkpoint();
        long high = system.high();
        long low = system.low();
        for (int action = system.first(); action >= 0; action = system.next(action)) {
            boolean good = system.take(action);
            if ((++generated & LOOK_AT_CLOCK) == 0) {
                lookAtClock(deadline);
            }
            boolean isNew = (system.low() != low || system.high() != high) && add(action);
            if (!good || isNew && !system.isSound()) {
                List<String> rules = system.broken();
                system.rewind(checkpoint);
                stop(End.VIOLATION);
                violation = new Violation(rules, history(action));
                return;
            }
            system.rewind(checkpoint);
            if (end != null) {
                return;
            }
        }
        head++;
    }

    /** Whether the state that the system is in is a new one. */
    private boolean add(int action) {
        long added = store.add(system.high(), system.low(), head, action);
        if (added == StateStore.SEEN) {
            return false;
        }
        if (added == StateStore.FULL) {
            stop(End.MEMORY);
            return false;
        }
        deepest = depth + 1;
        if (added + 1 >= limits.states()) {
            stop(End.STATES);
        }
        return true;
    }

    private void lookAtClock(long deadline) {
        listener.at(generated, store.log().size(), depth, store.log().size() - head);
        if (nanoTime.getAsLong() - deadline > 0) {
            stop(End.TIME);
        }
    }

    private void stop(End reason) {
        end = reason;
    }

    /** The steps to the state whose actions are being taken, and one of those. */
    private List<Step> history(int last) {
        List<Integer> actions = new ArrayList<>();
        for (long state = head; state != 0; state = store.log().parent(state)) {
            actions.add(store.log().action(state));
        }
        Collections.reverse(actions);
        actions.add(last);
        position.moveToStart();
        List<Step> history = new ArrayList<>();
        for (int action : actions) {
            history.add(system.tell(action));
        }
        return history;
    }
}
