package org.allocman.view.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A machine's state for Graphviz: untypeds and what was made of them, and the capabilities that CNodes and threads hold.
 * Untouched untypeds are left out; like objects that nothing distinguishes are one node.
 */
public final class DotText {
    private static final int MOST_ALIKE = 3;

    private final MachineState state;
    private final StringBuilder text = new StringBuilder();
    private final Map<Integer, List<StateObject>> inside = new HashMap<>();
    private final Map<Integer, List<StateCapability>> capabilities = new HashMap<>();

    private DotText(MachineState state) {
        this.state = state;
        for (StateObject object : state.objects()) {
            Integer within = object.within();
            if (within != null) {
                inside.computeIfAbsent(within, key -> new ArrayList<>()).add(object);
            }
        }
        for (StateCapability capability : state.capabilities()) {
            Integer object = capability.object();
            if (object != null) {
                capabilities.computeIfAbsent(object, key -> new ArrayList<>()).add(capability);
            }
        }
    }

    /**
     * Writes a state.
     *
     * @param state the state
     * @return a graph
     */
    public static String of(MachineState state) {
        return new DotText(state).write();
    }

    private String write() {
        line("digraph " + quoted(state.board()) + " {");
        line("  graph [rankdir=LR, fontname=\"sans-serif\", label="
                + quoted(state.board() + ", " + state.architecture()) + ", labelloc=t];");
        line("  node [shape=box, style=filled, fillcolor=white, fontname=\"sans-serif\", fontsize=10];");
        line("  edge [fontname=\"sans-serif\", fontsize=9, color=\"#777777\"];");
        List<StateObject> roots = new ArrayList<>();
        for (StateObject object : state.objects()) {
            if (object.within() == null && (!object.isUntyped() || inside.containsKey(object.id()))) {
                roots.add(object);
            }
        }
        nodes(null, roots);
        for (StateObject object : state.objects()) {
            nodes(object, inside.getOrDefault(object.id(), List.of()));
        }
        holdings();
        line("}");
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Nodes of objects that lie in one untyped, or in none; runs of plain ones are one node. */
    private void nodes(@Nullable StateObject around, List<StateObject> objects) {
        List<StateObject> run = new ArrayList<>();
        for (StateObject object : objects) {
            if (!run.isEmpty() && !isAlike(run.get(0), object)) {
                flush(around, run);
                run = new ArrayList<>();
            }
            run.add(object);
        }
        flush(around, run);
    }

    private boolean isAlike(StateObject one, StateObject other) {
        return isPlain(one) && isPlain(other) && one.kind().equals(other.kind()) && one.sizeBits() == other.sizeBits();
    }

    /** Whether nothing is in it, and one capability alone refers to it. */
    private boolean isPlain(StateObject object) {
        return object.slots() == null
                && !inside.containsKey(object.id())
                && capabilities.getOrDefault(object.id(), List.of()).size() <= 1;
    }

    private void flush(@Nullable StateObject around, List<StateObject> run) {
        if (run.isEmpty()) {
            return;
        }
        if (run.size() <= MOST_ALIKE) {
            for (StateObject object : run) {
                line("  " + node(object) + " [label=" + quoted(label(object)) + ", fillcolor=\"" + colour(object)
                        + "\"];");
                edge(around, node(object));
            }
            return;
        }
        StateObject first = run.get(0);
        StateObject last = run.get(run.size() - 1);
        String label = run.size() + " x " + first.kind() + "\n" + SizeWords.text(first.sizeBits()) + " each\n"
                + hex(first.address()) + " to " + hex(last.end() - 1);
        line("  " + node(first) + " [label=" + quoted(label) + ", fillcolor=\"" + colour(first)
                + "\", peripheries=2];");
        edge(around, node(first));
    }

    private void edge(@Nullable StateObject around, String node) {
        if (around != null) {
            line("  " + node(around) + " -> " + node + ";");
        }
    }

    private static String node(StateObject object) {
        return "o" + object.id();
    }

    private String label(StateObject object) {
        Long watermark = object.watermark();
        List<StateCapability> to = capabilities.getOrDefault(object.id(), List.of());
        String slots = to.isEmpty() ? "" : "\nin " + slotNames(to);
        return object.kind() + ", " + SizeWords.text(object.sizeBits()) + "\n" + hex(object.address())
                + (watermark == null ? "" : "\nwatermark " + hex(watermark)) + slots;
    }

    private static String slotNames(List<StateCapability> to) {
        List<String> slotNames = new ArrayList<>();
        for (StateCapability capability : to.subList(0, Math.min(MOST_ALIKE, to.size()))) {
            slotNames.add(capability.place());
        }
        return String.join(", ", slotNames) + (to.size() > MOST_ALIKE ? ", ..." : "");
    }

    private static String colour(StateObject object) {
        return Palette.of(object).light();
    }

    /** From threads and CNodes below the root's to what they hold, where it is more than one capability. */
    private void holdings() {
        for (StateCapability capability : state.capabilities()) {
            StateObject holder = state.object(capability.holder());
            StateObject object = state.object(capability.object());
            boolean shown = holder != null
                    && object != null
                    && (holder.kind().equals(StateObject.TCB) || !Character.isDigit(lastPart(capability)));
            if (shown && holder != null && object != null && !isPlain(object)) {
                line("  " + node(holder) + " -> " + node(object) + " [style=dashed, constraint=false, label="
                        + quoted(capability.place()) + "];");
            }
        }
    }

    private static char lastPart(StateCapability capability) {
        String place = capability.place();
        return place.charAt(place.lastIndexOf('.') + 1);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
