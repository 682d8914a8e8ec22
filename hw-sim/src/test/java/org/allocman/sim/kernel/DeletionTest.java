package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.TestKernel.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deleting takes constant stack and makes no garbage; what is gone leaves no trace in memory. */
class DeletionTest {
    private static final int NESTED = 2_000;
    private static final long SMALL_STACK = 128 * 1024;
    private static final int BATCH = 256;

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void cNodesNestedDeeplyNeedNoStack(Architecture architecture) throws InterruptedException {
        TestKernel on = new TestKernel(architecture);
        long outer = on.make(ObjectType.CNODE, 1);
        long current = outer;
        for (int i = 0; i < NESTED; i++) {
            long inner = on.make(ObjectType.CNODE, 1);
            ok(on.kernel.move(new CapPath(inner, i & 1, 1), new CapPath(TestKernel.ROOT, current, on.bits)));
            current = inner;
        }
        long last = current;
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(
                null,
                () -> {
                    ok(on.delete(last));
                    ok(on.kernel.revoke(TestKernel.ROOT, on.untyped, on.bits));
                },
                "small stack",
                SMALL_STACK);
        thread.setUncaughtExceptionHandler((where, what) -> failure[0] = what);
        thread.start();
        thread.join();
        assertEquals(null, failure[0]);
        assertTrue(on.slots.mdb().next(on.slot(on.untyped)) < 0);
    }

    @Test
    void aMillionDescendantsAreRevokedWithoutGarbage() {
        TestKernel on = new TestKernel(Architecture.X86_64, 256 << 20, 13);
        int radix = 20;
        long table = on.make(ObjectType.CNODE, radix);
        long parent = on.make(ObjectType.UNTYPED, 24);
        int type = on.architecture.number(ObjectType.ENDPOINT);
        for (int first = 0; first < 1 << radix; first += BATCH) {
            ok(on.kernel.retype(parent, type, 0, table, 0, 0, first, BATCH));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        KernelError error = on.kernel.revoke(TestKernel.ROOT, parent, on.bits);
        long garbage = threads.getCurrentThreadAllocatedBytes() - before;
        ok(error);
        assertTrue(garbage < 64 * 1024, garbage + " bytes of garbage");
        assertTrue(on.slots.isEmpty(on.slots.at(on.slots.object(on.slot(table)), (1 << radix) - 1)));
        assertEquals(on.slot(table), on.slots.mdb().next(on.slot(parent)));
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void whatIsGoneLeavesNoTrace(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long block = on.make(ObjectType.UNTYPED, 18);
        on.machine.memory().startJournal();
        Fingerprint before = on.machine.memory().fingerprint();
        for (int round = 0; round < 2; round++) {
            for (ObjectType type : ObjectType.values()) {
                if (architecture.has(type) && architecture.sizeBits(type, 6) < 18) {
                    long slot = on.make(block, type, 6);
                    if (type.isFrame()) {
                        on.machine.memory().words().store64(on.slots.object(on.slot(slot)), 8, 77);
                    }
                }
            }
            ok(on.kernel.revoke(TestKernel.ROOT, block, on.bits));
            assertTrue(on.slots.untyped().freeIndex(on.slot(block)) > 0, "the stale watermark stays");
            on.slots.untyped().setFreeIndex(on.slot(block), 0);
            assertEquals(before, on.machine.memory().fingerprint());
        }
    }

    @Test
    void successMakesNoGarbage() {
        TestKernel on = new TestKernel(Architecture.AARCH64);
        long endpoint = on.make(ObjectType.ENDPOINT, 0);
        long level = on.make(ObjectType.CNODE, 2);
        long to = on.free();
        long other = on.free();
        // the paths are the caller's
        CapPath atEndpoint = new CapPath(TestKernel.ROOT, endpoint, on.bits);
        CapPath atLevel = new CapPath(TestKernel.ROOT, level, on.bits);
        CapPath atTo = new CapPath(TestKernel.ROOT, to, on.bits);
        CapPath atOther = new CapPath(TestKernel.ROOT, other, on.bits);
        CapPath inLevel = new CapPath(level, 1, 2);
        CapPath besides = new CapPath(level, 2, 2);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 200; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            ok(on.kernel.retype(on.untyped, 1, 0, TestKernel.ROOT, 0, 0, to, 2));
            ok(on.delete(to + 1));
            ok(on.delete(to));
            ok(on.kernel.copy(inLevel, atEndpoint, CapRights.READ_WRITE));
            ok(on.kernel.mint(besides, atEndpoint, CapRights.ALL, 9));
            ok(on.kernel.move(atTo, inLevel));
            ok(on.kernel.mutate(atOther, atLevel, 0));
            ok(on.kernel.move(atLevel, atOther));
            ok(on.kernel.revoke(TestKernel.ROOT, endpoint, on.bits));
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }
}
