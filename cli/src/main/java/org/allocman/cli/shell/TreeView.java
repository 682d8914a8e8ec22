package org.allocman.cli.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.view.export.MachineState;
import org.allocman.view.export.StateCapability;
import org.allocman.view.export.StateObject;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The derivation tree as lines; children alike that have no children themselves are one line. */
final class TreeView {
    private static final int ALIKE = 3;

    private final Console console;
    private final MachineState state;
    private final Map<Long, String> names;
    private final Map<Integer, List<StateCapability>> children = new HashMap<>();
    private final List<StateCapability> roots = new ArrayList<>();

    /** A line that is still to be printed, with what stands before it. */
    private record Line(List<StateCapability> alike, String branch, String below) {}

    TreeView(Console console, MachineState state, Map<Long, String> names) {
        this.console = console;
        this.state = state;
        this.names = names;
        for (StateCapability capability : state.capabilities()) {
            Integer parent = capability.parent();
            if (parent == null) {
                roots.add(capability);
            } else {
                children.computeIfAbsent(parent, key -> new ArrayList<>()).add(capability);
            }
        }
    }

    /** Prints one capability and what is derived from it, or all. */
    void print(@Nullable StateCapability from) {
        Deque<Line> todo = new ArrayDeque<>();
        push(todo, grouped(from == null ? roots : List.of(from), true), "  ", true);
        while (!todo.isEmpty()) {
            Line line = todo.pop();
            console.out().println(line.branch + text(line.alike));
            if (line.alike.size() == 1) {
                push(todo, grouped(below(line.alike.get(0)), false), line.below, false);
            }
        }
    }

    private static void push(Deque<Line> todo, List<List<StateCapability>> groups, String indent, boolean top) {
        for (int i = groups.size() - 1; i >= 0; i--) {
            boolean last = i == groups.size() - 1;
            String branch = top ? indent : indent + (last ? "└─ " : "├─ ");
            String below = top ? indent : indent + (last ? "   " : "│  ");
            todo.push(new Line(groups.get(i), branch, below));
        }
    }

    private List<StateCapability> below(StateCapability capability) {
        return children.getOrDefault(capability.id(), List.of());
    }

    private List<List<StateCapability>> grouped(List<StateCapability> siblings, boolean roots) {
        List<List<StateCapability>> groups = new ArrayList<>();
        List<StateCapability> run = new ArrayList<>();
        for (StateCapability capability : siblings) {
            if (!run.isEmpty() && !isAlike(run.get(0), capability, roots)) {
                flush(groups, run);
                run = new ArrayList<>();
            }
            run.add(capability);
        }
        flush(groups, run);
        return groups;
    }

    private static void flush(List<List<StateCapability>> groups, List<StateCapability> run) {
        if (run.size() > ALIKE) {
            groups.add(run);
        } else {
            run.forEach(capability -> groups.add(List.of(capability)));
        }
    }

    /** Roots are many and of all sizes; whether something comes of them is all that matters. */
    private boolean isAlike(StateCapability one, StateCapability other, boolean roots) {
        StateObject left = state.object(one.object());
        StateObject right = state.object(other.object());
        return one.kind().equals(other.kind())
                && left != null
                && right != null
                && (roots || left.sizeBits() == right.sizeBits())
                && isPlain(one, roots)
                && isPlain(other, roots);
    }

    private boolean isPlain(StateCapability capability, boolean roots) {
        return below(capability).isEmpty() && (roots || !names.containsKey(capability.slot()));
    }

    private String sizes(List<StateCapability> alike) {
        int least = Long.SIZE;
        int most = 0;
        for (StateCapability capability : alike) {
            StateObject object = state.object(capability.object());
            int bits = object == null ? 0 : object.sizeBits();
            least = Math.min(least, bits);
            most = Math.max(most, bits);
        }
        return " of " + Figures.sizeOfBits(least) + (least == most ? "" : " to " + Figures.sizeOfBits(most));
    }

    private String text(List<StateCapability> alike) {
        StateCapability first = alike.get(0);
        StateObject object = state.object(first.object());
        String size = object == null ? "" : " of " + Figures.sizeOfBits(object.sizeBits());
        if (alike.size() > 1) {
            StateCapability last = alike.get(alike.size() - 1);
            return alike.size() + " x " + first.kind() + sizes(alike) + "  in " + first.place() + " to " + last.place();
        }
        String where = object == null ? "" : " at " + Figures.hex(object.address());
        String name = names.get(first.slot());
        return first.kind()
                + size
                + where
                + "  in "
                + first.place()
                + (first.detail().isEmpty() ? "" : "  (" + first.detail() + ")")
                + (name == null ? "" : "  " + console.bold(name));
    }
}
