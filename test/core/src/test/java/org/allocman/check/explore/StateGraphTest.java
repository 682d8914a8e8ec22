package org.allocman.check.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StateGraphTest {
    private static final Pattern EDGE =
            Pattern.compile("  ([0-9]+) -> ([0-9]+) \\[label=\"([^\"]+)\"(, color=red, penwidth=2)?];");

    @Test
    void itHasTheStatesOfAnExploration() {
        Exploration all = Explorer.explore(new ToySystem(2, false), Limits.NONE, ExplorationListener.NONE);
        StateGraph graph = StateGraph.of(new ToySystem(2, false), Integer.MAX_VALUE, 100_000);
        assertEquals(all.distinct(), graph.states());
        assertFalse(graph.isCut());
        Set<String> reached = new HashSet<>(Set.of("0"));
        for (String line : graph.lines()) {
            Matcher edge = EDGE.matcher(line);
            if (edge.matches()) {
                assertTrue(reached.contains(edge.group(1)), "states are numbered as they are found");
                reached.add(edge.group(2));
            }
        }
        assertEquals(all.distinct(), reached.size());
    }

    @Test
    void theWayToWhatIsBrokenIsMarked() {
        StateGraph graph = StateGraph.of(new Jugs(), Integer.MAX_VALUE, 1_000);
        List<String> marked = graph.lines().stream()
                .map(EDGE::matcher)
                .filter(Matcher::matches)
                .filter(edge -> edge.group(4) != null)
                .map(edge -> edge.group(3))
                .toList();
        assertEquals(6, marked.size(), marked::toString);
        assertTrue(graph.lines().stream().anyMatch(line -> line.contains("fillcolor=mistyrose")));
    }

    @Test
    void moreStatesThanWantedAreLeftOut() {
        StateGraph graph = StateGraph.of(new ToySystem(3, false), Integer.MAX_VALUE, 50);
        assertTrue(graph.isCut());
        assertEquals(50, graph.states());
        assertTrue(graph.lines().contains("  // the first 50 states; there are more"));
        assertEquals(
                50,
                graph.lines().stream()
                        .filter(line -> line.contains("[tooltip="))
                        .count());
        assertEquals(1, StateGraph.of(new ToySystem(3, false), 0, 50).states(), "no action is taken");
    }
}
