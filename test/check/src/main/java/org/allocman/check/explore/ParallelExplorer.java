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
    private final List<Expanded> pool = new ArrayList<>();

    private long generated;
    private long stuck;
    private long head;
    private int depth;
    private int deepest;
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

    private ParallelExplorer(Limits limits, ExplorationListener listener, StateStore store, List<Expander> expanders) {
        this.limits = limits;
        this.listener = listener;
        this.store = store;
        this.expanders = expanders;
        this.table = new ActionTable(expanders.get(0).system());
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
            return new ParallelExplorer(limits, listener, store, expanders).run(threads);
        } finally {
            threads.shutdownNow();
        }
    }

    private Exploration run(ExecutorService threads) throws InterruptedException {
        long start = System.nanoTime();
        long deadline = start + Math.min(limits.time().toNanos(), Long.MAX_VALUE / 2);
        TransitionSystem system = expanders.get(0).system();
        store.add(system.high(), system.low(), 0, 0);
        if (!system.isSound()) {
            violate(system.broken(), List.of());
        }
        long levelEnd = 1;
        int slice = FIRST_SLICE;
        while (end == null && head < store.log().size()) {
            if (head == levelEnd) {
                depth++;
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
            }
        }
        expanders.forEach(expander -> expander.position().moveToStart());
        return new Exploration(
                end == null ? End.COMPLETE : end,
                generated,
                store.log().size(),
                deepest,
                end == null ? deepest : depth,
                store.log().size() - head,
                System.nanoTime() - start,
                store.bytes(),
                store.log().bytesOnDisk(),
                store.collisionOdds(),
                stuck,
                table.counts(),
                violation);
    }

    /** Has the workers take the actions of the next states, in slices; the workers take turns. */
    private List<Expanded> expand(ExecutorService threads, long batchEnd, int slice) throws InterruptedException {
        int slices = (int) ((batchEnd - head + slice - 1) / slice);
        while (pool.size() < slices) {
            pool.add(new Expanded());
        }
        long first = head;
        int level = depth;
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < expanders.size(); i++) {
            int worker = i;
            work.add(() -> {
                Expander expander = expanders.get(worker);
                expander.beginBatch();
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
            int from = slice.firstAction(state);
            int to = slice.endOfActions(state);
            int taken = to - from;
            for (int i = slice.firstNew(state); i < slice.endOfNew(state) && end == null; i++) {
                add(slice, i);
                taken = end == null ? taken : slice.ordinal(i);
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
