package org.allocman.testkit.measure;

import org.allocman.manager.ManagerKind;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.testkit.machine.PlainMachine;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;

/** B6: a manager is built on a machine of many untypeds. */
public final class BootstrapWork {
    private static final @PhysAddr long FIRST = 1L << 32;
    private static final long APART = 0x2_0000;
    private static final int UNTYPED_BITS = 16;
    private static final int RADIX = 12;
    private static final @Bytes long POOL = 1 << 20;

    private final PlainMachine machine;
    private final ManagerKind manager;

    /**
     * Makes the machine.
     *
     * @param untypeds how many untypeds, of 64 KiB each
     * @param manager which untyped manager
     */
    public BootstrapWork(int untypeds, ManagerKind manager) {
        PlainMachine.Builder builder = PlainMachine.of(Architecture.X86_64, RADIX, POOL);
        for (int i = 0; i < untypeds; i++) {
            builder.untyped(FIRST + i * APART, UNTYPED_BITS, false);
        }
        this.machine = builder.build();
        this.manager = manager;
    }

    /**
     * The machine.
     *
     * @return the machine
     */
    public PlainMachine machine() {
        return machine;
    }

    /**
     * Builds the manager in the CSpace that is there already.
     *
     * @param kernel the machine's kernel, or one that stands before it
     */
    public void inPlace(Kernel kernel) {
        MeasuredMachine.start(machine, manager, itself -> kernel);
    }

    /** Forgets the manager, so that another can be built: its pool is all it has. */
    public void forget() {
        machine.rootMemory().clear(machine.pool(), machine.poolBytes());
    }
}
