package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.BootstrapPlan;
import org.allocman.lab.workload.XorShift;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFile;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All frames of an untyped of 2^28 bytes, book-keeping in the virtual pool; freed in three orders; then 2^28 in one piece. */
class WholeAgainTest {
    private static final int FRAMES = 1 << 16;
    private static final int CNODE_BITS = 18;
    private static final long WINDOW = 64L << 20;
    private static final String JUST_ONE = """
                name: large
                architecture: x86_64
                regions:
                  - {name: memory, kind: ram, start: 0x100000, size: 15MiB}
                  - {name: more, kind: ram, start: 0x1f000000, size: 288MiB}
                """;
    private static final String LARGER = """
                name: larger
                architecture: x86_64
                regions:
                  - {name: memory, kind: ram, start: 0, size: 576MiB}
                """;

    private enum Order {
        SAME,
        REVERSE,
        RANDOM
    }

    @ParameterizedTest
    @CsvSource({"ARENA, SAME", "ARENA, REVERSE", "ARENA, RANDOM", "SPLIT, RANDOM"})
    void twoToThe28(@NamedDesign UntypedDesign kind, Order order) throws Exception {
        // hardly anything but the largest untyped, so that frames must come from it
        Allocman allocman = start(JUST_ONE, CNODE_BITS, kind);
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
            shuffle(frames, FRAMES);
        }
        for (int i = 0; i < FRAMES; i++) {
            assertEquals(0, allocman.free(frames[order == Order.REVERSE ? FRAMES - 1 - i : i]));
        }
        allocman.trim();
        assertEquals(0, allocman.statistics().virtualPagesMapped());
        assertTrue(allocman.allocate(ObjectType.UNTYPED, 28, 0) > 0, "2^28 bytes are whole again");
    }

    /** Bitmaps in the range of several page tables, which come from wherever there was something left. */
    @Test
    void pagesOfSeveralPageTables() throws Exception {
        Allocman allocman = start(LARGER, CNODE_BITS + 2, UntypedDesigns.SPLIT);
        long[] frames = new long[1 << 18];
        int count = 0;
        for (long frame = allocman.allocate(ObjectType.SMALL_PAGE, 0, 0);
                frame > 0;
                frame = allocman.allocate(ObjectType.SMALL_PAGE, 0, 0)) {
            frames[count] = frame;
            count++;
        }
        assertTrue(allocman.statistics().pagingStructures() > 4, "the books need more than one page table");
        shuffle(frames, count);
        for (int i = 0; i < count; i++) {
            assertEquals(0, allocman.free(frames[i]));
        }
        allocman.trim();
        assertEquals(0, allocman.statistics().virtualPagesMapped());
        assertEquals(0, allocman.statistics().pagingStructures());
        assertTrue(allocman.allocate(ObjectType.UNTYPED, 28, 0) > 0, "2^28 bytes are whole again");
    }

    private static void shuffle(long[] frames, int count) {
        XorShift random = new XorShift(0x9E3779B97F4A7C15L);
        for (int i = count - 1; i > 0; i--) {
            int j = random.below(i + 1);
            long other = frames[j];
            frames[j] = frames[i];
            frames[i] = other;
        }
    }

    private static Allocman start(String description, int cnodeBits, UntypedDesign kind) throws Exception {
        Board board = BoardFile.read("large", description.getBytes(StandardCharsets.UTF_8), null);
        BootConfig config = BootConfig.defaults(board).withRootCNodeBits(cnodeBits);
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

    private static BootstrapPlan plan(Machine machine, UntypedDesign kind) {
        return BootstrapPlan.of(machine.bootInfo(), options(machine, kind));
    }

    private static BootstrapOptions options(Machine machine, UntypedDesign kind) {
        return BootstrapOptions.fixed(machine.staticPoolBase(), machine.staticPoolBytes())
                .withManager(kind)
                .withVirtualPool(machine.freeVirtualBase(), WINDOW);
    }
}
