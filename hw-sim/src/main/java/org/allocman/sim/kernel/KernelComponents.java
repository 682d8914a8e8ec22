package org.allocman.sim.kernel;

import org.allocman.vka.Architecture;
import org.allocman.vka.KernelDomains;
import org.allocman.vka.KernelInterrupts;
import org.allocman.vka.KernelPorts;
import org.allocman.vka.KernelScheduling;
import org.allocman.vka.KernelVcpus;
import org.allocman.vka.KernelVtx;
import org.allocman.vka.ObjectType;

/** The parts of the port that are interfaces of their own; all of them make messages. */
record KernelComponents(
        KernelInterrupts interrupts,
        KernelScheduling scheduling,
        KernelPorts ports,
        KernelDomains domains,
        KernelVcpus vcpus,
        KernelVtx vtx) {
    /**
     * The parts of a kernel.
     *
     * @param messages who carries them out
     * @param architecture the kernel's
     * @param hasPorts whether there are I/O ports
     * @param labels where the labels begin
     */
    static KernelComponents of(
            MessageInvocations messages, Architecture architecture, boolean hasPorts, KernelLabels labels) {
        SimVtx guests = architecture.has(ObjectType.EPT_PML4) ? new SimVtx(messages, labels) : null;
        boolean isWide = architecture.wordBits() == Long.SIZE;
        return new KernelComponents(
                new SimInterrupts(messages, labels.ports(), labels.pcInterrupts()),
                new SimScheduling(messages, isWide, architecture.hasMcs()),
                hasPorts ? new SimPorts(messages, labels.ports()) : KernelPorts.NONE,
                new SimDomains(messages, isWide),
                guests != null
                        ? guests
                        : architecture.has(ObjectType.VCPU)
                                ? new SimVcpus(messages, labels.vcpus(), isWide)
                                : KernelVcpus.NONE,
                guests != null ? guests : KernelVtx.NONE);
    }
}
