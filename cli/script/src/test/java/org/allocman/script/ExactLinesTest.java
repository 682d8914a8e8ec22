package org.allocman.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.KernelError;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Test;

/** The commands for programs: one invocation each, memory, an allocator by handles; and a session that forgets. */
class ExactLinesTest {
    private final Machine machine = Machines.boot("tiny");
    private final ScriptSession session = Machines.managed(machine, ManagedMachine.Pools.DEFAULT);

    private LineOutcome done(String line) {
        LineOutcome outcome = session.execute(line);
        assertTrue(outcome.isDone(), line + ": " + outcome.message());
        return outcome;
    }

    private static long number(LineOutcome outcome) {
        return assertInstanceOf(Binding.Number.class, outcome.result()).number();
    }

    @Test
    void eachInvocationIsAskedForByItself() {
        done("f = alloc frame 12");
        assertEquals(
                KernelError.Code.ILLEGAL_OPERATION,
                assertNotNull2(session.execute("unmap-table f").kernelError()).code(),
                "a frame is no table");
        done("unmap-page f");
        assertTrue(session.execute("cache-page f operation polish start 0 end 8")
                .message()
                .contains("'clean'"));
        done("t = alloc tcb");
        done(
                "configure-tcb t cspace root-cnode vspace root-vspace cspace-data 0 vspace-data 0 buffer 0 buffer-frame 0");
    }

    private static <T> T assertNotNull2(T value) {
        assertNotNull(value);
        return value;
    }

    @Test
    void memoryIsLoadedAndStoredAndUndone() {
        String pool = "0x" + Long.toHexString(machine.staticPoolBase() + machine.staticPoolBytes() - 8);
        long before = number(done("load64 " + pool));
        done("store64 " + pool + " value 0x1122334455667788");
        assertEquals(0x55667788L, number(done("load32 " + pool)));
        done("store32 " + pool + " value 0xffffffff");
        assertEquals(0x11223344ffffffffL, number(done("load64 " + pool)));
        assertFalse(session.execute("store32 " + pool + " value 0x100000000").isDone());
        done("zero " + pool + " bytes 8");
        assertEquals(0, number(done("load64 " + pool)));
        while (!session.history().isEmpty()) {
            session.undo();
        }
        assertEquals(before, number(done("load64 " + pool)));
        MemoryFault fault = session.execute("load64 0x3").fault();
        assertEquals(MemoryFault.Reason.MISALIGNED, assertNotNull2(fault).reason());
        assertEquals(0x8, assertNotNull2(session.execute("load64 8").fault()).address());
    }

    @Test
    void anAllocatorIsAskedByHandles() {
        Fingerprint before = machine.memory().fingerprint();
        VkaObject object = assertInstanceOf(
                        Binding.Allocated.class, done("vka-alloc tcb size 0").result())
                .object();
        String handle = "tcb size " + object.sizeBits() + " slot " + object.cptr() + " handle 0x"
                + Long.toHexString(object.handle());
        assertTrue(number(done("vka-address " + handle)) > 0);
        assertTrue(session.ownNames().isEmpty(), "nothing gets a name");
        done("vka-free " + handle);
        assertEquals(
                VkaError.Reason.STALE_HANDLE,
                assertNotNull2(session.execute("vka-free " + handle).vkaError()).reason());
        assertEquals(
                VkaError.Reason.ILLEGAL_SIZE,
                assertNotNull2(session.execute("vka-alloc untyped size 0xffffffffffffffff")
                                .vkaError())
                        .reason());
        assertTrue(session.rewind(0));
        assertEquals(before, machine.memory().fingerprint());
    }

    @Test
    void aSessionForgetsWhatIsTooOldAndGoesOn() {
        for (int i = 0; i < 20; i++) {
            done("s" + i + " = slot");
        }
        long mark = session.mark();
        assertEquals(20, mark);
        session.forget(5, Integer.MAX_VALUE);
        assertEquals(20, session.mark(), "what is forgotten still counts");
        assertFalse(session.rewind(14));
        assertTrue(session.rewind(16));
        assertEquals(16, session.mark());
        session.forget(100, 0);
        assertTrue(session.history().isEmpty(), "the journal begins anew");
        done("free s0");
        assertTrue(session.rewind(16));
        assertFalse(session.rewind(15));
    }
}
