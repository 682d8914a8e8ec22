package org.allocman.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;

class ScriptProperties {
    private static final Machine MACHINE = Machines.boot("tiny");
    private static final ScriptSession SESSION = Machines.managed(MACHINE, ManagedMachine.Pools.DEFAULT);
    private static final String[] WORDS = {
        "retype",
        "copy",
        "mint",
        "alloc",
        "free",
        "slot",
        "->",
        "=",
        "/",
        ":",
        "+",
        "count",
        "rights",
        "rw",
        "badge",
        "guard",
        "frame",
        "untyped",
        "endpoint",
        "cnode",
        "x",
        "untyped0",
        "empty",
        "0",
        "4",
        "0xffffffffffffffff",
        "#",
        "§",
        "-"
    };

    @Property(tries = 500)
    void anyTextIsReadOrRefusedWithAPlace(@ForAll("texts") String text) {
        try {
            String fixed = Script.parse(text).text();
            assertEquals(fixed, Script.parse(fixed).text());
        } catch (ScriptException wrong) {
            assertEquals(1, wrong.line());
            assertEquals(true, wrong.column() >= 1 && wrong.column() <= text.length() + 1, wrong.getMessage());
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(WORDS).list().ofMaxSize(9).map(words -> String.join(" ", words));
    }

    /** Undoing everything leads back, doing it again leads to the same place, and what is refused leaves no trace. */
    @Property(tries = 60)
    void everythingCanBeUndoneAndDoneAgain(@ForAll("scripts") List<String> lines) {
        PhysicalMemory memory = MACHINE.memory();
        Fingerprint start = memory.fingerprint();
        List<Fingerprint> before = new ArrayList<>();
        for (String line : lines) {
            Fingerprint now = memory.fingerprint();
            if (SESSION.execute(line).isDone()) {
                before.add(now);
            } else {
                assertEquals(now, memory.fingerprint(), line);
            }
        }
        Fingerprint end = memory.fingerprint();
        var names = SESSION.names();
        undoAll(before);
        for (int i = 0; i < before.size(); i++) {
            assertEquals(before.get(i), memory.fingerprint());
            assertEquals(true, assertThere(SESSION.redo()).isDone());
        }
        assertEquals(end, memory.fingerprint());
        assertEquals(names, SESSION.names());
        undoAll(before);
        assertEquals(start, memory.fingerprint());
    }

    private static void undoAll(List<Fingerprint> before) {
        for (int i = before.size() - 1; i >= 0; i--) {
            assertNotNull(SESSION.undo());
            assertEquals(before.get(i), MACHINE.memory().fingerprint());
        }
    }

    private static <T> T assertThere(T thing) {
        assertNotNull(thing);
        return thing;
    }

    @Provide
    Arbitrary<List<String>> scripts() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d");
        Arbitrary<String> paths = Arbitraries.of(
                "a", "b", "c", "d", "a/0", "b/1", "b/1:1", "root-cnode/a", "empty", "0", "77", "0xffffffff");
        Arbitrary<String> types = Arbitraries.of(
                "endpoint",
                "tcb",
                "notification",
                "cnode 1",
                "cnode 4",
                "untyped 10",
                "untyped 4",
                "frame",
                "page-table");
        Arbitrary<String> lines = Arbitraries.oneOf(
                Combinators.combine(names, types).as((name, type) -> name + " = alloc " + type),
                names.map(name -> name + " = slot"),
                names.map(name -> "free " + name),
                Combinators.combine(paths, types, paths)
                        .as((from, type, to) -> "retype " + from + " " + type + " -> " + to),
                Combinators.combine(Arbitraries.of("copy", "mint", "move", "mutate"), paths, paths)
                        .as((verb, from, to) -> verb + " " + from + " -> " + to),
                Combinators.combine(paths, paths, paths)
                        .as((from, pivot, to) -> "rotate " + from + " via " + pivot + " -> " + to),
                paths.map(place -> "revoke " + place),
                names.map(name -> "delete " + name + "/1"),
                names.map(name -> "map " + name + " at 0x10000000"),
                names.map(name -> "unmap " + name),
                names.map(name -> "alloc frame 12 at 0x40000000 -> " + name),
                names.map(name -> "alloc endpoint -> " + name));
        return lines.list().ofMinSize(1).ofMaxSize(25);
    }
}
