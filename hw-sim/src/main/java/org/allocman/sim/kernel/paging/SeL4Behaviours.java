package org.allocman.sim.kernel.paging;

import org.allocman.vka.Architecture;

/** The behaviours of the kernels that are built in: the one place that says which class is whose. */
final class SeL4Behaviours {
    static final ArchitectureBehaviour[] ALL = {
        new X86Behaviour(Architecture.X86_64),
        new Aarch64Behaviour(Architecture.AARCH64),
        RiscvBehaviour.riscv64(Architecture.RISCV64),
        RiscvBehaviour.riscv32(Architecture.RISCV32),
        new Aarch32Behaviour(Architecture.AARCH32),
        new MpuBehaviour(Architecture.MPU)
    };

    private SeL4Behaviours() {}
}
