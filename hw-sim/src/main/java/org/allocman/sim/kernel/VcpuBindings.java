package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;

/** Which thread a virtual CPU is bound to: a pointer in both, as of {@link Bindings}. */
public final class VcpuBindings {
    private static final long PRESENT = 1;

    private final Memory memory;
    private final long shift;

    /**
     * A view of the bindings of a kernel that has virtual CPUs.
     *
     * @param memory the physical memory
     * @param slots the capabilities
     */
    public VcpuBindings(Memory memory, Slots slots) {
        this.memory = memory;
        this.shift = TcbLayout.wordsShift(slots);
    }

    /**
     * The thread of a virtual CPU.
     *
     * @param vcpu physical address of the object
     * @return physical address of the TCB; negative if there is none
     */
    public @PhysAddr long thread(@PhysAddr long vcpu) {
        long word = VcpuLayout.THREAD.get(memory, vcpu);
        return word == 0 ? -1 : word & ~PRESENT;
    }

    /**
     * The virtual CPU of a thread.
     *
     * @param tcb physical address of the TCB
     * @return physical address of the object; negative if there is none
     */
    public @PhysAddr long vcpu(@PhysAddr long tcb) {
        long word = TcbLayout.VCPU.get(memory, tcb + shift);
        return word == 0 ? -1 : word & ~PRESENT;
    }

    /** Binds them; whatever either was bound to is let go first. */
    void bind(long vcpu, long tcb) {
        releaseThread(tcb);
        release(vcpu);
        TcbLayout.VCPU.set(memory, tcb + shift, vcpu | PRESENT);
        VcpuLayout.THREAD.set(memory, vcpu, tcb | PRESENT);
    }

    /** Lets go of a virtual CPU's thread, if it has one. */
    void release(long vcpu) {
        long tcb = thread(vcpu);
        if (tcb >= 0) {
            TcbLayout.VCPU.set(memory, tcb + shift, 0);
            VcpuLayout.THREAD.set(memory, vcpu, 0);
        }
    }

    /** Lets go of a thread's virtual CPU, if it has one. */
    void releaseThread(long tcb) {
        long vcpu = vcpu(tcb);
        if (vcpu >= 0) {
            release(vcpu);
        }
    }
}
