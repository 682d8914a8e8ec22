package org.allocman.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands for what a PC has, I/O ports and interrupts of pins and messages, and for domains. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PortScriptTest {
    private Machine machine;
    private ScriptSession session;

    @BeforeEach
    void boot() throws Exception {
        Board tiny = Boards.byName("tiny");
        assertNotNull(tiny);
        Board board = new Board(tiny.name(), Architecture.X86_64, tiny.regions(), tiny.mirrors());
        machine = ManagedMachine.boot(board, ManagedMachine.Pools.DEFAULT);
        session = Machines.managed(machine, ManagedMachine.Pools.DEFAULT);
    }

    private String done(String line) {
        LineOutcome outcome = session.execute(line);
        assertTrue(outcome.isDone(), line + ": " + outcome.message());
        return outcome.message();
    }

    private void refused(String line, KernelError error) {
        LineOutcome outcome = session.execute(line);
        assertEquals(LineOutcome.Kind.REFUSED, outcome.kind(), line + ": " + outcome.message());
        assertEquals(error, outcome.kernelError(), line);
    }

    @Test
    void portsAreIssuedReadWrittenAndUndone() {
        done("s = slot");
        Fingerprint before = machine.memory().fingerprint();
        assertTrue(done("ports-get 0x3f8 last 0x3ff -> s").contains("I/O ports, 0x3f8 to 0x3ff"));
        refused("ports-get 0x3ff last 0x400 -> s+1", KernelError.revokeFirst());
        assertEquals("0xff", done("port-in s port 0x3f8"));
        assertEquals("0xffffffff", done("port-in s port 0x3fc width 32"));
        refused("port-in s port 0x3ff width 16", KernelError.illegalOperation());
        assertTrue(done("port-out s port 0x3fe data 0x1234 width 16").contains("no device"));
        LineOutcome mistake = session.execute("port-in s port 0x3f8 width 24");
        assertEquals(LineOutcome.Kind.MISTAKE, mistake.kind());
        assertEquals("an access to a port moves 8, 16 or 32 bits, not 24", mistake.message());
        for (int i = 0; i < 4; i++) {
            assertNotNull(session.undo());
        }
        assertEquals(before, machine.memory().fingerprint());
    }

    @Test
    void pinsAndMessagesHaveHandlers() {
        List.of("n = alloc notification", "h = slot", "m = slot").forEach(this::done);
        assertTrue(done("pin-get 3 pin 4 -> h level active-low").contains("IRQ handler, interrupt 19"));
        refused("msi-get 3 bus 0 device 1 function 2 -> m", KernelError.revokeFirst());
        refused("pin-get 4 pin 24 -> m", KernelError.rangeError(0, 23));
        refused("pin-get 4 pin 2 -> m io-apic 1", KernelError.rangeError(0, 0));
        done("msi-get 4 bus 0 device 1 function 2 -> m handle 7");
        done("set-notification m to n");
        done("ack h");
    }

    @Test
    void aThreadHasADomain() {
        done("t = alloc tcb");
        done("set-domain t number 0");
        refused("set-domain t number 1", KernelError.invalidArgument(0));
        done("schedule-domain 0 number 0 duration 100");
        refused("schedule-domain 1 number 0 duration 100", KernelError.rangeError(0, 0));
        done("start-domains 0");
        refused("start-domains 1", KernelError.invalidArgument(0));
    }
}
