package org.allocman.check.explore;

import java.util.List;
import java.util.function.LongSupplier;
import org.allocman.check.explore.Exploration.End;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Explores a transition system breadth first from its present state. Nothing is copied: a state is reached again by
 * undoing and redoing the actions in which its history differs from that of the state before.
 */
public final class Explorer {
    // the clock is looked at about so often, whether an action takes nanoseconds or minutes
    private static final long LOOK_NANOS = 5_000_000;
    private static final int MOST_BETWEEN_LOOKS = 1 << 14;

    private final TransitionSystem system;
    private final Limits limits;
    private final ExplorationListener listener;
    private final LongSupplier nanoTime;
    private final StateStore store;
    private final Position position;
    private final ActionTable table;
    private final RuleTable rules;
    private final HiddenState hidden;
    private final @Nullable Checkpoint checkpoint;

    private long generated;
    private long stuck;
    private int untilLook = 1;
    private int betweenLooks = 1;
    private long lastLook;
    private long head;
    private long levelStart;
    private long levelEnd = 1;
    private long start;
    private long earlierNanos;
    private long lastCheckpoint;
    private int depth;
    private int deepest;
    private @Nullable End end;
    private @Nullable Violation violation;

    private Explorer(
            TransitionSystem system,
            Limits limits,
            ExplorationListener listener,
            LongSupplier nanoTime,
            StateStore store,
            @Nullable Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        this.system = system;
        this.limits = limits;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.store = store;
        this.position = new Position(system, store.log());
        this.table = new ActionTable(system);
        this.rules = new RuleTable(system);
        this.hidden = new HiddenState(system);
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
     * @throws java.io.UncheckedIOException if states cannot be written to disk
     */
    public static Exploration explore(
            TransitionSystem system, Limits limits, ExplorationListener listener, LongSupplier nanoTime) {
        try (StateStore store = new StateStore(system.isExact(), limits.memory())) {
            return new Explorer(system, limits, listener, nanoTime, store, null).begin();
        }
    }

    /**
     * Explores, and leaves a checkpoint now and then and if it ends before everything was seen.
     *
     * @param system what to explore, in its first state
     * @param limits how far to go; time counts from now
     * @param listener is told of progress
     * @param checkpoint where the checkpoint is to be
     * @param resumes whether the checkpoint is there already, and is gone on with
     * @return what came of it, of all runs together
     * @throws CheckpointException if the checkpoint cannot be gone on with
     * @throws java.io.UncheckedIOException if states or the checkpoint cannot be written
     */
    public static Exploration explore(
            TransitionSystem system,
            Limits limits,
            ExplorationListener listener,
            Checkpoint checkpoint,
            boolean resumes)
            throws CheckpointException {
        try (StateStore store = new StateStore(system.isExact(), limits.memory())) {
            Explorer explorer = new Explorer(system, limits, listener, System::nanoTime, store, checkpoint);
            return resumes ? explorer.resume(checkpoint) : explorer.begin();
        }
    }

    private Exploration begin() {
        store.add(system.high(), system.low(), 0, 0);
        if (!system.isSound()) {
            violate(system.broken(), List.of());
        }
        return run();
    }

    private Exploration resume(Checkpoint from) throws CheckpointException {
        Checkpoint.Progress progress = from.read(store, table.size(), limits);
        generated = progress.generated();
        stuck = progress.stuck();
        head = progress.head();
        depth = progress.depth();
        levelStart = progress.levelStart();
        levelEnd = progress.levelEnd();
        deepest = progress.deepest();
        earlierNanos = progress.nanos();
        table.restore(progress.counts());
        rules.restore(progress.unusedRules());
        return run();
    }

    private Exploration run() {
        start = nanoTime.getAsLong();
        lastLook = start;
        lastCheckpoint = start;
        long deadline = start + Math.min(limits.time().toNanos(), Long.MAX_VALUE / 2);
        while (end == null && head < store.log().size()) {
            if (head == levelEnd) {
                depth++;
                levelStart = head;
                levelEnd = store.log().size();
            }
            if (depth == limits.depth()) {
                stop(End.DEPTH);
            } else if (position.moveTo(head, depth)) {
                if (lastLook - lastCheckpoint > Checkpoint.PAUSE_NANOS) {
                    writeCheckpoint(store.log().size(), generated);
                    lastCheckpoint = lastLook;
                }
                expandWhole(deadline);
            } else {
                violate(List.of(HiddenState.OTHER_STATE), position.history(head));
            }
        }
        if (end == End.DEPTH) {
            // from here a run with a greater depth can go on
            writeCheckpoint(store.log().size(), generated);
        }
        position.moveToStart();
        return new Exploration(
                end == null ? End.COMPLETE : end,
                generated,
                store.log().size(),
                deepest,
                end == null ? deepest : depth,
                store.log().size() - head,
                nanos(),
                store.bytes(),
                store.log().bytesOnDisk(),
                store.collisionOdds(),
                stuck,
                table.counts(),
                rules.uses(table.counts()),
                violation);
    }

    /** Takes every action of a state. If a limit ends that, the checkpoint is of the time before. */
    private void expandWhole(long deadline) {
        long before = generated;
        long size = store.log().size();
        int deepestBefore = deepest;
        expand(deadline);
        if (end != null && end != End.VIOLATION && checkpoint != null) {
            int now = deepest;
            deepest = deepestBefore;
            long[] counts = table.raw();
            table.forgetState();
            writeCheckpoint(size, before);
            table.restore(counts);
            deepest = now;
        }
    }

    private void writeCheckpoint(long states, long taken) {
        if (checkpoint != null) {
            checkpoint.writeOrThrow(
                    store.log(),
                    states,
                    new Checkpoint.Progress(
                            taken,
                            stuck,
                            head,
                            depth,
                            levelStart,
                            levelEnd,
                            deepest,
                            nanos(),
                            table.raw(),
                            rules.unused()));
        }
    }

    private long nanos() {
        return earlierNanos + nanoTime.getAsLong() - start;
    }

    /** Takes every action that is enabled where the system stands. */
    private void expand(long deadline) {
        int checkpoint = position.checkpoint();
        long high = system.high();
        long low = system.low();
        table.beginState();
        boolean isSample = hidden.isSample(head);
        if (isSample) {
            hidden.remember();
        }
        rules.look(head);
        int action = system.first();
        if (action < 0) {
            stuck++;
            if (system.mustGoOn()) {
                violate(List.of(Violation.STUCK), position.history(head));
                return;
            }
        }
        for (; action >= 0; action = system.next(action)) {
            boolean good = system.take(action);
            generated++;
            if (--untilLook == 0) {
                lookAtClock(deadline);
            }
            boolean isChanged = system.low() != low || system.high() != high;
            table.count(action, isChanged);
            boolean isNew = isChanged && add(action);
            if (!good || isNew && !system.isSound()) {
                List<String> rules = system.broken();
                system.rewind(checkpoint);
                violate(rules, position.history(head, action));
                return;
            }
            String wrong = isSample ? hidden.again(action, checkpoint) : null;
            system.rewind(checkpoint);
            if (wrong != null) {
                violate(List.of(wrong), position.history(head, action));
            }
            if (end != null) {
                return;
            }
        }
        String wrong = isSample ? hidden.isAsBefore() : null;
        if (wrong != null) {
            violate(List.of(wrong), position.history(head));
            return;
        }
        head++;
    }

    private void violate(List<String> rules, List<Step> history) {
        stop(End.VIOLATION);
        violation = new Violation(rules, history);
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
        long now = nanoTime.getAsLong();
        long nanos = now - lastLook;
        lastLook = now;
        betweenLooks = nanos > LOOK_NANOS
                ? Math.max(1, betweenLooks / 2)
                : nanos < LOOK_NANOS / 2 ? Math.min(MOST_BETWEEN_LOOKS, 2 * betweenLooks) : betweenLooks;
        untilLook = betweenLooks;
        if (listener.isInterrupted()) {
            stop(End.INTERRUPTED);
        } else if (now - deadline > 0) {
            stop(End.TIME);
        }
    }

    private void stop(End reason) {
        end = reason;
    }
}
