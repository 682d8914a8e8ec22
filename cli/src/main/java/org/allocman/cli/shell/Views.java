package org.allocman.cli.shell;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.TextTable;
import org.allocman.cli.machine.LiveMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.Statistics;
import org.allocman.qual.PhysAddr;
import org.allocman.script.Binding;
import org.allocman.script.ScriptException;
import org.allocman.view.export.MachineState;
import org.allocman.view.export.StateCapability;
import org.allocman.view.export.StateObject;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A machine as text shows it. Like things in a row are one line. */
final class Views {
    private static final String INDENT = "  ";

    private final Console console;
    private final LiveMachine live;
    private final MachineState state;
    private final Map<Long, String> names = new HashMap<>();

    /** What cannot be shown, in words. */
    static final class NothingThere extends Exception {
        private static final long serialVersionUID = 1L;

        NothingThere(String what) {
            super(what);
        }
    }

    Views(Console console, LiveMachine live) {
        this.console = console;
        this.live = live;
        this.state = MachineState.of(live.machine());
        live.session().names().keySet().stream().sorted().forEach(this::note);
    }

    private void note(String name) {
        try {
            long slot = live.session().slotOf(name);
            if (slot >= 0 && !name.equals("empty")) {
                names.merge(slot, name, (one, other) -> one + ", " + other);
            }
        } catch (ScriptException noPlace) {
            // a name for a number that is no place
            return;
        }
    }

    void show(Topic topic, String place) throws NothingThere {
        switch (topic) {
            case SLOTS -> slots(place);
            case TREE -> new TreeView(console, state, names).print(place.isEmpty() ? null : capability(place));
            case UNTYPEDS -> untypeds();
            case MEMORY -> memory();
            case POOLS -> pools();
            case OBJECT -> object(place);
            case NAMES -> names();
            case HISTORY -> history();
        }
    }

    private StateCapability capability(String place) throws NothingThere {
        long slot = slot(place);
        for (StateCapability capability : state.capabilities()) {
            if (capability.slot() == slot) {
                return capability;
            }
        }
        throw new NothingThere(place + ": the slot is empty");
    }

    private @PhysAddr long slot(String place) throws NothingThere {
        try {
            long slot = live.session().slotOf(place);
            if (slot < 0) {
                throw new NothingThere(place + ": no slot is there");
            }
            return slot;
        } catch (ScriptException noPlace) {
            throw new NothingThere(noPlace.what());
        }
    }

    private void slots(String place) throws NothingThere {
        Integer holder = null;
        if (!place.isEmpty()) {
            holder = capability(place).object();
            StateObject node = state.object(holder);
            if (node == null || node.slots() == null) {
                throw new NothingThere(place + ": this is no CNode and no TCB");
            }
        }
        TextTable table = new TextTable(">slot", "", "holds", ">size", ">at", "", "name");
        List<StateCapability> run = new ArrayList<>();
        for (StateCapability capability : state.capabilities()) {
            boolean shown = holder != null ? holder.equals(capability.holder()) : isCptr(capability);
            if (shown) {
                if (!run.isEmpty() && !continues(run.get(run.size() - 1), capability)) {
                    row(table, run);
                    run.clear();
                }
                run.add(capability);
            }
        }
        if (!run.isEmpty()) {
            row(table, run);
        }
        table.print(console, INDENT);
    }

    private static boolean isCptr(StateCapability capability) {
        return Character.isDigit(capability.place().charAt(0))
                && capability.place().chars().allMatch(Character::isDigit);
    }

    /** Whether the next slot holds the next object of the same kind, and there is nothing else to say of it. */
    private boolean continues(StateCapability one, StateCapability next) {
        StateObject left = state.object(one.object());
        StateObject right = state.object(next.object());
        return left != null
                && right != null
                && next.index() == one.index() + 1
                && one.kind().equals(next.kind())
                && left.sizeBits() == right.sizeBits()
                && left.end() == right.address()
                && (one.detail().equals(next.detail()) || isPlain(one) && isPlain(next))
                && !names.containsKey(one.slot())
                && !names.containsKey(next.slot());
    }

    private static boolean isPlain(StateCapability capability) {
        String detail = capability.detail();
        return detail.isEmpty() || detail.startsWith("mapped") || detail.equals("watermark 0x0");
    }

