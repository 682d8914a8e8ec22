package org.allocman.xous;

import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vavr.control.Either;
import org.allocman.lab.machine.XousMachine;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.XousSystem;

/** Xous on Precursor with two processes, and what is asked of the first. */
abstract class TwoProcesses {
    static final int RW = Flags.READ | Flags.WRITE;
    static final long MESSAGES = 0x4000_0000L;
    static final long MESSAGES_BYTES = 4 << 20;

    final XousMachine machine = Precursor.start(TableForm.PROGRAMMATIC);
    final XousSystem xous = machine.system();
    final int one = right(xous.spawn());
    final int two = right(xous.spawn());

    final void assertThere(long address) {
        right(xous.touch(one, address));
    }

    final void assertNotThere(long address) {
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.touch(one, address));
    }

    final long reserve(long bytes) {
        return right(xous.mapMemory(one, 0, 0, bytes, RW)).start();
    }
}
