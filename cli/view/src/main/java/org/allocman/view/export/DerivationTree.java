package org.allocman.view.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The derivation tree as rows, from the top; children alike that have no children themselves are one row. */
public final class DerivationTree {
    private static final int MOST_ALONE = 3;

    private final MachineState state;
    private final Predicate<StateCapability> apart;
    private final Map<Integer, List<StateCapability>> children = new HashMap<>();
    private final List<StateCapability> roots = new ArrayList<>();

    /**
     * A row.
     *
     * @param alike the capability, or several that are alike
     * @param depth how many ancestors are shown
     * @param last whether no sibling comes behind
     * @param open for each ancestor but the first, whether a sibling of it comes behind
     */
    public record Row(List<StateCapability> alike, int depth, boolean last, List<Boolean> open) {
        /**
         * Keeps copies of the lists.
         *
         * @param alike the capability, or several that are alike
         * @param depth how many ancestors are shown
         * @param last whether no sibling comes behind
         * @param open for each ancestor but the first, whether a sibling of it comes behind
         */
        public Row {
            alike = List.copyOf(alike);
            open = List.copyOf(open);
        }

        /**
         * The first of those alike.
         *
         * @return the capability
         */
        public StateCapability first() {
            return alike.get(0);
        }

        /**
         * Kind, and size of the object.
         *
         * @param state what it is a row of
         * @return for instance {@code 3 x untyped of 4 KiB to 1 MiB}
         */
        public String what(MachineState state) {
            int least = Long.SIZE;
            int most = -1;
            for (StateCapability capability : alike) {
                StateObject object = state.object(capability.object());
                if (object != null) {
                    least = Math.min(least, object.sizeBits());
                    most = Math.max(most, object.sizeBits());
                }
            }
            String kind = (alike.size() == 1 ? "" : alike.size() + " x ") + first().kind();
            if (most < 0) {
                return kind;
            }
            return kind + " of " + SizeWords.text(least) + (least == most ? "" : " to " + SizeWords.text(most));
        }

        /**
         * The slots.
         *
         * @return for instance {@code 131 to 159}
         */
        public String slotNames() {
            return alike.size() == 1
                    ? first().place()
                    : first().place() + " to " + alike.get(alike.size() - 1).place();
        }
    }

    private DerivationTree(MachineState state, Predicate<StateCapability> apart) {
        this.state = state;
        this.apart = apart;
        for (StateCapability capability : state.capabilities()) {
            Integer parent = capability.parent();
            if (parent == null) {
                roots.add(capability);
            } else {
                children.computeIfAbsent(parent, key -> new ArrayList<>()).add(capability);
            }
        }
    }

    /**
     * Makes the rows.
     *
     * @param state the machine
     * @param from where to begin, or null for all
     * @param apart which capabilities below the roots have rows of their own in any case
     * @return the rows, a parent before its children
     */
    public static List<Row> rows(MachineState state, @Nullable StateCapability from, Predicate<StateCapability> apart) {
        return new DerivationTree(state, apart).rows(from);
    }

    private List<Row> rows(@Nullable StateCapability from) {
        List<Row> rows = new ArrayList<>();
        Deque<Row> todo = new ArrayDeque<>();
        push(todo, grouped(from == null ? roots : List.of(from), true), 0, List.of());
        while (!todo.isEmpty()) {
            Row row = todo.pop();
            rows.add(row);
            if (row.alike.size() == 1) {
                List<Boolean> open = new ArrayList<>(row.open);
                if (row.depth > 0) {
                    open.add(!row.last);
                }
                push(todo, grouped(below(row.first()), false), row.depth + 1, open);
            }
        }
        return rows;
    }

    private static void push(Deque<Row> todo, List<List<StateCapability>> groups, int depth, List<Boolean> open) {
        for (int i = groups.size() - 1; i >= 0; i--) {
            todo.push(new Row(groups.get(i), depth, i == groups.size() - 1, open));
        }
    }

    private List<StateCapability> below(StateCapability capability) {
        return children.getOrDefault(capability.id(), List.of());
    }

    private List<List<StateCapability>> grouped(List<StateCapability> siblings, boolean top) {
        List<List<StateCapability>> groups = new ArrayList<>();
        List<StateCapability> run = new ArrayList<>();
        for (StateCapability capability : siblings) {
            if (!run.isEmpty() && !isAlike(run.get(0), capability, top)) {
                flush(groups, run);
                run = new ArrayList<>();
            }
            run.add(capability);
        }
        flush(groups, run);
        return groups;
    }

    private static void flush(List<List<StateCapability>> groups, List<StateCapability> run) {
        if (run.size() > MOST_ALONE) {
            groups.add(run);
        } else {
            run.forEach(capability -> groups.add(List.of(capability)));
        }
    }

    /** Roots are many and of all sizes; whether something comes of them is all that matters. */
    private boolean isAlike(StateCapability one, StateCapability other, boolean top) {
        StateObject left = state.object(one.object());
        StateObject right = state.object(other.object());
        return one.kind().equals(other.kind())
                && left != null
                && right != null
                && (top || left.sizeBits() == right.sizeBits())
                && isPlain(one, top)
                && isPlain(other, top);
    }

    private boolean isPlain(StateCapability capability, boolean top) {
        return below(capability).isEmpty() && (top || !apart.test(capability));
    }
}
