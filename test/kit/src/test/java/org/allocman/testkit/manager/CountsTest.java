package org.allocman.testkit.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.manager.Allocman;
import org.allocman.testkit.kernel.CountingKernel;
import org.allocman.testkit.kernel.InvocationKind;
import org.allocman.testkit.machine.PlainMachine;
import org.allocman.testkit.workload.XorShift;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/** What does not depend on the machine that runs the test: invocations, slots, bytes, garbage. */
class CountsTest {
    private static final ObjectType[] KINDS = {
        ObjectType.ENDPOINT, ObjectType.CNODE, ObjectType.TCB, ObjectType.SMALL_PAGE
    };

    private static Allocman boot(PlainMachine machine, CountingKernel kernel) {
        return Bootstrap.inCurrentCSpace(
                        kernel,
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .getOrElseThrow(failure -> new AssertionError(failure.toString()));
    }

    @Test
    void fillingWithFramesAndDraining() {
        PlainMachine machine = PlainMachine.of(Architecture.X86_64, 18, 1 << 21)
                .untyped(1L << 28, 28, false)
                .build();
        CountingKernel kernel = new CountingKernel(machine.kernel());
        Allocman allocman = boot(machine, kernel);
        long slotsBefore = allocman.cspace().freeSlots();
        long pagesBefore = allocman.statistics().staticPagesReady();
        long before = kernel.count(InvocationKind.RETYPE);
        int frames = 1 << 16;
        long[] handles = new long[frames];
        for (int i = 0; i < frames; i++) {
            handles[i] = allocman.allocate(ObjectType.SMALL_PAGE, 0, 0);
            assertTrue(handles[i] > 0);
        }
        double retypes = (double) (kernel.count(InvocationKind.RETYPE) - before) / frames;
        double slots = (double) (slotsBefore - allocman.cspace().freeSlots()) / frames;
        double bytes = (pagesBefore - allocman.statistics().staticPagesReady()) * 4096.0 / frames;
        assertTrue(retypes <= 1.05, "retypes per frame " + retypes);
        assertTrue(slots <= 2.05, "slots per frame " + slots);
        assertTrue(bytes <= 4, "bytes per frame " + bytes);
        for (int i = 0; i < frames; i++) {
            assertEquals(0, allocman.free(handles[i]));
        }
        allocman.trim();
        assertTrue(allocman.allocate(ObjectType.UNTYPED, 28, 0) > 0, "2^28 bytes are whole again");
    }

    @Test
    void churn() {
        PlainMachine machine = PlainMachine.of(Architecture.X86_64, 18, 1 << 22)
                .untyped(1L << 32, 32, false)
                .build();
        CountingKernel kernel = new CountingKernel(machine.kernel());
        Allocman allocman = boot(machine, kernel);
        XorShift random = new XorShift(0x853C49E6748FEA9BL);
        int n = 100_000;
        long[] handles = new long[n];
        for (int i = 0; i < n; i++) {
            handles[i] = make(allocman, random.next());
        }
        for (int i = 0; i < 2 * n; i++) {
            step(allocman, random, handles);
        }
        long retypes = kernel.count(InvocationKind.RETYPE);
        long revokes = kernel.count(InvocationKind.REVOKE);
        int steps = 200_000;
        // a page of the simulated memory that is touched for the first time is no garbage, so the best of several turns
        // counts
        long garbage = Long.MAX_VALUE;
        for (int turn = 0; turn < 8; turn++) {
            long before = allocatedBytes();
            for (int i = 0; i < steps / 8; i++) {
                step(allocman, random, handles);
            }
            garbage = Math.min(garbage, allocatedBytes() - before);
        }
        double retypesPerStep = (double) (kernel.count(InvocationKind.RETYPE) - retypes) / steps;
        double revokesPerStep = (double) (kernel.count(InvocationKind.REVOKE) - revokes) / steps;
        double bytes = (machine.poolBytes() / 4096 - allocman.statistics().staticPagesReady()) * 4096.0 / n;
        assertTrue(retypesPerStep <= 1.01, "retypes per allocation " + retypesPerStep);
        assertTrue(revokesPerStep <= 1.01, "revokes per free " + revokesPerStep);
        assertTrue(bytes <= 8, "bytes per object " + bytes);
        assertTrue(garbage < 1024, "bytes of garbage in " + steps / 8 + " steps: " + garbage);
    }

    private static void step(Allocman allocman, XorShift random, long[] handles) {
        int index = random.below(handles.length);
        long kind = random.next();
        assertEquals(0, allocman.free(handles[index]));
        handles[index] = make(allocman, kind);
    }

    private static long make(Allocman allocman, long draw) {
        long handle = allocman.allocate(KINDS[(int) (draw >>> 62)], 4, 0);
        assertTrue(handle > 0);
        return handle;
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
