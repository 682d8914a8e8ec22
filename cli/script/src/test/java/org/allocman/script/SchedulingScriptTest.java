package org.allocman.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SchedulingScriptTest {
    private static final Path DOCUMENTATION = Path.of("../../docs/script.md");

    private static ScriptSession session(String architecture) throws Exception {
        return Machines.managed(machine(architecture), ManagedMachine.Pools.DEFAULT);
    }

    private static Machine machine(String architecture) throws Exception {
        Board tiny = Boards.byName("tiny");
        Architecture named = Architecture.named(architecture);
        assertNotNull(tiny);
        assertNotNull(named);
        Board board = new Board(tiny.name(), named, tiny.regions(), tiny.mirrors());
        return ManagedMachine.boot(board, ManagedMachine.Pools.DEFAULT);
    }

    private static String done(ScriptSession session, String line) {
        LineOutcome outcome = session.execute(line);
        assertTrue(outcome.isDone(), line + ": " + outcome.message());
        return outcome.message();
    }

    private static void refused(ScriptSession session, String line, KernelError error) {
        LineOutcome outcome = session.execute(line);
        assertEquals(LineOutcome.Kind.REFUSED, outcome.kind(), line + ": " + outcome.message());
        assertEquals(error, outcome.kernelError(), line);
    }

    private static void mistake(ScriptSession session, String line, String what) {
        LineOutcome outcome = session.execute(line);
        assertEquals(LineOutcome.Kind.MISTAKE, outcome.kind(), line);
        assertTrue(outcome.message().contains(what), outcome.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"riscv64+mcs", "aarch32+mcs", "aarch64+mcs"})
    void theExampleInTheDocumentationWorksAndIsUndone(String architecture) throws Exception {
        String page = Files.readString(DOCUMENTATION);
        int start = page.indexOf("```allocman\n", page.indexOf("On a kernel with MCS")) + 12;
        List<String> lines =
                page.substring(start, page.indexOf("```", start)).lines().toList();
        Machine machine = machine(architecture);
        ScriptSession session = Machines.managed(machine, ManagedMachine.Pools.DEFAULT);
        Fingerprint before = machine.memory().fingerprint();
        lines.forEach(line -> done(session, line));
        assertEquals(9, session.history().size());
        for (int i = 0; i < lines.size(); i++) {
            assertNotNull(session.undo());
        }
        assertEquals(before, machine.memory().fingerprint());
        for (int i = 0; i < lines.size(); i++) {
            assertNotNull(session.redo());
        }
        assertTrue(session.names().keySet().containsAll(Set.of("t", "n", "sc", "sched-control", "root-sched-context")));
    }

    @Test
    void contextsAreBoundAndToldOf() throws Exception {
        ScriptSession session = session("riscv64+mcs");
        List.of("sc = alloc sched-context 8", "t = alloc tcb", "n = alloc notification", "ep = alloc endpoint")
                .forEach(line -> done(session, line));
        assertTrue(done(session, "alloc reply").contains("reply of 2^5 bytes"));
        done(session, "configure sc budget 1000 period 5000 extra-refills 3 badge 7 sporadic");
        done(session, "bind sc to t");
        done(session, "bind sc to n");
        refused(session, "bind sc to n", KernelError.illegalOperation());
        refused(session, "bind sc to ep", KernelError.invalidCapability(1));
        refused(session, "configure sc budget 9000 period 5000", KernelError.rangeError(20, 5000));
        String told = done(session, "move sc -> " + slot(session));
        assertTrue(told.contains("1000 of 5000 us, bound to the TCB at 0x"), told);
        assertTrue(told.contains("bound to the notification at 0x"), told);
        session.undo();
        done(session, "unbind sc from n");
        refused(session, "unbind sc from n", KernelError.illegalOperation());
        assertTrue(done(session, "consumed sc").startsWith("0 microseconds"));
        assertTrue(done(session, "yield-to sc").startsWith("0 microseconds"));
        done(session, "unbind sc");
        refused(session, "yield-to sc", KernelError.illegalOperation());
        done(session, "set-timeout-endpoint t to ep");
        done(session, "set-timeout-endpoint t");
        done(session, "set-sched-params t priority 5 max-priority 9 context sc fault ep");
        refused(session, "set-sched-params t priority 5 max-priority 9 context n", KernelError.invalidCapability(2));
        refused(session, "set-priority t priority 10 authority t", KernelError.rangeError(0, 9));
        done(session, "set-max-priority t priority 3");
        refused(session, "set-priority t priority 4 authority t", KernelError.rangeError(0, 3));
        done(session, "free sc");
        done(session, "bind root-sched-context to n");
    }

    private static String slot(ScriptSession session) {
        return done(session, "x = slot").isEmpty() ? "" : "x";
    }

    @Test
    void interruptsAreHandled() throws Exception {
        ScriptSession session = session("aarch64");
        List.of("h = slot", "g = slot", "s = slot", "n = alloc notification").forEach(line -> done(session, line));
        assertTrue(done(session, "irq-get 33 -> h").contains("IRQ handler, interrupt 33"));
        refused(session, "irq-get 33 -> g", KernelError.revokeFirst());
        done(session, "irq-get 34 -> g edge");
        assertTrue(done(session, "sgi-get 3 core 1 -> s").contains("SGI signal, interrupt 3 to core 1"));
        refused(session, "ack irq-control", KernelError.illegalOperation());
        done(session, "ack h");
        refused(session, "set-notification h to s", KernelError.invalidCapability(0));
        done(session, "set-notification h to n");
        done(session, "clear h");
        done(session, "delete h");
        done(session, "handler = irq-get 33 -> h level with irq-control");
        mistake(session, "irq-get 35 -> empty edge level", "not by both");
        mistake(session, "irq-get 0xfffffffff -> empty", "the number is out of all range");
        mistake(session, "sgi-get 1 -> empty", "'core N' is missing");
        mistake(session, "configure h budget 1000 period 5000", "no MCS");
        mistake(session, "alloc sched-context 8", "aarch64 has no sched context");
        assertEquals(List.of("edge", "level", "with"), Completion.after(List.of("irq-get", "5", "->", "x"), List.of()));
        assertEquals(List.of("to"), Completion.after(List.of("bind", "sc"), List.of()));
        assertEquals(List.of("n"), Completion.after(List.of("bind", "sc", "to"), List.of("n")));
    }
}
