package org.allocman.sim.kernel;

import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/**
 * Where the labels of what an architecture has begin: behind paging come virtual CPUs on Arm and I/O ports on x86, then interrupts on
 * all, then x86's guests.
 *
 * @param vcpus of virtual CPUs on Arm
 * @param ports of I/O ports; where there are none interrupts begin there
 * @param pcInterrupts of a PC's interrupts
 * @param guests of x86's guests, but for one among those of paging
 * @param mapGuestPage which maps a frame for a guest
 */
record KernelLabels(int vcpus, int ports, int pcInterrupts, int guests, int mapGuestPage) {
    private static final int BEHIND_MAP_GUEST_PAGE = 2;

    /** The labels of a kernel whose paging ends with a label. */
    static KernelLabels of(Architecture architecture, int lastOfPaging) {
        int vcpus = lastOfPaging + 1;
        int ports = hasVcpusOnly(architecture) ? vcpus + VcpuInvocations.LABELS : vcpus;
        int pcInterrupts = ports + PortInvocations.LABELS;
        return new KernelLabels(
                vcpus,
                ports,
                pcInterrupts,
                pcInterrupts + PcInterruptForms.LABELS,
                lastOfPaging - BEHIND_MAP_GUEST_PAGE);
    }

    /** Whether there are virtual CPUs and no tables of guests, as on Arm. */
    private static boolean hasVcpusOnly(Architecture architecture) {
        return architecture.has(ObjectType.VCPU) && !architecture.has(ObjectType.EPT_PML4);
    }
}
