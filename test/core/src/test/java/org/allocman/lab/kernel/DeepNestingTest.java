package org.allocman.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/** Deleting and revoking take a constant stack and make no garbage, however much there is to delete. */
class DeepNestingTest {
    private static final long ROOT = BootSlots.CNODE;
    private static final long UNTYPED = 16;
    private static final int FIRST = 32;
    private static final int BATCH = 256;
    private static final int SMALL_STACK = 192 * 1024;

    @Test
    void aMillionDescendantsAreRevoked() throws Exception {
        Kernel kernel = PlainMachine.of(Architecture.X86_64, 20, 4096)
                .untyped(1L << 30, 26, false)
                .build()
                .kernel();
        int endpoint = kernel.architecture().number(ObjectType.ENDPOINT);
        int count = (1 << 20) - 2 * BATCH;
        onASmallStack(() -> {
            long garbage = Long.MAX_VALUE;
            for (int round = 0; round < 2; round++) {
                for (int made = 0; made < count; made += BATCH) {
                    good(kernel.retype(UNTYPED, endpoint, 0, ROOT, 0, 0, FIRST + made, BATCH));
                }
                long before = allocatedBytes();
                good(kernel.revoke(ROOT, UNTYPED, 64));
                garbage = Math.min(garbage, allocatedBytes() - before);
            }
            assertTrue(garbage < 4096, "bytes of garbage: " + garbage);
            // a childless untyped can be retyped as a whole
            good(kernel.retype(UNTYPED, 0, 26, ROOT, 0, 0, FIRST, 1));
        });
    }

    @Test
    void cnodesInCNodesAreDeletedHoweverDeepTheyNest() throws Exception {
        Kernel kernel = PlainMachine.of(Architecture.AARCH64, 8, 4096)
                .untyped(1L << 30, 26, false)
                .build()
                .kernel();
        int cnode = kernel.architecture().number(ObjectType.CNODE);
        onASmallStack(() -> {
            long inner = FIRST;
            for (int depth = 0; depth < 100_000; depth++) {
                long outer = inner == FIRST ? FIRST + 1 : FIRST;
                good(kernel.retype(UNTYPED, cnode, 1, ROOT, 0, 0, outer, 1));
                if (depth > 0) {
                    good(kernel.move(new CapPath(outer, 1, 1), new CapPath(ROOT, inner, 64)));
                }
                inner = outer;
            }
            good(kernel.delete(ROOT, inner, 64));
            good(kernel.revoke(ROOT, UNTYPED, 64));
            good(kernel.retype(UNTYPED, 0, 26, ROOT, 0, 0, FIRST, 1));
        });
    }

    private static void good(KernelError error) {
        assertEquals(KernelError.NO_ERROR, error);
    }

    private static void onASmallStack(Runnable work) throws InterruptedException {
        AtomicReference<Throwable> wrong = new AtomicReference<>();
        Thread thread = new Thread(null, work, "small stack", SMALL_STACK);
        thread.setUncaughtExceptionHandler((who, what) -> wrong.set(what));
        thread.start();
        thread.join();
        if (wrong.get() != null) {
            throw new AssertionError(wrong.get());
        }
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
