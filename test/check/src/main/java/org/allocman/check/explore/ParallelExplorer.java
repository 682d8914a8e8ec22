package org.allocman.check.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.allocman.check.explore.Exploration.End;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Explores with several workers, each of which has a system of its own. Of a level of states they take the actions at the same time;
 * then one of them gives the new states their numbers, in the order in which a single worker would find them. So numbers,
 * depth, table and history are those of {@link Explorer}, however many workers there are.
 */
public final class ParallelExplorer {
    private static final int FIRST_SLICE = 2;
    private static final int MOST_SLICE = 1 << 11;
    private static final int SLICES_A_WORKER = 4;
    private static final long BATCH_NANOS = 100_000_000;

    private final Limits limits;
    private final ExplorationListener listener;
    private final StateStore store;
    private final List<Expander> expanders;
    private final ActionTable table;
    private final RuleTable rules;
    private final List<Expanded> pool = new ArrayList<>();

    private final @Nullable Checkpoint checkpoint;

    private long generated;
    private long stuck;
    private long head;
    private long levelStart;
    private long levelEnd = 1;
    private int depth;
    private int deepest;
    private long start;
    private long earlierNanos;
    private @Nullable End end;
    private @Nullable Violation violation;

    /** Makes the systems that workers have; all of them are alike. */
    @FunctionalInterface
    public interface Systems {
        /**
         * Makes one more system.
         *
         * @return a system in its first state, which shares nothing that changes with the others
         * @throws Exception if there can be none
         */
        TransitionSystem make() throws Exception;
    }

    private ParallelExplorer(
            Limits limits,
            ExplorationListener listener,
            StateStore store,
            List<Expander> expanders,
            @Nullable Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        this.limits = limits;
        this.listener = listener;
        this.store = store;
        this.expanders = expanders;
        this.table = new ActionTable(expanders.get(0).system());
        this.rules = new RuleTable(expanders.get(0).system());
    }

    /**
     * Explores.
     *
     * @param systems makes a system for each worker
     * @param workers how many, 1 or more
     * @param limits how far to go
     * @param listener is told of progress
     * @return what came of it
     * @throws Exception if a system cannot be made
     * @throws java.io.UncheckedIOException if states cannot be written to disk
     */
    public static Exploration explore(Systems systems, int workers, Limits limits, ExplorationListener listener)
            throws Exception {
        return explore(systems, workers, limits, listener, null, false);
    }

