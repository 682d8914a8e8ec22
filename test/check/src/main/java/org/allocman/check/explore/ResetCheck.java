package org.allocman.check.explore;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.allocman.check.explore.Exploration.End;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whether a system can always come back: from every state some path leads to one in which everything is free and whole, and one of
 * {@linkplain TransitionSystem#givesBack actions that give something back} alone does. The second is the same as that every fair run of such actions comes there: of the states that a run visits again and again,
 * a fair one takes every action again and again, and so the first one of a path back, the second one, and so on.
 *
 * <p>All states and the actions between them are kept, 4 bytes an action, so it is for small systems. Actions on whose way something is refused
 * lead to states, but are no way back: nobody can rely on a refusal.
 */
public final class ResetCheck {
    /** What is broken if no path leads back. */
    static final String NO_WAY = "reset: from here no path leads to where everything is free and whole";

    /** What is broken if a fair run of what gives back may not come there. */
    static final String NO_FAIR_WAY =
            "reset by giving back: from here what gives back leads to no state in which everything is free and whole";

    private static final int GIVES_BACK = 1 << 31;
    private static final int LOOK_AT_CLOCK = 0xff;

    private final TransitionSystem system;
    private final Limits limits;
    private final ExplorationListener listener;
    private final StateStore store;
    private final Position position;
    private final BitSet goals = new BitSet();

    // of each state where its actions end; where each leads to, with a mark if it gives back
    private int[] ends = new int[1 << 10];
    private int[] targets = new int[1 << 12];
    private int edges;
    private @Nullable End end;

    private ResetCheck(TransitionSystem system, Limits limits, ExplorationListener listener, StateStore store) {
        this.system = system;
        this.limits = limits;
        this.listener = listener;
        this.store = store;
        this.position = new Position(system, store.log());
    }

    /**
     * What came of it.
     *
     * @param end {@link End#COMPLETE}, {@link End#VIOLATION}, or the limit that ended it before all states were seen
     * @param states how many states there are
     * @param edges how many actions lead from one to another
     * @param goals in how many states everything is free and whole
     * @param farthest how many actions it takes to come back, at most
     * @param withoutWay from how many states no path leads back
     * @param withoutFairWay from how many states none leads back of actions that give back
     * @param violation a shortest history to a state from which none leads back; null if there is no such state
     */
    public record Result(
            End end,
            long states,
            long edges,
            long goals,
            int farthest,
            long withoutWay,
            long withoutFairWay,
            @Nullable Violation violation) {}

    /**
     * Checks. At the end the system is where it was at the start.
     *
     * @param system what to check, in its first state
     * @param limits how far to go; the depth is no limit
     * @param listener is told of progress
     * @return what came of it
     * @throws IllegalArgumentException if the system does not say what it comes back to
     */
    public static Result check(TransitionSystem system, Limits limits, ExplorationListener listener) {
        if (!system.hasReset()) {
            throw new IllegalArgumentException("the system does not say what it comes back to");
        }
        try (StateStore store = new StateStore(system.isExact(), limits.memory())) {
            return new ResetCheck(system, limits, listener, store).check();
        }
    }

    private Result check() {
        long deadline = System.nanoTime() + Math.min(limits.time().toNanos(), Long.MAX_VALUE / 2);
        store.add(system.high(), system.low(), 0, 0);
        long levelEnd = 1;
        int depth = 0;
        for (int head = 0; head < store.log().size() && end == null; head++) {
            if (head == levelEnd) {
                depth++;
                levelEnd = store.log().size();
            }
            if (!position.moveTo(head, depth)) {
                return violation(List.of(HiddenState.OTHER_STATE), head, 0, 0, 0);
            }
            expand(head);
            if ((head & LOOK_AT_CLOCK) == 0) {
                listener.at(edges, store.log().size(), depth, store.log().size() - head);
                if (listener.isInterrupted()) {
                    end = End.INTERRUPTED;
                } else if (System.nanoTime() - deadline > 0) {
                    end = End.TIME;
                }
            }
        }
        position.moveToStart();
        End early = end;
        return early == null
                ? judge()
                : new Result(early, store.log().size(), edges, goals.cardinality(), 0, 0, 0, null);
    }

    private void expand(int head) {
        if (system.isReset()) {
            goals.set(head);
        }
        int checkpoint = position.checkpoint();
        long high = system.high();
        long low = system.low();
        for (int action = system.first(); action >= 0 && end == null; action = system.next(action)) {
            system.take(action);
            long newHigh = system.high();
            long newLow = system.low();
            if (newHigh != high || newLow != low) {
                long number = store.number(newHigh, newLow);
                if (number == StateStore.NOT_THERE) {
                    number = store.add(newHigh, newLow, head, action);
                }
                if (number < 0) {
                    end = End.MEMORY;
                } else if (store.log().size() > limits.states()) {
                    end = End.STATES;
                } else if (system.withoutFaults(action) == action) {
                    addEdge((int) number | (system.givesBack(action) ? GIVES_BACK : 0));
                }
            }
            system.rewind(checkpoint);
        }
        if (head == ends.length) {
            ends = Arrays.copyOf(ends, 2 * head);
        }
        ends[head] = edges;
    }

    private void addEdge(int edge) {
        if (edges == targets.length) {
            if (8L * edges * Integer.BYTES > limits.memory()) {
                end = End.MEMORY;
                return;
            }
            targets = Arrays.copyOf(targets, 2 * edges);
        }
        targets[edges++] = edge;
    }

    private Result judge() {
        Backwards back = new Backwards();
        int[] way = back.distances(0);
        int[] fair = back.distances(GIVES_BACK);
        int farthest = 0;
        int withoutWay = 0;
        int withoutFairWay = 0;
        int worst = -1;
        for (int state = 0; state < way.length; state++) {
            farthest = Math.max(farthest, way[state]);
            withoutWay += way[state] < 0 ? 1 : 0;
            withoutFairWay += fair[state] < 0 ? 1 : 0;
            boolean isWorse = way[state] < 0 && (worst < 0 || way[worst] >= 0);
            if (isWorse || fair[state] < 0 && worst < 0) {
                worst = state;
            }
        }
        if (worst < 0) {
            return new Result(End.COMPLETE, way.length, edges, goals.cardinality(), farthest, 0, 0, null);
        }
        String rule = way[worst] < 0 ? NO_WAY : NO_FAIR_WAY;
        return violation(List.of(rule), worst, farthest, withoutWay, withoutFairWay);
    }

    private Result violation(List<String> rules, int state, int farthest, int withoutWay, int withoutFairWay) {
        List<Step> history = position.history(state);
        position.moveToStart();
        return new Result(
                End.VIOLATION,
                store.log().size(),
                edges,
                goals.cardinality(),
                farthest,
                withoutWay,
                withoutFairWay,
                new Violation(rules, history));
    }

    /** The same actions the other way round. */
    private final class Backwards {
        private final int states = (int) store.log().size();
        private final int[] starts = new int[states + 1];
        private final int[] sources = new int[edges];

        Backwards() {
            for (int edge = 0; edge < edges; edge++) {
                starts[(targets[edge] & ~GIVES_BACK) + 1]++;
            }
            for (int state = 0; state < states; state++) {
                starts[state + 1] += starts[state];
            }
            int[] next = Arrays.copyOf(starts, states);
            int edge = 0;
            for (int from = 0; from < states; from++) {
                for (; edge < ends[from]; edge++) {
                    int to = targets[edge] & ~GIVES_BACK;
                    sources[next[to]++] = from | targets[edge] & GIVES_BACK;
                }
            }
        }

        /** How many actions, all of them with such a mark, lead from each state to a goal; -1 if none do. */
        int[] distances(int mark) {
            int[] distances = new int[states];
            Arrays.fill(distances, -1);
            int[] queue = new int[states];
            int size = 0;
            for (int goal = goals.nextSetBit(0); goal >= 0; goal = goals.nextSetBit(goal + 1)) {
                distances[goal] = 0;
                queue[size++] = goal;
            }
            for (int head = 0; head < size; head++) {
                int to = queue[head];
                for (int i = starts[to]; i < starts[to + 1]; i++) {
                    int from = sources[i] & ~GIVES_BACK;
                    if ((sources[i] & mark) == mark && distances[from] < 0) {
                        distances[from] = distances[to] + 1;
                        queue[size++] = from;
                    }
                }
            }
            return distances;
        }
    }
}