    private void row(TextTable table, List<StateCapability> run) {
        StateCapability first = run.get(0);
        StateObject object = state.object(first.object());
        boolean many = run.size() > 1;
        table.row(
                first.place(),
                many ? "to " + run.get(run.size() - 1).place() : "",
                many ? run.size() + " x " + first.kind() : first.kind(),
                object == null ? "" : Figures.sizeOfBits(object.sizeBits()),
                object == null ? "" : Figures.hex(object.address()),
                first.detail() + (many && first.detail().startsWith("mapped") ? " and on" : ""),
                names.getOrDefault(first.slot(), ""));
    }

    private void untypeds() {
        TextTable table = new TextTable(">slot", "", "kind", ">size", ">at", ">given away", "", "name");
        List<StateCapability> run = new ArrayList<>();
        for (StateCapability capability : state.capabilities()) {
            StateObject object = state.object(capability.object());
            if (object != null && object.isUntyped()) {
                if (!run.isEmpty() && !continues(run.get(run.size() - 1), capability)) {
                    untypedRow(table, run);
                    run.clear();
                }
                run.add(capability);
            }
        }
        if (!run.isEmpty()) {
            untypedRow(table, run);
        }
        table.print(console, INDENT);
    }

    private void untypedRow(TextTable table, List<StateCapability> run) {
        StateCapability first = run.get(0);
        StateObject object = state.object(first.object());
        if (object == null) {
            return;
        }
        Long watermark = watermark(first);
        String kind = object.kind().equals("untyped") ? "memory" : "device";
        table.row(
                first.place(),
                run.size() == 1 ? "" : "to " + run.get(run.size() - 1).place(),
                run.size() == 1 ? kind : run.size() + " x " + kind,
                Figures.sizeOfBits(object.sizeBits()),
                Figures.hex(object.address()),
                watermark == null || watermark == 0 ? "" : Figures.size(watermark),
                watermark == null ? "" : bar(watermark, object.sizeBits()),
                names.getOrDefault(first.slot(), ""));
    }

    /** A capability's own: another one for the same memory, a parent or child, has a watermark of its own. */
    private static @Nullable Long watermark(StateCapability capability) {
        String detail = capability.detail();
        return detail.startsWith(WATERMARK) ? Long.decode(detail.substring(WATERMARK.length())) : null;
    }

    private static final String WATERMARK = "watermark ";
    private static final int BAR = 16;

    /** How much is given away, a part that is not zero being at least a mark. */
    static String bar(long part, int sizeBits) {
        long size = 1L << sizeBits;
        int marks = part == 0 ? 0 : (int) Math.max(1, Math.min(BAR, Math.round((double) part / size * BAR)));
        return "[" + "#".repeat(marks) + ".".repeat(BAR - marks) + "]";
    }

    private void memory() {
        TextTable map = new TextTable(">from", ">to", ">size", "what", "name", "holds");
        for (MachineState.Area area : state.regions()) {
            map.row(
                    Figures.hex(area.start()),
                    Figures.hex(area.start() + area.bytes() - 1),
                    Figures.size(area.bytes()),
                    area.kind(),
                    area.name(),
                    contents(area));
        }
        map.print(console, INDENT);
    }

    /** How many objects of each kind are in an area, untypeds by what is left of those with no parent. */
    private String contents(MachineState.Area area) {
        Map<String, Integer> counts = new TreeMap<>();
        for (StateObject object : state.objects()) {
            if (object.address() >= area.start() && object.address() - area.start() < area.bytes()) {
                counts.merge(object.kind(), 1, Integer::sum);
            }
        }
        List<String> texts = new ArrayList<>();
        counts.forEach((kind, count) -> texts.add(count + " x " + kind));
        return String.join(", ", texts);
    }

    private void pools() throws NothingThere {
        Allocman manager = live.allocman();
        if (manager == null) {
            throw new NothingThere("the machine is bare: it has no manager and no pools");
        }
        Statistics now = manager.statistics();
        TextTable table = new TextTable("", "");
        table.row("manager", live.spec().manager() + ", " + Figures.count(now.liveObjects(), "live object"));
        table.row(
                "static pool",
                Figures.size(now.staticPoolBytes()) + " at "
                        + Figures.hex(live.machine().staticPoolBase()) + ", "
                        + Figures.count(now.staticPagesReady(), "page") + " unused");
        table.row(
                "virtual pool",
                Figures.size(now.virtualPagesMapped() * PAGE) + " mapped at "
                        + Figures.hex(manager.layout().windowBase()) + " of a window of "
                        + Figures.size(manager.layout().windowPages() * PAGE) + ", "
                        + Figures.count(now.virtualPagesReady(), "page") + " unused, "
                        + Figures.count(now.pagingStructures(), "paging structure"));
        table.row("slots", Figures.count(now.freeSlots()) + " free of " + Figures.count(now.slotsThere()) + " there");
        table.row("reserve", now.reserveFull() ? "full" : console.wrong("LOW"));
        table.print(console, INDENT);
    }