    /**
     * Explores, and leaves a checkpoint now and then and if it ends before everything was seen. Whoever goes on may have another number
     * of workers.
     *
     * @param systems makes a system for each worker
     * @param workers how many, 1 or more
     * @param limits how far to go; time counts from now
     * @param listener is told of progress
     * @param checkpoint where the checkpoint is to be; null if there is to be none
     * @param resumes whether the checkpoint is there already, and is gone on with
     * @return what came of it, of all runs together
     * @throws Exception if a system cannot be made
     * @throws CheckpointException if the checkpoint cannot be gone on with
     * @throws java.io.UncheckedIOException if states or the checkpoint cannot be written
     */
    public static Exploration explore(
            Systems systems,
            int workers,
            Limits limits,
            ExplorationListener listener,
            @Nullable Checkpoint checkpoint,
            boolean resumes)
            throws Exception {
        List<TransitionSystem> made = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            made.add(systems.make());
        }
        TransitionSystem first = made.get(0);
        for (TransitionSystem other : made) {
            if (other.high() != first.high() || other.low() != first.low()) {
                throw new IllegalArgumentException("two systems that were made alike are in different states");
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(workers, work -> {
            Thread thread = new Thread(work, "explorer");
            thread.setDaemon(true);
            return thread;
        });
        try (StateStore store = new StateStore(first.isExact(), limits.memory())) {
            List<Expander> expanders =
                    made.stream().map(system -> new Expander(system, store)).toList();
            ParallelExplorer explorer = new ParallelExplorer(limits, listener, store, expanders, checkpoint);
            if (resumes && checkpoint != null) {
                explorer.resume(checkpoint);
            } else {
                explorer.begin();
            }
            return explorer.run(threads);
        } finally {
            threads.shutdownNow();
        }
    }

    private void begin() {
        TransitionSystem system = expanders.get(0).system();
        store.add(system.high(), system.low(), 0, 0);
        if (!system.isSound()) {
            violate(system.broken(), List.of());
        }
    }

    private void resume(Checkpoint from) throws CheckpointException {
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
    }

    private Exploration run(ExecutorService threads) throws InterruptedException {
        start = System.nanoTime();
        long deadline = start + Math.min(limits.time().toNanos(), Long.MAX_VALUE / 2);
        long lastCheckpoint = start;
        int slice = FIRST_SLICE;
        while (end == null && head < store.log().size()) {
            if (head == levelEnd) {
                depth++;
                levelStart = head;
                levelEnd = store.log().size();
            }
            if (depth == limits.depth()) {
                end = End.DEPTH;
            } else {
                long began = System.nanoTime();
                long batchEnd = Math.min(levelEnd, head + (long) slice * SLICES_A_WORKER * expanders.size());
                for (Expanded expanded : expand(threads, batchEnd, slice)) {
                    if (end == null) {
                        merge(expanded);
                    }
                }
                long now = System.nanoTime();
                slice = now - began < BATCH_NANOS ? Math.min(MOST_SLICE, 2 * slice) : Math.max(1, slice / 2);
                listener.at(generated, store.log().size(), depth, store.log().size() - head);
                if (end == null && listener.isInterrupted()) {
                    end = End.INTERRUPTED;
                } else if (end == null && now - deadline > 0) {
                    end = End.TIME;
                }
                if (end == null && now - lastCheckpoint > Checkpoint.PAUSE_NANOS) {
                    writeCheckpoint(store.log().size(), deepest);
                    lastCheckpoint = now;
                }
            }
        }
        if (end == End.DEPTH || end == End.TIME || end == End.INTERRUPTED) {
            writeCheckpoint(store.log().size(), deepest);
        }
        expanders.forEach(expander -> expander.position().moveToStart());
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

    private long nanos() {
        return earlierNanos + System.nanoTime() - start;
    }

    private void writeCheckpoint(long states, int reached) {
        if (checkpoint != null) {
            checkpoint.writeOrThrow(
                    store.log(),
                    states,
                    new Checkpoint.Progress(
                            generated,
                            stuck,
                            head,
                            depth,
                            levelStart,
                            levelEnd,
                            reached,
                            nanos(),
                            table.raw(),
                            rules.unused()));
        }
    }

    /** Has the workers take the actions of the next states, in slices; the workers take turns. */
    private List<Expanded> expand(ExecutorService threads, long batchEnd, int slice) throws InterruptedException {
        int slices = (int) ((batchEnd - head + slice - 1) / slice);
        while (pool.size() < slices) {
            pool.add(new Expanded());
        }
        long first = head;
        int level = depth;
        long unused = rules.unused();
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < expanders.size(); i++) {
            int worker = i;
            work.add(() -> {
                Expander expander = expanders.get(worker);
                expander.beginBatch(unused);
                for (int number = worker; number < slices; number += expanders.size()) {
                    long from = first + (long) number * slice;
                    expander.expand(from, Math.min(batchEnd, from + slice), level, pool.get(number));
                }
                return worker;
            });
        }
        for (Future<Integer> done : threads.invokeAll(work)) {
            try {
                done.get();
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(failed);
            }
        }
        return pool.subList(0, slices);
    }

    /** Gives new states their numbers, as a single worker would. */
    private void merge(Expanded slice) {
        for (int state = 0; state < slice.states() && end == null; state++) {
            rules.found(slice.usedRules(state));
            int from = slice.firstAction(state);
            int to = slice.endOfActions(state);
            int taken = to - from;
            long size = store.log().size();
            int deepestBefore = deepest;
            for (int i = slice.firstNew(state); i < slice.endOfNew(state) && end == null; i++) {
                add(slice, i);
                taken = end == null ? taken : slice.ordinal(i);
            }
            if (end == End.STATES || end == End.MEMORY) {
                // it is of the time before this state, whose actions were not all taken
                writeCheckpoint(size, deepestBefore);
            }
            generated += taken;
            table.countAll(slice.actions(), from, from + taken);
            List<String> wrong = slice.wrong();
            if (end == null && wrong != null && state == slice.states() - 1) {
                violate(wrong, expanders.get(0).position().history(head, slice.wrongActions()));
            } else if (end == null) {
                stuck += taken == 0 ? 1 : 0;
                head++;
            }
        }
    }

    private void add(Expanded slice, int number) {
        int action = slice.actionOf(number);
        long added = store.add(slice.high(number), slice.low(number), head, action);
        if (added == StateStore.FULL) {
            end = End.MEMORY;
            return;
        }
        boolean isNew = added != StateStore.SEEN;
        if (isNew) {
            deepest = depth + 1;
            end = added + 1 >= limits.states() ? End.STATES : null;
        }
        if (slice.what(number) == Expanded.BROKEN || isNew && slice.what(number) == Expanded.UNSOUND) {
            violateBy(action);
        }
    }

    /** The rules that an action breaks, looked at once more by the first worker. */
    private void violateBy(int action) {
        TransitionSystem system = expanders.get(0).system();
        Position position = expanders.get(0).position();
        position.moveTo(head, depth);
        int here = system.checkpoint();
        boolean good = system.take(action);
        List<String> rules = good && system.isSound() ? List.of() : system.broken();
        system.rewind(here);
        violate(rules, position.history(head, action));
    }

    private void violate(List<String> rules, List<Step> history) {
        end = End.VIOLATION;
        violation = new Violation(rules, history);
    }
}
