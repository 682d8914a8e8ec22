package org.allocman.sim.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.LeftOut;
import org.allocman.sim.board.Mirror;
import org.allocman.sim.board.Region;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MachineTest {
    static Board board(Architecture architecture, long start, long size) {
        return new Board("test", architecture, List.of(new Region("memory", Region.Kind.RAM, start, size)), List.of());
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void theRootTaskSeesItsImageAndNothingElse(Architecture architecture) throws Exception {
        Board board = board(architecture, 0x2000_0000L, 1 << 20);
        Machine machine = Machine.boot(board, BootConfig.defaults(board).withStaticPool(10_000));
        long base = machine.staticPoolBase();
        machine.rootMemory().store64(base, 0, 42);
        machine.rootMemory().store64(base + 9_992, 0, 43);
        assertEquals(42, machine.rootMemory().load64(base, 0));
        long end = base + 16 * 1024;
        BootInfo info = machine.bootInfo();
        assertEquals(info.ipcBuffer(), machine.rootMemory().load64(info.ipcBuffer(), 0) + info.ipcBuffer());
        if (architecture.hasPaging()) {
            assertEquals(
                    MemoryFault.Reason.UNMAPPED,
                    assertThrows(MemoryFault.class, () -> machine.rootMemory().load64(machine.freeVirtualBase(), 0))
                            .reason());
        } else {
            assertThrows(MemoryFault.class, () -> machine.rootMemory().load64(end + 65536, 0));
        }
        assertTrue(info.untyped().size() > 0);
        assertEquals(info.untyped().end(), info.empty().start());
    }

    @Test
    void aTebibyteCostsWhatIsTouched() throws Exception {
        Board board = board(Architecture.AARCH64, 0, 1L << 40);
        Machine machine = Machine.boot(board, BootConfig.defaults(board));
        assertTrue(machine.memory().touchedPages() < 100);
        long bytes = machine.bootInfo().untypeds().stream()
                .filter(untyped -> !untyped.device())
                .mapToLong(untyped -> 1L << untyped.sizeBits())
                .sum();
        long window = 511L << 30;
        assertTrue(bytes <= window && bytes > window - (16 << 20));
        assertEquals(
                new LeftOut(LeftOut.Reason.BEYOND_WINDOW, 1, (1L << 40) - window),
                machine.leftOut().get(0));
        assertEquals(
                (1L << 40) - window,
                machine.bootInfo().untypeds().stream()
                        .filter(Untyped::device)
                        .mapToLong(untyped -> 1L << untyped.sizeBits())
                        .sum());
    }

    @Test
    void aBoardThatIsTooSmallSaysWhatIsMissing() {
        Board board = board(Architecture.RISCV64, 0x9000_0000L, 64 * 1024);
        BootConfig config = BootConfig.defaults(board).withKernel(64 * 1024, 0);
        BootFailure failure = assertThrows(BootFailure.class, () -> Machine.boot(board, config));
        assertEquals(12 * 1024, failure.missingBytes());
    }

    @Test
    void memoryThatAnswersTwiceIsHandedOutOnce() throws Exception {
        Board board = new Board(
                "mirrored",
                Architecture.AARCH64,
                List.of(new Region("memory", Region.Kind.RAM, 0x4000_0000L, 1 << 20)),
                List.of(new Mirror(0x8000_0000L, 0x4000_0000L, 1 << 20)));
        Machine machine = Machine.boot(board, BootConfig.defaults(board));
        for (Untyped untyped : machine.bootInfo().untypeds()) {
            assertTrue(untyped.last() < 0x8000_0000L || untyped.paddr() >= 0x8010_0000L, untyped::toString);
        }
        machine.memory().words().store64(0x8008_0000L, 0, 7);
        assertEquals(7, machine.memory().words().load64(0x4008_0000L, 0));
    }
}
