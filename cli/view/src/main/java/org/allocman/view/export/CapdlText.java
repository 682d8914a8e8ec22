package org.allocman.view.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A machine's state as capDL, the language in which systems on seL4 are described: objects, what is in their slots, and what is
 * derived from what.
 *
 * <p>capDL has no word for some things; they stand in remarks: watermarks of untypeds, half deleted objects, the capability for
 * I/O ports, guests' extended page tables. It has a type for each level of page tables on aarch64, so a table's type tells where it is mapped.
 */
public final class CapdlText {
    private final MachineState state;
    private final boolean isForLoader;
    private final CapdlWords words;
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<Integer, Integer> tableLevels = new HashMap<>();
    private final Map<Integer, List<StateMapping>> entries = new TreeMap<>();
    private final Set<StateMapping> claimed = new HashSet<>();
    private final StringBuilder text = new StringBuilder();

    /** A state that capDL cannot say. */
    public static final class NotSayable extends Exception {
        private static final long serialVersionUID = 1L;

        NotSayable(String what) {
            super(what);
        }
    }

    private CapdlText(MachineState state, CapdlWords words, boolean isForLoader) {
        this.state = state;
        this.isForLoader = isForLoader;
        this.words = words;
    }

    /**
     * Writes a state.
     *
     * @param state the state
     * @return the text
     * @throws NotSayable if the machine has no paging: capDL knows none
     */
    public static String of(MachineState state) throws NotSayable {
        return write(state, false);
    }

    /**
     * Writes what was made since a state, for a loader that makes it anew: without what boot made, and without the physical
     * addresses of memory, which the loader chooses.
     *
     * @param state the state
     * @param before the state that is there without it, for instance that after the boot
     * @param named slots of the root task that were given names; of untypeds only those in such slots are said
     * @return the text
     * @throws NotSayable if the machine has no paging: capDL knows none
     */
    public static String withoutRootTask(MachineState state, MachineState before, Set<Long> named) throws NotSayable {
        return write(MadeLater.of(state, before, named), true);
    }

    private static String write(MachineState state, boolean isForLoader) throws NotSayable {
        CapdlWords words = CapdlWords.of(state.architecture());
        if (words == null) {
            throw new NotSayable(
                    Architecture.named(state.architecture()) == null
                            ? "capDL has no word for kernels like " + state.architecture() + ", which is none of seL4's"
                            : "capDL has no word for machines like " + state.board()
                                    + ", which has an MPU and no page tables");
        }
        return new CapdlText(state, words, isForLoader).write();
    }

    private String write() {
        readMappings();
        for (StateObject object : state.objects()) {
            if (!hasWord(object)) {
                continue;
            }
            names.put(
                    object.id(),
                    type(object) + "_" + Long.toHexString(object.address())
                            + (object.isUntyped() ? "_" + object.sizeBits() : ""));
        }
        line("/* " + remark(state.board()) + ", " + state.architecture() + ", as allocman export capdl wrote it */");
        line("arch " + words.architecture());
        line("");
        line("objects {");
        state.objects().forEach(this::object);
        line("}");
        line("");
        line("caps {");
        holders();
        tables();
        line("}");
        derivations();
        return text.toString();
    }

