package org.allocman.sim.kernel.paging;

import java.util.stream.Stream;
import org.allocman.vka.Architecture;

/** Which kernel behaves how: the one place that says which class is whose. */
public final class Behaviours {
    private static final ArchitectureBehaviour[] SEL4 = Stream.concat(
                    Stream.of(Architecture.values()), Stream.of(Architecture.configured()))
            .map(Behaviours::make)
            .toArray(ArchitectureBehaviour[]::new);

    private Behaviours() {}

    private static ArchitectureBehaviour make(Architecture architecture) {
        Architecture base = architecture.base();
        if (base == Architecture.X86_64) {
            return X86Behaviour.x86(architecture);
        }
        if (base == Architecture.IA32) {
            return X86Behaviour.ia32(architecture);
        }
        if (base == Architecture.AARCH64) {
            return new Aarch64Behaviour(architecture);
        }
        if (base == Architecture.RISCV64) {
            return RiscvBehaviour.riscv64(architecture);
        }
        if (base == Architecture.RISCV32) {
            return RiscvBehaviour.riscv32(architecture);
        }
        if (base == Architecture.AARCH32) {
            return new Aarch32Behaviour(architecture);
        }
        return architecture.hasPaging() ? new PlainBehaviour(architecture) : new MpuBehaviour(architecture);
    }

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
        return make(architecture);
    }
}
