package org.allocman.sim.kernel.paging;

import org.allocman.vka.Architecture;

/** Which kernel behaves how: the one place that says which class is whose. */
public final class Behaviours {
    private static final ArchitectureBehaviour[] SEL4 = {
        new X86Behaviour(Architecture.X86_64),
        new Aarch64Behaviour(Architecture.AARCH64),
        RiscvBehaviour.riscv64(Architecture.RISCV64),
        RiscvBehaviour.riscv32(Architecture.RISCV32),
        new Aarch32Behaviour(Architecture.AARCH32),
        new MpuBehaviour(Architecture.MPU)
    };

    private Behaviours() {}

    /**
     * The behaviour of a kernel.
     *
     * @param architecture its profile
     * @return that of seL4's architecture; a plain one for a kernel of one's own
     */
    public static ArchitectureBehaviour of(Architecture architecture) {
        for (ArchitectureBehaviour behaviour : SEL4) {
            if (behaviour.architecture() == architecture) {
                return behaviour;
            }
        }
        return architecture.hasPaging() ? new PlainBehaviour(architecture) : new MpuBehaviour(architecture);
    }
}