    /** A text from outside in a form that no comment ends or begins in. */
    private static String remark(String text) {
        return text.replace("*/", "* /").replace("/*", "/ *").replace("*/", "* /");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void readMappings() {
        for (StateMapping mapping : state.mappings()) {
            Integer object = mapping.object();
            if (object != null && !mapping.kind().equals(StateMapping.FRAME)) {
                tableLevels.put(object, mapping.level());
            }
        }
        Map<Long, Integer> byAddress = new HashMap<>();
        for (StateObject object : state.objects()) {
            if (!object.isUntyped() && !object.isFrame() && object.slots() == null && hasWord(object)) {
                byAddress.put(object.address(), object.id());
            }
        }
        for (StateMapping mapping : state.mappings()) {
            Integer table = byAddress.get(mapping.table());
            if (table != null && mapping.object() != null) {
                entries.computeIfAbsent(table, key -> new ArrayList<>()).add(mapping);
            }
        }
    }

    private String type(StateObject object) {
        if (object.isUntyped()) {
            return "ut";
        }
        if (object.isFrame()) {
            return "frame";
        }
        Integer level = tableLevels.get(object.id());
        return switch (object.kind()) {
            case "endpoint" -> "ep";
            case "ASID pool" -> "asid_pool";
            case "sched context" -> "sc";
            case "reply" -> "rtreply";
            case "PDPT" -> "pdpt";
            case "VSpace" -> words.levels().get(0);
            case "page directory" -> "pd";
            case "page table" -> level == null ? "pt" : words.levels().get(level);
            default -> object.kind().toLowerCase(Locale.ROOT);
        };
    }

    private String name(int object) {
        return names.getOrDefault(object, "");
    }

    /** Structures of a guest's tables are nothing that capDL knows. */
    private static boolean hasWord(StateObject object) {
        return !object.kind().startsWith("EPT ");
    }

    private void object(StateObject object) {
        if (!hasWord(object)) {
            line("  -- " + object.kind() + " at " + hex(object.address()) + ", for which there is no word");
            return;
        }
        String type = type(object);
        String what = name(object.id()) + " = " + type;
        Long slots = object.slots();
        if (object.isUntyped()) {
            String where = isForLoader ? "" : ", paddr: " + hex(object.address());
            what += " (" + object.sizeBits() + " bits" + where + ")" + covered(object);
        } else if (object.isFrame()) {
            String where = isForLoader && isRam(object) ? "" : ", paddr: " + hex(object.address());
            what += " (" + size(object.sizeBits()) + where + ")";
        } else if (type.equals("cnode") && slots != null) {
            what += " (" + Long.numberOfTrailingZeros(slots) + " bits)";
        } else if (type.equals("sc")) {
            what += " (" + object.sizeBits() + " bits)";
        }
        Long watermark = object.watermark();
        line("  " + what + (watermark == null || watermark == 0 ? "" : " -- watermark " + hex(watermark)));
    }

    private boolean isRam(StateObject object) {
        return state.regions().stream()
                .anyMatch(area -> area.kind().equals("ram")
                        && object.address() >= area.start()
                        && object.address() - area.start() < area.bytes());
    }

    private static String size(int bits) {
        int kibi = 10;
        int mebi = 20;
        return bits < mebi ? (1L << bits - kibi) + "k" : (1L << bits - mebi) + "M";
    }

    /** An untyped's children: what lies in it and in no smaller untyped. */
    private String covered(StateObject untyped) {
        List<String> inside = new ArrayList<>();
        for (StateObject object : state.objects()) {
            if (Integer.valueOf(untyped.id()).equals(object.within()) && hasWord(object)) {
                inside.add(name(object.id()));
            }
        }
        return inside.isEmpty() ? "" : " { " + String.join(" ", inside) + " }";
    }

    /** The slots of CNodes and threads. */
    private void holders() {
        Map<Integer, List<StateCapability>> held = new TreeMap<>();
        for (StateCapability capability : state.capabilities()) {
            Integer holder = capability.holder();
            if (holder != null) {
                held.computeIfAbsent(holder, key -> new ArrayList<>()).add(capability);
            }
        }
        held.forEach((holder, capabilities) -> {
            line("  " + name(holder) + " {");
            capabilities.forEach(capability -> line("    " + capability(capability)));
            line("  }");
        });
    }

    private String capability(StateCapability capability) {
        String what = reference(capability);
        return what == null
                ? "-- slot " + capability.index() + ": " + capability.kind()
                        + (capability.detail().isEmpty() ? "" : ", " + capability.detail())
                        + ", for which there is no word"
                : slot(capability) + ": " + what;
    }

    private boolean hasMcs() {
        Architecture architecture = Architecture.named(state.architecture());
        return architecture != null && architecture.hasMcs();
    }

    private boolean isInThread(StateCapability capability) {
        StateObject holder = state.object(capability.holder());
        return holder != null && holder.kind().equals(StateObject.TCB);
    }

    /** A slot's number; those of threads have names. */
    private String slot(StateCapability capability) {
        if (!isInThread(capability)) {
            return hex(capability.index());
        }
        String name = SlotNames.threadSlot(capability.index(), hasMcs());
        return switch (name) {
            case "cspace", "vspace" -> name;
            case "buffer" -> "ipc_buffer_slot";
            case "fault" -> "fault_ep_slot";
            case "timeout" -> "temp_fault_ep_slot";
            default -> name + "_slot";
        };
    }

    private @Nullable String reference(StateCapability capability) {
        switch (capability.kind()) {
            case "IRQ control":
                return "irq_control";
            case "ASID control":
                return "asid_control";
            case "I/O space":
                return "io_space_master";
            case "domain":
                return "domain";
            case "scheduling control":
                return "sched_control (" + capability.detail().replace(" ", ": ") + ")";
            default:
                break;
        }
        StateObject object = state.object(capability.object());
        if (object == null || !hasWord(object)) {
            return null;
        }
        List<String> parameters = new ArrayList<>();
        String rights = capability.rights();
        if (rights != null && rights.chars().anyMatch(c -> c != '-')) {
            parameters.add(rights.replace("-", ""));
        }
        String badge = capability.badge();
        if (badge != null && !badge.equals("0x0")) {
            parameters.add("badge: " + badge);
        }
        String guard = capability.guard();
        if (guard != null) {
            parameters.add("guard: " + guard);
            parameters.add("guard_size: " + capability.guardBits());
        }
        if (object.isFrame()) {
            mapped(capability, parameters);
        }
        return name(object.id()) + (parameters.isEmpty() ? "" : " (" + String.join(", ", parameters) + ")");
    }

    /** Where a frame is mapped; each place is said of one capability only, of one in a CNode, and if it is a table's of the lower levels. */
    private void mapped(StateCapability capability, List<String> parameters) {
        Long vaddr = capability.vaddr();
        Integer asid = capability.asid();
        if (vaddr == null || asid == null || isInThread(capability)) {
            return;
        }
        parameters.add(
                "asid: (" + hex(asid >>> words.poolBits()) + ", " + hex(asid & (1 << words.poolBits()) - 1) + ")");
        entries.forEach((table, mappings) -> {
            boolean lower = type(state.objects().get(table)).equals("pt")
                    || type(state.objects().get(table)).equals("pd");
            for (StateMapping mapping : mappings) {
                if (lower
                        && mapping.vaddr() == vaddr
                        && mapping.asid() == asid
                        && mapping.kind().equals(StateMapping.FRAME)
                        && Objects.equals(mapping.object(), capability.object())
                        && claimed.add(mapping)) {
                    parameters.add("mapping: (" + name(table) + ", " + hex(mapping.index()) + ")");
                }
            }
        });
    }

    /** What page tables and ASID pools lead to. */
    private void tables() {
        entries.forEach((table, mappings) -> {
            line("  " + name(table) + " {");
            Set<Integer> told = new HashSet<>();
            for (StateMapping mapping : mappings) {
                Integer object = mapping.object();
                if (object != null && told.add(mapping.index())) {
                    line("    " + hex(mapping.index()) + ": " + name(object));
                }
            }
            line("  }");
        });
    }

    private void derivations() {
        Map<Integer, List<StateCapability>> children = new TreeMap<>();
        for (StateCapability capability : state.capabilities()) {
            Integer parent = capability.parent();
            if (parent != null
                    && isSaid(capability)
                    && isSaid(state.capabilities().get(parent))) {
                children.computeIfAbsent(parent, key -> new ArrayList<>()).add(capability);
            }
        }
        if (children.isEmpty()) {
            return;
        }
        line("");
        line("cdt {");
        children.forEach((parent, derived) -> {
            line("  " + place(state.capabilities().get(parent)) + " {");
            derived.forEach(capability -> line("    " + place(capability)));
            line("  }");
        });
        line("}");
    }

    private boolean isSaid(StateCapability capability) {
        return capability.holder() != null && capability.object() != null;
    }

    private String place(StateCapability capability) {
        Integer holder = capability.holder();
        return "(" + (holder == null ? "" : name(holder)) + ", " + slot(capability) + ")";
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
