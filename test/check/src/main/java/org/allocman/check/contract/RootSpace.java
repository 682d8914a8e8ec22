package org.allocman.check.contract;

import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Memory;
import org.allocman.wire.RemoteMachine;

/**
 * The root task's address space.
 *
 * @param memory loads and stores by virtual address
 * @param free an address from which on nothing is mapped, a multiple of what the lowest paging structure covers
 * @param poolBase where a manager's static pool can be: memory that is mapped and all zero
 * @param poolBytes how large that is; 0 if there is none
 */
public record RootSpace(
        Memory memory,
        @VirtAddr long free,
        @VirtAddr long poolBase,
        @Bytes long poolBytes) {
    /**
     * That of a simulated machine.
     *
     * @param machine the machine
     * @return its root task's address space, with the machine's static pool
     */
    public static RootSpace of(Machine machine) {
        return new RootSpace(
                machine.rootMemory(), machine.freeVirtualBase(), machine.staticPoolBase(), machine.staticPoolBytes());
    }

    /**
     * That of a machine on the other end of a wire.
     *
     * @param machine the machine
     * @return its root task's address space, as far as it is told
     */
    public static RootSpace of(RemoteMachine machine) {
        return new RootSpace(machine.memory(), machine.freeBase(), machine.poolBase(), machine.poolBytes());
    }
}
