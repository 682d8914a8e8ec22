package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.allocman.lab.workload.XorShift;
import org.allocman.untyped.BareManager.Block;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Invocations, slots and garbage: what does not depend on the machine that runs the test. */
class UntypedCountsTest {
    private static final List<Block> ONE = List.of(new Block(0x1000_0000, 28, MemoryKind.KERNEL));

    private static long invocations(BareManager bare, Runnable action) {
        long before = bare.counting.total();
        action.run();
        return bare.counting.total() - before;
    }

    @ParameterizedTest
    @CsvSource({"SPLIT, 17, 1", "COMPATIBLE, 33, 1"})
    void aFrameFromOneLargeBlock(Kind kind, int retypes, int revokes) {
        BareManager bare = new BareManager(kind, ONE, 12, 20);
        long free = bare.cspace.freeSlots();
        long[] handle = new long[1];
        assertEquals(retypes, invocations(bare, () -> handle[0] = bare.allocate(ObjectType.SMALL_PAGE, 0)));
        assertEquals(free - 33, bare.cspace.freeSlots(), "two slots for each of 16 halvings, one for the object");
        assertEquals(revokes, invocations(bare, () -> assertEquals(0, bare.manager.free(handle[0]))));
        assertEquals(free, bare.cspace.freeSlots());
        assertTrue(bare.isWhole());
    }

    @Test
    void twinkleMakesOneRetypeAnObject() {
        BareManager bare = new BareManager(Kind.TWINKLE, ONE, 12, 20);
        for (int i = 0; i < 100; i++) {
            assertEquals(1, invocations(bare, () -> bare.allocate(ObjectType.SMALL_PAGE, 0)));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ARENA", "SPLIT", "COMPATIBLE"})
    void churnMakesNoGarbage(Kind kind) {
        BareManager bare = new BareManager(kind, ONE, 14, 400);
        XorShift random = new XorShift(9);
        long[] handles = new long[1000];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = bare.untyped(4 + random.below(9));
        }
        // a page of the simulated memory that is touched for the first time is no garbage, so the best turn counts
        long garbage = Long.MAX_VALUE;
        for (int turn = 0; turn < 12; turn++) {
            long before = allocatedBytes();
            for (int i = 0; i < 5000; i++) {
                churn(bare, random, handles);
            }
            garbage = Math.min(garbage, allocatedBytes() - before);
        }
        assertTrue(garbage < 1024, "bytes of garbage in 5,000 steps: " + garbage);
    }

    private static void churn(BareManager bare, XorShift random, long[] handles) {
        int index = random.below(handles.length);
        if (handles[index] > 0 && bare.manager.free(handles[index]) != 0) {
            throw new AssertionError("not freed");
        }
        handles[index] = bare.untyped(4 + random.below(9));
        if (handles[index] <= 0) {
            throw new AssertionError("refusal " + handles[index] + ", " + Refusal.isKernel(handles[index]));
        }
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
