package org.allocman.testkit.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.StaticPoolPlan;
import org.allocman.manager.Allocman;
import org.allocman.manager.ManagerKind;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFile;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.Machine;
import org.allocman.testkit.workload.XorShift;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All frames of an untyped of 2^28 bytes, book-keeping in the virtual pool; freed in three orders; then 2^28 in one piece. */
class WholeAgainTest {
    private static final int FRAMES = 1 << 16;
    private static final int CNODE_BITS = 18;
    private static final long WINDOW = 64L << 20;

    private enum Order {
        SAME,
        REVERSE,
        RANDOM
    }

    @ParameterizedTest
    @CsvSource({"ARENA, SAME", "ARENA, REVERSE", "ARENA, RANDOM", "SPLIT, RANDOM"})
    void twoToThe28(ManagerKind kind, Order order) throws Exception {
        Allocman allocman = start(kind);
        long[] frames = new long[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = allocman.allocate(ObjectType.SMALL_PAGE, 0, 0);
            assertTrue(frames[i] > 0, "frame " + i);
        }
        assertTrue(allocman.statistics().virtualPagesMapped() > 40, "the books are in the virtual pool");
        assertTrue(
                allocman.allocate(ObjectType.UNTYPED, 28, 0) < 0,
                "the frames are of the only untyped that is so large");
        if (order == Order.RANDOM) {
            shuffle(frames);
        }
        for (int i = 0; i < FRAMES; i++) {
            assertEquals(0, allocman.free(frames[order == Order.REVERSE ? FRAMES - 1 - i : i]));
        }
        allocman.trim();
        assertEquals(0, allocman.statistics().virtualPagesMapped());
        assertTrue(allocman.allocate(ObjectType.UNTYPED, 28, 0) > 0, "2^28 bytes are whole again");
    }

    private static void shuffle(long[] frames) {
        XorShift random = new XorShift(0x9E3779B97F4A7C15L);
        for (int i = FRAMES - 1; i > 0; i--) {
            int j = random.below(i + 1);
            long other = frames[j];
            frames[j] = frames[i];
            frames[i] = other;
        }
    }

    /** A machine whose largest untyped has 2^28 bytes, and hardly anything else, so that frames must come from it. */
    private static Allocman start(ManagerKind kind) throws Exception {
        Board board = BoardFile.read("large", """
                name: large
                architecture: x86_64
                regions:
                  - {name: memory, kind: ram, start: 0x100000, size: 15MiB}
                  - {name: more, kind: ram, start: 0x1f000000, size: 288MiB}
                """.getBytes(StandardCharsets.UTF_8), null);
        BootConfig config = BootConfig.defaults(board).withRootCNodeBits(CNODE_BITS);
        long bytes = 4096;
        Machine machine = Machine.boot(board, config.withStaticPool(bytes));
        for (long needed = plan(machine, kind).bytes();
                needed > bytes;
                needed = plan(machine, kind).bytes()) {
            bytes = needed;
            machine = Machine.boot(board, config.withStaticPool(bytes));
        }
        Allocman allocman = Bootstrap.inCurrentCSpace(
                        machine.kernel(), machine.rootMemory(), machine.bootInfo(), options(machine, kind))
                .getOrElseThrow(failure -> new AssertionError(failure.message()));
        int largest = machine.bootInfo().untypeds().stream()
                .filter(untyped -> !untyped.device())
                .max(Comparator.comparingInt(Untyped::sizeBits))
                .orElseThrow()
                .sizeBits();
        assertEquals(28, largest);
        return allocman;
    }

    private static StaticPoolPlan plan(Machine machine, ManagerKind kind) {
        return StaticPoolPlan.of(machine.bootInfo(), options(machine, kind));
    }

    private static BootstrapOptions options(Machine machine, ManagerKind kind) {
        return BootstrapOptions.fixed(machine.staticPoolBase(), machine.staticPoolBytes())
                .withManager(kind)
                .withVirtualPool(machine.freeVirtualBase(), WINDOW);
    }
}
