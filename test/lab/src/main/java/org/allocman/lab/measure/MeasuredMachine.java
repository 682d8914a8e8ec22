package org.allocman.lab.measure;

import static org.allocman.vka.PageSize.PAGE;

import java.util.function.UnaryOperator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.Statistics;
import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;

/**
 * A plain machine, x86_64, with a manager on it.
 *
 * @param machine the machine
 * @param allocman the manager
 */
public record MeasuredMachine(PlainMachine machine, Allocman allocman) {
    private static final int BITMAPS_BITS_PER_SLOT = 2;

    // split takes a record of 64 bytes for two blocks; what is not touched costs nothing
    private static final int POOL_BYTES_PER_OBJECT = 160;
    private static final int SLOTS_PER_OBJECT = 4;
    private static final @Bytes long LEAST_POOL = 1 << 20;

    /**
     * Starts to describe a machine with room for so many objects.
     *
     * @param objects how many at most
     * @return a builder without untypeds; they lie at 2^32 or above
     */
    public static PlainMachine.Builder roomFor(long objects) {
        int radix = Math.max(12, 65 - Long.numberOfLeadingZeros(objects * SLOTS_PER_OBJECT));
        long pool = (objects * POOL_BYTES_PER_OBJECT + (1L << radix) + LEAST_POOL) / PAGE * PAGE;
        return PlainMachine.of(Architecture.X86_64, radix, pool);
    }

    /**
     * Builds a manager with a static pool.
     *
     * @param machine the machine; nothing has been made of its untypeds
     * @param manager which untyped manager
     * @param wrapper wraps the machine's kernel
     * @return the two together
     */
    public static MeasuredMachine start(PlainMachine machine, UntypedDesign manager, UnaryOperator<Kernel> wrapper) {
        Allocman allocman = Bootstrap.inCurrentCSpace(
                        wrapper.apply(machine.kernel()),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed((@VirtAddr long) machine.pool(), machine.poolBytes())
                                .withManager(manager))
                .getOrElseThrow(failure -> new IllegalStateException(failure.message()));
        return new MeasuredMachine(machine, allocman);
    }

    /**
     * The book-keeping in use: pages of records, and two bits of the CSpace's for each slot that is not free. What does not
     * depend on the number of objects counts in both of two such figures, so their difference is what objects cost.
     *
     * @param allocman the manager
     * @return bytes
     */
    static double bookKeeping(Allocman allocman) {
        Statistics now = allocman.statistics();
        long pages = now.virtualPagesMapped() - now.virtualPagesReady() - now.staticPagesReady();
        return (double) pages * PAGE - (double) now.freeSlots() * BITMAPS_BITS_PER_SLOT / Byte.SIZE;
    }
}
