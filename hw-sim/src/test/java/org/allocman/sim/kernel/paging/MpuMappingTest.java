package org.allocman.sim.kernel.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/** Mappings of the MPU profile: a frame stays where it is, and a region is all there is to it. */
class MpuMappingTest extends MappingRig {
    @Test
    void anMpuHasEightRegionsAndFramesStayWhereTheyAre() throws Exception {
        boot(Architecture.MPU);
        long[] frames = new long[6];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = make(ObjectType.SMALL_PAGE);
            long own = machine.kernel().pageGetAddress(frames[i]).get();
            assertEquals(KernelError.alignmentError(), map(frames[i], own + 32));
            assertEquals(KernelError.invalidArgument(0), map(frames[i], own + 1024));
            // three regions are the root task's image, boot info and IPC buffer
            assertEquals(i < 5 ? KernelError.NO_ERROR : KernelError.deleteFirst(), map(frames[i], own));
        }
        long first = machine.kernel().pageGetAddress(frames[0]).get();
        machine.rootMemory().store64(first + 1016, 0, 9);
        assertEquals(KernelError.NO_ERROR, machine.kernel().pageUnmap(frames[0]));
        assertFault(first);
        assertEquals(
                KernelError.NO_ERROR,
                map(frames[5], machine.kernel().pageGetAddress(frames[5]).get()));
        assertEquals(KernelError.deleteFirst(), map(frames[0], first));
        assertEquals(KernelError.NO_ERROR, machine.kernel().delete(BootSlots.CNODE, frames[1], 32));
        assertEquals(KernelError.NO_ERROR, map(frames[0], first));
    }

    @Test
    void anMpuHasAsManyAddressSpacesAsItsTable() throws Exception {
        boot(Architecture.MPU);
        long frame = make(ObjectType.SMALL_PAGE);
        long own = machine.kernel().pageGetAddress(frame).get();
        long last = 0;
        for (int number = 2; number < MpuSpaceTable.COUNT; number++) {
            last = make(ObjectType.VSPACE);
        }
        long tooMany = make(ObjectType.VSPACE);
        CapRights all = CapRights.ALL;
        assertEquals(KernelError.invalidCapability(1), machine.kernel().pageMap(frame, tooMany, own, all, 0));
        assertEquals(KernelError.NO_ERROR, machine.kernel().pageMap(frame, last, own, all, 0));
        assertEquals(KernelError.invalidCapability(1), map(frame, own));
        assertFault(own);
        assertEquals(KernelError.NO_ERROR, machine.kernel().delete(BootSlots.CNODE, last, 32));
        assertEquals(KernelError.NO_ERROR, machine.kernel().pageUnmap(frame));
        assertEquals(KernelError.NO_ERROR, map(frame, own));
    }
}
