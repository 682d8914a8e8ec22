package org.allocman.xous;

import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.allocman.lab.machine.XousMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFile;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.MemoryRange;
import org.junit.jupiter.api.Test;

/** LiteX shows its peripherals at 0x70000000 and again at 0xe0000000; nobody gets to share memory through that. */
class MirrorTest {
    private static final long PERIPHERALS = 0x7000_0000L;
    private static final long MIRROR = 0xe000_0000L;
    private static final int RW = Flags.READ | Flags.WRITE;
    private static final String LITEX = """
            name: litex
            architecture: riscv32
            regions:
              - {name: main_ram, kind: ram, start: 0x40000000, size: 16MiB}
              - {name: peripherals, kind: device, start: 0x70000000, size: 64KiB}
            mirrors:
              - {start: 0xe0000000, original: 0x70000000, size: 64KiB}
            """;

    private static Board board() {
        try {
            return BoardFile.read("litex", LITEX.getBytes(StandardCharsets.US_ASCII), null);
        } catch (BoardFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void twoProcessesCannotShareMemoryThroughAMirror() {
        XousMachine machine = Precursor.start(board(), TableForm.ARRAY, kernel -> kernel);
        int one = right(machine.system().spawn());
        int two = right(machine.system().spawn());
        MemoryRange uart = right(machine.system().mapMemory(one, PERIPHERALS, 0, 4096, RW));
        machine.memoryOf(one).store32(uart.start(), 0, 42);
        assertEquals(42, machine.managed().machine().memory().words().load32(MIRROR, 0), "the board does mirror");
        assertEquals(Either.left(XousError.BAD_ADDRESS), machine.system().mapMemory(two, MIRROR, 0, 4096, RW));
        assertEquals(Either.left(XousError.MEMORY_IN_USE), machine.system().mapMemory(two, PERIPHERALS, 0, 4096, RW));
        for (long page = 0; page < machine.system().allocations().whitelist().pages(); page++) {
            assertTrue(machine.system().allocations().whitelist().address(page) < MIRROR);
        }
    }

    @Test
    void aWhitelistWithAMirrorIsRefused() {
        List<NamedRange> ranges = new ArrayList<>(XousMachine.ranges(board()));
        ranges.add(new NamedRange("Alia", MIRROR + 4096, 4096));
        ArgumentsException wrong = assertThrows(ArgumentsException.class, () -> XousMachine.whitelist(board(), ranges));
        assertTrue(wrong.text().contains("is the memory at 0x70000000 seen a second time"), wrong.text());
        ranges.set(1, ranges.remove(2));
        assertThrows(ArgumentsException.class, () -> XousMachine.whitelist(board(), ranges), "even alone");
    }
}
