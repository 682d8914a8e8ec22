package org.allocman.sim.kernel;

import org.allocman.vka.Architecture;
import org.allocman.vka.KernelDomains;
import org.allocman.vka.KernelInterrupts;
import org.allocman.vka.KernelPorts;
import org.allocman.vka.KernelScheduling;
import org.allocman.vka.KernelVcpus;
import org.allocman.vka.ObjectType;

/** The parts of the port that are interfaces of their own; all of them make messages. */
record KernelComponents(
        KernelInterrupts interrupts,
        KernelScheduling scheduling,
        KernelPorts ports,
        KernelDomains domains,
        KernelVcpus vcpus) {
    /**
     * The parts of a kernel.
     *
     * @param messages who carries them out
     * @param architecture the kernel's
     * @param hasPorts whether there are I/O ports
     * @param vcpuLabel the first label behind those of paging, of virtual CPUs if there are some
     * @param firstLabel the first label behind those, of I/O ports and then of interrupts
     */
    static KernelComponents of(
            MessageInvocations messages, Architecture architecture, boolean hasPorts, int vcpuLabel, int firstLabel) {
        boolean isWide = architecture.wordBits() == Long.SIZE;
        return new KernelComponents(
                new SimInterrupts(messages, firstLabel, firstLabel + PortInvocations.LABELS),
                new SimScheduling(messages, isWide, architecture.hasMcs()),
                hasPorts ? new SimPorts(messages, firstLabel) : KernelPorts.NONE,
                new SimDomains(messages, isWide),
                architecture.has(ObjectType.VCPU) ? new SimVcpus(messages, vcpuLabel, isWide) : KernelVcpus.NONE);
    }
}
