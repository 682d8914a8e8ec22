package org.allocman.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelError;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands for guests of x86. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class VtxScriptTest {
    private static ScriptSession session(String architecture, Machine[] booted) throws Exception {
        Board tiny = Boards.byName("tiny");
        Architecture named = Architecture.named(architecture);
        assertNotNull(tiny);
        assertNotNull(named);
        Board board = new Board(tiny.name(), named, tiny.regions(), tiny.mirrors());
        booted[0] = ManagedMachine.boot(board, ManagedMachine.Pools.DEFAULT);
        return Machines.managed(booted[0], ManagedMachine.Pools.DEFAULT);
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

    @ParameterizedTest
    @ValueSource(strings = {"x86_64+vtx", "x86_64+vtx+mcs"})
    void aGuestIsMadeUsedAndUndone(String architecture) throws Exception {
        Machine[] booted = new Machine[1];
        ScriptSession session = session(architecture, booted);
        Fingerprint before = booted[0].memory().fingerprint();
        String[] lines = {
            "v = alloc vcpu",
            "t = alloc tcb",
            "r = alloc ept-pml4",
            "a = alloc ept-pdpt",
            "b = alloc ept-pd",
            "c = alloc ept-pt",
            "f = alloc frame",
            "s = slot",
            "bind-vcpu v to t",
            "assign-asid r",
            "set-ept-root t to r",
            "map-ept a at 0x1000 in r",
            "map-ept b at 0x1000 in r",
            "map-ept c at 0x1000 in r",
            "map-ept-page f at 0x1000 in r rights r",
            "write-vmcs v field 0x681e data 0xfff0",
            "write-guest v eax 1 ebp 7",
            "ports-get 0x60 last 0x64 -> s",
            "enable-ports v port 0x60 last 0x64 to s",
            "disable-ports v port 0x61 last 0x62",
            "unmap-ept a",
        };
        for (String line : lines) {
            done(session, line);
        }
        assertEquals("0xfff0", done(session, "read-vmcs v field 0x681e"));
        refused(session, "map-ept-page f at 0x2000 in r", KernelError.invalidCapability(0));
        refused(session, "enable-ports v port 0x60 last 0x65 to s", KernelError.invalidArgument(0));
        refused(session, "read-vmcs v field 0x6c00", KernelError.illegalOperation());
        // reading is a step, too
        for (int i = 0; i <= lines.length; i++) {
            assertNotNull(session.undo());
        }
        assertEquals(before, booted[0].memory().fingerprint());
    }
}
