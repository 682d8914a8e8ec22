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

/** Commands for virtual CPUs of a hypervisor. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class VcpuScriptTest {
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
    @ValueSource(strings = {"aarch64+hyp", "aarch32+hyp+mcs"})
    void aGuestsCpuIsMadeBoundUsedAndUndone(String architecture) throws Exception {
        Machine[] booted = new Machine[1];
        ScriptSession session = session(architecture, booted);
        Fingerprint before = booted[0].memory().fingerprint();
        done(session, "v = alloc vcpu");
        done(session, "t = alloc tcb");
        done(session, "bind-vcpu v to t");
        done(session, "inject-irq v line 33 priority 5 list 2");
        refused(session, "inject-irq v line 1024", KernelError.rangeError(0, 1023));
        done(session, "write-vcpu v register 3 data 0x1234");
        assertEquals("0x1234", done(session, "read-vcpu v register 3"));
        done(session, "ack-vppi v line 27");
        refused(session, "ack-vppi v line 26", KernelError.invalidArgument(0));
        refused(session, "bind-vcpu t to v", KernelError.illegalOperation());
        for (int i = 0; i < 7; i++) {
            assertNotNull(session.undo());
        }
        assertEquals(before, booted[0].memory().fingerprint());
    }
}
