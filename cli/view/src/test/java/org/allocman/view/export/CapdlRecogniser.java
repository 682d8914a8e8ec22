package org.allocman.view.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises the part of capDL that is written here, with the rules that seL4's own tool has for it: one word for each type of
 * object with the parameters it takes, names declared before they are used, nothing in two untypeds, slots filled once, capability
 * parameters that suit the object, what may be in which table, and a parent for each capability at most once.
 */
final class CapdlRecogniser {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|--[^\\n]*|/\\*.*?\\*/|(0x[0-9a-f]+|[0-9]+)|([A-Za-z][A-Za-z0-9_@.-]*)|([={}():,;\\[\\]])",
            Pattern.DOTALL);
    private static final Set<String> ARCHITECTURES = Set.of("ia32", "arm11", "x86_64", "aarch64", "riscv");
    private static final Set<String> TABLES = Set.of("pt", "pd", "pud", "pgd", "pdpt", "pml4");
    private static final Set<String> SIMPLE = Set.of("ep", "notification", "tcb", "asid_pool", "rtreply");
    private static final Set<String> CONTROLS =
            Set.of("io_space_master", "asid_control", "irq_control", "domain", "sched_control");
    private static final Set<String> THREAD_SLOTS = Set.of(
            "cspace", "vspace", "reply_slot", "caller_slot", "ipc_buffer_slot", "fault_ep_slot", "temp_fault_ep_slot");

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, String> types = new HashMap<>();
    private final Map<String, List<String>> covers = new HashMap<>();
    private final Map<String, String> filled = new HashMap<>();
    private final Set<String> mappings = new HashSet<>();
    private String architecture = "";
    private int next;

    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String what) {
            super(what);
        }
    }

    private CapdlRecogniser(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            check(matcher.find(at) && matcher.start() == at, "no token at " + text.substring(at));
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    tokens.add(matcher.group(group));
                }
            }
            at = matcher.end();
        }
    }

    /** Throws if the text is not capDL; answers how many slots it fills. */
    static int check(String text) {
        CapdlRecogniser recogniser = new CapdlRecogniser(text);
        recogniser.module();
        return recogniser.filled.size();
    }

    private static void check(boolean good, String what) {
        if (!good) {
            throw new Refused(what);
        }
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "the end";
    }

    private String take() {
        check(next < tokens.size(), "the text ends early");
        return tokens.get(next++);
    }

    private boolean takeIf(String token) {
        boolean there = peek().equals(token);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String token) {
        String found = take();
        check(
                found.equals(token),
                token + " is wanted, not " + found + " behind " + tokens.subList(Math.max(0, next - 6), next));
    }

    private long number() {
        String token = take();
        check(Character.isDigit(token.charAt(0)), token + " is no number");
        return token.startsWith("0x") ? Long.parseUnsignedLong(token.substring(2), 16) : Long.parseLong(token);
    }

    private String name() {
        String token = take();
        check(Character.isLetter(token.charAt(0)), token + " is no name");
        return token;
    }

    private String known() {
        String name = name();
        check(types.containsKey(name), name + " is not declared");
        return name;
    }

    private void module() {
        expect("arch");
        architecture = take();
        check(ARCHITECTURES.contains(architecture), architecture);
        expect("objects");
        expect("{");
        while (!takeIf("}")) {
            object();
        }
        Set<String> covered = new HashSet<>();
        covers.forEach((untyped, inside) -> inside.forEach(name -> {
            check(types.containsKey(name), name + " is not declared");
            check(covered.add(name), name + " is in two untypeds");
        }));
        expect("caps");
        expect("{");
        while (!takeIf("}")) {
            container();
        }
        for (String mapping : mappings) {
            String frame = filled.get(mapping);
            check(frame != null && types.get(frame).equals("frame"), "no frame is mapped at " + mapping);
        }
        if (takeIf("cdt")) {
            derivations();
        }
        check(next == tokens.size(), "something is behind the end");
    }

    private void object() {
        String name = name();
        expect("=");
        String type = take();
        check(types.put(name, type) == null, name + " is declared twice");
        switch (type) {
            case "ut" -> {
                expect("(");
                check(number() < 64, "an untyped that is too large");
                expect("bits");
                expect(",");
                address();
                expect(")");
                if (takeIf("{")) {
                    List<String> inside = new ArrayList<>();
                    while (!takeIf("}")) {
                        inside.add(name());
                    }
                    covers.put(name, inside);
                }
            }
            case "frame" -> {
                expect("(");
                check(Long.bitCount(number()) == 1, "a frame's size is a power of two");
                check(takeIf("k") || takeIf("M"), "a frame's size is in k or M");
                expect(",");
                address();
                expect(")");
            }
            case "sc" -> {
                expect("(");
                check(number() >= 7, "a scheduling context that is too small");
                expect("bits");
                expect(")");
            }
            case "cnode" -> {
                expect("(");
                check(number() > 0, "a CNode of no bits is an interrupt's");
                expect("bits");
                expect(")");
            }
            default -> check(SIMPLE.contains(type) || TABLES.contains(type), type + " is no type");
        }
    }

    private void address() {
        expect("paddr");
        expect(":");
        number();
    }

    private void core() {
        expect("(");
        expect("core");
        expect(":");
        number();
        expect(")");
    }

    private void container() {
        String holder = known();
        String type = types.get(holder);
        check(Set.of("cnode", "tcb", "asid_pool").contains(type) || TABLES.contains(type), holder + " has no slots");
        expect("{");
        while (!takeIf("}")) {
            String slot = type.equals("tcb") ? take() : Long.toString(number());
            check(!type.equals("tcb") || THREAD_SLOTS.contains(slot), slot + " is no slot of a thread");
            expect(":");
            String object = name();
            check(filled.put(holder + " " + slot, object) == null, "a slot is filled twice: " + holder + " " + slot);
            if (CONTROLS.contains(object)) {
                check(type.equals("cnode"), object + " is in " + holder);
                if (object.equals("sched_control")) {
                    core();
                }
                continue;
            }
            check(types.containsKey(object), object + " is not declared");
            check(mayHold(type, slot, types.get(object)), holder + " holds " + object);
            if (takeIf("(")) {
                parameters(type, types.get(object));
            }
        }
    }

    private boolean mayHold(String holder, String slot, String type) {
        String root = switch (architecture) {
            case "x86_64" -> "pml4";
            case "aarch64" -> "pgd";
            case "riscv" -> "pt";
            default -> "pd";
        };
        return switch (holder) {
            case "tcb" ->
                switch (slot) {
                    case "cspace" -> type.equals("cnode");
                    // a hypervisor's address spaces can have three levels
                    case "vspace" -> type.equals(root) || architecture.equals("aarch64") && type.equals("pud");
                    case "ipc_buffer_slot" -> type.equals("frame");
                    case "fault_ep_slot", "temp_fault_ep_slot" -> type.equals("ep");
                    default -> type.equals("tcb");
                };
            case "asid_pool" -> mayHold("tcb", "vspace", type);
            case "pt" -> type.equals("frame") || architecture.equals("riscv") && type.equals("pt");
            case "pd" -> type.equals("frame") || type.equals("pt");
            case "pdpt", "pud" -> type.equals("frame") || type.equals("pd");
            case "pml4" -> type.equals("pdpt");
            case "pgd" -> type.equals("pud");
            default -> true;
        };
    }

    private void parameters(String holder, String type) {
        Set<String> seen = new HashSet<>();
        do {
            String parameter = take();
            boolean rights = parameter.matches("[RWGXP]+");
            check(seen.add(rights ? "rights" : parameter), parameter + " is given twice");
            check(
                    switch (type) {
                        case "ep", "notification" -> rights || parameter.equals("badge");
                        case "cnode" -> parameter.equals("guard") || parameter.equals("guard_size");
                        case "frame" -> rights || parameter.equals("asid") || parameter.equals("mapping");
                        default -> false;
                    },
                    parameter + " does not suit " + type);
            if (rights) {
                continue;
            }
            expect(":");
            if (parameter.equals("asid") || parameter.equals("mapping")) {
                expect("(");
                String table = parameter.equals("asid") ? Long.toString(number()) : known();
                expect(",");
                String place = table + " " + number();
                expect(")");
                if (parameter.equals("mapping")) {
                    check(Set.of("pt", "pd").contains(types.get(table)), table + " cannot be mapped in");
                    check(mappings.add(place), "two capabilities claim the mapping " + place);
                    check(holder.equals("cnode"), "a capability with a mapping is not in a CNode");
                }
            } else {
                number();
            }
        } while (takeIf(","));
        expect(")");
    }

    private void derivations() {
        Set<String> derived = new HashSet<>();
        expect("{");
        while (!takeIf("}")) {
            reference();
            expect("{");
            while (!takeIf("}")) {
                String child = reference();
                check(derived.add(child), child + " has two parents");
            }
        }
    }

    private String reference() {
        expect("(");
        String holder = known();
        expect(",");
        String slot = types.get(holder).equals("tcb") ? take() : Long.toString(number());
        expect(")");
        check(filled.containsKey(holder + " " + slot), "nothing is in " + holder + " " + slot);
        return holder + " " + slot;
    }
}
