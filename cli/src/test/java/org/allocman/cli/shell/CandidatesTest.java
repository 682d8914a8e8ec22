package org.allocman.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.allocman.cli.frame.Console;
import org.allocman.cli.machine.LiveMachine;
import org.allocman.cli.machine.MachineSpec;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private final Interpreter interpreter;

    CandidatesTest() throws Exception {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        interpreter = new Interpreter(
                new Console(nowhere, nowhere, false, false),
                LiveMachine.boot(new MachineSpec("tiny", null, "arena", "current", false, -1)));
        interpreter.take("ep = alloc endpoint");
    }

    private List<String> after(String words) {
        return interpreter.candidates(words.isEmpty() ? List.of() : List.of(words.split(" ")));
    }

    @Test
    void commandsComeFirst() {
        assertTrue(after("").containsAll(List.of("retype", "alloc", "undo", "show")));
        assertTrue(after("x =").contains("alloc"));
        assertEquals(after(""), after("help"));
    }

    @Test
    void thenWhatTheCommandWants() {
        assertTrue(after("show").contains("tree"));
        assertTrue(after("show tree").contains("ep"));
        assertEquals(List.of(), after("show history"));
        assertTrue(after("alloc").contains("page-table"));
        assertTrue(after("x = retype").containsAll(List.of("ep", "untyped0")));
        assertTrue(after("retype ep").contains("endpoint"));
        assertEquals(List.of("->", "count"), after("retype ep untyped 12"));
        assertEquals(List.of("count"), after("retype ep tcb -> empty"));
        assertEquals(List.of(), after("retype ep tcb -> empty count"));
        assertEquals(List.of("badge", "guard"), after("mint ep -> empty rights rw"));
        assertTrue(after("copy ep -> empty rights").contains("rw"));
        assertEquals(List.of("at", "->"), after("alloc tcb maybe-device"));
        assertTrue(after("free").contains("ep"));
        assertEquals(List.of(), after("nonsense"));
        assertEquals(List.of(), after("save"));
    }
}
