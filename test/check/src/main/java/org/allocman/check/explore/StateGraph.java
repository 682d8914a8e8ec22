package org.allocman.check.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All states of a small system and the actions between them, as a graph in the language of Graphviz. A state is a node with its number in
 * the order in which an exploration finds it; what is seen of it is its tooltip. Actions between the same two states are one edge.
 */
public final class StateGraph {
    private static final int MOST_NAMES = 4;

    private record Key(long high, long low) {}

    private record Edge(int from, int to) {}

    private final TransitionSystem system;
    private final int most;
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<List<Integer>> histories = new ArrayList<>();
    private final List<String> tooltips = new ArrayList<>();
    private final Map<Edge, List<String>> edges = new HashMap<>();
    private final List<Edge> order = new ArrayList<>();
    private final Set<Edge> marked = new HashSet<>();
    private final Set<Integer> broken = new HashSet<>();
    private boolean isCut;

    private StateGraph(TransitionSystem system, int most) {
        this.system = system;
        this.most = most;
    }

    /**
     * Draws a system. At the end it is where it was at the start.
     *
     * @param system what to draw, in its first state
     * @param depth greatest number of actions in a history
     * @param most how many states there may be
     * @return the graph; states beyond the greatest number are left out, which a comment in it and {@link #isCut} say
     */
    public static StateGraph of(TransitionSystem system, int depth, int most) {
        StateGraph graph = new StateGraph(system, most);
        graph.explore(depth);
        return graph;
    }

    private void explore(int depth) {
        int start = system.checkpoint();
        number(List.of());
        Deque<Integer> queue = new ArrayDeque<>(List.of(0));
        boolean isBroken = !system.isSound();
        while (!queue.isEmpty() && !isBroken) {
            int from = queue.remove();
            List<Integer> history = histories.get(from);
            if (history.size() == depth) {
                continue;
            }
            history.forEach(system::take);
            int here = system.checkpoint();
            for (int action = system.first(); action >= 0 && !isBroken; action = system.next(action)) {
                boolean good = system.take(action);
                List<Integer> longer = new ArrayList<>(history);
                longer.add(action);
                int before = histories.size();
                int to = number(longer);
                isBroken = !good || to == before && !system.isSound();
                if (to == before && !isBroken) {
                    queue.add(to);
                }
                system.rewind(here);
                if (to >= 0) {
                    add(new Edge(from, to), name(action, here));
                }
                if (isBroken) {
                    mark(longer, to, start);
                }
            }
            system.rewind(start);
        }
    }

    /** The number of the present state, or -1 if there are too many. */
    private int number(List<Integer> history) {
        Key key = new Key(system.high(), system.low());
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (histories.size() == most) {
            isCut = true;
            return -1;
        }
        numbers.put(key, histories.size());
        histories.add(history);
        tooltips.add(String.join("\n", system.facts()));
        return histories.size() - 1;
    }

    private String name(int action, int here) {
        String name = system.tell(action).action();
        system.rewind(here);
        return name;
    }

    private void add(Edge edge, String name) {
        if (!edges.containsKey(edge)) {
            edges.put(edge, new ArrayList<>());
            order.add(edge);
        }
        List<String> names = edges.get(edge);
        if (names != null && !names.contains(name)) {
            names.add(name);
        }
    }

    /** The way to what breaks a rule. */
    private void mark(List<Integer> history, int last, int start) {
        system.rewind(start);
        int from = 0;
        for (int action : history) {
            system.take(action);
            Integer to = numbers.get(new Key(system.high(), system.low()));
            if (to != null) {
                marked.add(new Edge(from, to));
                from = to;
            }
        }
        broken.add(last);
        system.rewind(start);
    }

    /**
     * Whether there are more states than were wanted.
     *
     * @return true if some are left out
     */
    public boolean isCut() {
        return isCut;
    }

    /**
     * How many states are in it.
     *
     * @return the number of nodes
     */
    public int states() {
        return histories.size();
    }

    /**
     * The graph.
     *
     * @return lines in the language of Graphviz
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("digraph states {");
        lines.add("  node [shape=circle, fontname=\"sans-serif\"]; edge [fontname=\"sans-serif\", fontsize=10];");
        if (isCut) {
            lines.add("  // the first " + states() + " states; there are more");
        }
        for (int state = 0; state < histories.size(); state++) {
            String look = broken.contains(state)
                    ? ", color=red, style=filled, fillcolor=mistyrose"
                    : state == 0 ? ", shape=doublecircle" : "";
            lines.add("  " + state + " [tooltip=" + quoted(tooltips.get(state)) + look + "];");
        }
        for (Edge edge : order) {
            List<String> names = edges.getOrDefault(edge, List.of());
            String label = String.join("\n", names.subList(0, Math.min(names.size(), MOST_NAMES)))
                    + (names.size() > MOST_NAMES ? "\nand " + (names.size() - MOST_NAMES) + " more" : "");
            lines.add("  " + edge.from + " -> " + edge.to + " [label=" + quoted(label)
                    + (marked.contains(edge) ? ", color=red, penwidth=2" : "") + "];");
        }
        lines.add("}");
        return lines;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
