package org.allocman.manager;

import static org.allocman.vka.PageSize.PAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.lab.workload.XorShift;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.sim.memory.Walk;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.Architecture;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.wrap.ForwardingKernel;
import org.allocman.vka.wrap.NullKernel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every invocation may change what is mapped: here each moves the whole pool to other frames, where it reads the same, and
 * clears those where it was. A manager that kept a pin across an invocation would read zeros or fault.
 */
class MovingPoolTest {
    private static final int RADIX = 11;
    private static final int POOL = 32 * PAGE;
    private static final int STEPS = 600;
    private static final int LIVE = 40;

    private static final List<ObjectType> KINDS =
            List.of(ObjectType.ENDPOINT, ObjectType.TCB, ObjectType.SMALL_PAGE, ObjectType.NOTIFICATION);

    /** A pool in one of two banks of frames. */
    private static final class MovingPool {
        private final long pool;
        private final PhysicalMemory physical =
                new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, 2L * POOL - 1)));
        private long bank;
        private int moves;

        MovingPool(long pool) {
            this.pool = pool;
        }

        PagedMemory window() {
            return physical.window(vaddr -> vaddr < pool || vaddr >= pool + POOL
                    ? 0
                    : (vaddr - pool & -PAGE) + bank | Walk.READABLE | Walk.WRITABLE);
        }

        void move() {
            long other = POOL - bank;
            List<long[]> words = new ArrayList<>();
            physical.forEachWord((address, value) -> words.add(new long[] {address - bank + other, value}));
            physical.clear(bank, POOL);
            words.forEach(word -> physical.words().store64(word[0], 0, word[1]));
            bank = other;
            physical.forgetTranslations();
            moves++;
        }
    }

    private static Kernel moving(Architecture architecture, MovingPool pool) {
        return new ForwardingKernel(new NullKernel(architecture)) {
            @Override
            protected KernelError answered(InvocationKind invocation, KernelError error) {
                pool.move();
                return error;
            }
        };
    }

    private static Allocman start(PlainMachine machine, Kernel kernel, Memory memory, UntypedDesign design) {
        return Bootstrap.inCurrentCSpace(
                        kernel,
                        memory,
                        machine.bootInfo(),
                        BootstrapOptions.fixed((@VirtAddr long) machine.pool(), POOL)
                                .withManager(design))
                .getOrElseThrow(failure -> new AssertionError(failure.message()));
    }

    private static PlainMachine machine() {
        return PlainMachine.of(Architecture.X86_64, RADIX, POOL)
                .untyped(1L << 32, 22, false)
                .untyped(1L << 38, 16, true)
                .build();
    }

    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void nothingIsKeptAcrossAnInvocation(UntypedDesign design) {
        PlainMachine machine = machine();
        MovingPool pool = new MovingPool(machine.pool());
        Allocman moved = start(machine, moving(machine.kernel().architecture(), pool), pool.window(), design);
        PlainMachine other = machine();
        Allocman still = start(other, new NullKernel(other.kernel().architecture()), other.rootMemory(), design);
        XorShift random = new XorShift(7);
        long[] live = new long[LIVE];
        for (int step = 0; step < STEPS; step++) {
            int index = random.below(LIVE);
            if (live[index] != 0) {
                assertEquals(still.free(live[index]), moved.free(live[index]));
                assertTrue(moved.free(live[index]) < 0, "freed already");
                live[index] = 0;
                continue;
            }
            ObjectType type = KINDS.get(random.below(KINDS.size()));
            long paddr = (1L << 38) + ((long) random.below(16) << 12);
            boolean somewhere = random.below(4) != 0;
            long handle = somewhere ? still.allocate(type, 0, 0) : still.allocateAt(ObjectType.SMALL_PAGE, 0, paddr, 0);
            assertEquals(
                    handle,
                    somewhere ? moved.allocate(type, 0, 0) : moved.allocateAt(ObjectType.SMALL_PAGE, 0, paddr, 0),
                    "step " + step);
            live[index] = Math.max(0, handle);
        }
        still.trim();
        moved.trim();
        assertEquals(still.statistics().liveObjects(), moved.statistics().liveObjects());
        assertTrue(pool.moves > STEPS / 2, () -> pool.moves + " moves");
    }
}
