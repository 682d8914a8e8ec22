package org.allocman.sim.kernel;

import java.util.List;
import java.util.Objects;
import org.allocman.check.contract.RootSpace;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.testkit.contract.KernelContract;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Nested;

/** The simulated kernel keeps the kernels' contract, on every architecture. */
class SimKernelContractTest {
    private static KernelContract.Subject booted(Architecture architecture) {
        Region memory = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 1 << 20);
        Region device = new Region("device", Region.Kind.DEVICE, 0x1000_0000L, 1 << 14);
        Board board = new Board("small", architecture, List.of(memory, device), List.of());
        try {
            Machine machine = ManagedMachine.boot(board, new ManagedMachine.Pools(-1, 1 << 18));
            return new KernelContract.Subject(machine.kernel(), machine.bootInfo(), RootSpace.of(machine));
        } catch (BootFailure failure) {
            throw new AssertionError(failure);
        }
    }

    @Nested
    class Aarch64 extends KernelContract {
        @Override
        protected Subject subject() {
            return booted(Architecture.AARCH64);
        }
    }

    @Nested
    class X86 extends KernelContract {
        @Override
        protected Subject subject() {
            return booted(Architecture.X86_64);
        }
    }

    @Nested
    class Riscv64 extends KernelContract {
        @Override
        protected Subject subject() {
            return booted(Architecture.RISCV64);
        }
    }

    @Nested
    class Riscv64WithMcs extends KernelContract {
        @Override
        protected Subject subject() {
            return booted(Objects.requireNonNull(Architecture.named("riscv64+mcs")));
        }
    }

    @Nested
    class Aarch64WithMcs extends KernelContract {
        @Override
        protected Subject subject() {
            return booted(Objects.requireNonNull(Architecture.named("aarch64+mcs")));
        }
    }

    @Nested
    class Aarch32 extends KernelContract {
        @Override
        protected Subject subject() {
            return booted(Architecture.AARCH32);
        }
    }

    @Nested
    class Riscv32 extends KernelContract {
        @Override
        protected Subject subject() {
            return booted(Architecture.RISCV32);
        }
    }

    @Nested
    class Mpu extends KernelContract {
        @Override
        protected Subject subject() {
            return booted(Architecture.MPU);
        }
    }
}
