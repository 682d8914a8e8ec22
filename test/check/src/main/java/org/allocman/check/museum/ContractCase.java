package org.allocman.check.museum;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.allocman.cspace.CSpace;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Kernel;

/** What an exhibit's port has a contract for, and how it is made; the contracts themselves are in the test kit. */
interface ContractCase {
    /**
     * A manager of untyped memory.
     *
     * @param givesBack whether objects can be freed
     * @param memory the untypeds
     * @param managing makes it
     */
    record OfManager(boolean givesBack, List<Place> memory, MuseumMachines.Managing managing) implements ContractCase {}

    /**
     * A friendly face.
     *
     * @param facing makes it
     */
    record OfVka(MuseumMachines.Facing facing) implements ContractCase {}

    /** Makes a CSpace on a machine. */
    interface Slotting {
        CSpace on(PlainMachine machine, Kernel kernel);
    }

    /**
     * A CSpace.
     *
     * @param slots how many there are in all
     * @param slotting makes it
     */
    record OfCSpace(long slots, Slotting slotting) implements ContractCase {}

    /**
     * A kernel.
     *
     * @param wrapper what stands before the simulated one
     */
    record OfKernel(Function<Machine, UnaryOperator<Kernel>> wrapper) implements ContractCase {}
}