    private void object(String place) throws NothingThere {
        if (place.isEmpty()) {
            throw new NothingThere("which one? " + Topic.OBJECT.form());
        }
        StateCapability capability = capability(place);
        StateObject object = state.object(capability.object());
        TextTable table = new TextTable("", "");
        table.row("capability", capability.kind() + (capability.detail().isEmpty() ? "" : ", " + capability.detail()));
        table.row(
                "in slot",
                capability.place() + ", at physical " + Figures.hex(capability.slot())
                        + (names.containsKey(capability.slot()) ? ", named " + names.get(capability.slot()) : ""));
        if (object != null) {
            table.row(
                    "object",
                    Figures.sizeOfBits(object.sizeBits()) + " at physical " + Figures.hex(object.address()) + " to "
                            + Figures.hex(object.end() - 1));
            StateObject outer = state.object(object.within());
            if (outer != null) {
                table.row(
                        "lies in",
                        outer.kind() + " of " + Figures.sizeOfBits(outer.sizeBits()) + " at "
                                + Figures.hex(outer.address()));
            }
        }
        table.row("derived from", derivedFrom(capability));
        table.row("derived from it", slotNames(capability.id()));
        if (object != null) {
            table.row("all capabilities", copies(object));
        }
        table.print(console, INDENT);
    }

    private String derivedFrom(StateCapability capability) {
        Integer parent = capability.parent();
        if (parent == null) {
            return "nothing";
        }
        StateCapability from = state.capabilities().get(parent);
        return from.kind() + " in slot " + from.place();
    }

    private String slotNames(int parent) {
        List<String> slotNames = new ArrayList<>();
        for (StateCapability other : state.capabilities()) {
            if (Integer.valueOf(parent).equals(other.parent())) {
                slotNames.add(other.kind() + " in " + other.place());
            }
        }
        return list(slotNames);
    }

    private String copies(StateObject object) {
        List<String> slotNames = new ArrayList<>();
        for (StateCapability other : state.capabilities()) {
            if (Integer.valueOf(object.id()).equals(other.object())) {
                slotNames.add("slot " + other.place());
            }
        }
        return list(slotNames);
    }

    private static final int MOST = 8;

    private static String list(List<String> slotNames) {
        if (slotNames.isEmpty()) {
            return "nothing";
        }
        String more = slotNames.size() > MOST ? " and " + (slotNames.size() - MOST) + " more" : "";
        return String.join(", ", slotNames.subList(0, Math.min(MOST, slotNames.size()))) + more;
    }

    private void names() {
        TextTable table = new TextTable("name", "stands for", "holds");
        Map<String, Binding> own = new TreeMap<>(live.session().ownNames());
        own.forEach((name, binding) -> table.row(name, text(binding), heldBy(name)));
        Map<String, Binding> ofBoot = new TreeMap<>(live.session().names());
        int untypeds = live.machine().bootInfo().untypeds().size();
        ofBoot.forEach((name, binding) -> {
            if (!own.containsKey(name) && !name.matches("untyped[0-9]+")) {
                table.row(name, text(binding), heldBy(name));
            }
        });
        table.row(
                "untyped0 to untyped" + (untypeds - 1),
                live.session().cptrOf("untyped0") + " to " + live.session().cptrOf("untyped" + (untypeds - 1)),
                "the untypeds that the boot made");
        table.print(console, INDENT);
    }

    private String heldBy(String name) {
        try {
            return capability(name).kind();
        } catch (NothingThere empty) {
            return "";
        }
    }

    private static String text(Binding binding) {
        if (binding instanceof Binding.Number number) {
            return Long.toUnsignedString(number.number());
        }
        if (binding instanceof Binding.Allocated allocated) {
            return "an object of the manager's in " + allocated.object().cptr();
        }
        if (binding instanceof Binding.Taken taken) {
            return "a slot of the manager's, " + taken.path().index();
        }
        return binding instanceof Binding.Place place
                ? place.path().index() + " in the CNode in " + place.path().root()
                : "";
    }

    private void history() {
        int number = 0;
        for (Object done : live.session().history()) {
            number++;
            console.out().println(INDENT + number + "  " + done);
        }
        if (number == 0) {
            console.out().println(INDENT + "nothing was done");
        }
    }
}
