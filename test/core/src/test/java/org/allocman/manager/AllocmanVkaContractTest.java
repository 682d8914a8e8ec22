package org.allocman.manager;

import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.testkit.contract.VkaContract;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.junit.jupiter.api.Nested;

/** The resource manager keeps the contract of a {@code Vka}: with each untyped manager, with and without a virtual pool. */
class AllocmanVkaContractTest {
    private static VkaContract.Subject fixed(
            Architecture architecture, UntypedDesign kind, UnaryOperator<Kernel> wrapper) {
        PlainMachine machine = PlainMachine.of(architecture, 12, 1 << 17)
                .untyped(0x100_0000, 17, false)
                .untyped(0x200_0000, 14, true)
                .build();
        Allocman allocman = Bootstrap.inCurrentCSpace(
                        wrapper.apply(machine.kernel()),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes())
                                .withManager(kind))
                .get();
        ManagerInvariants laws =
                new ManagerInvariants(allocman, new Slots(machine.memory().words(), architecture), machine.cnode());
        return new VkaContract.Subject(
                new AllocmanVka(allocman),
                machine.bootInfo().untypeds(),
                kind.canFree(),
                laws::check,
                machine.memory()::fingerprint);
    }

    private static VkaContract.Subject growing(
            Architecture architecture, UntypedDesign kind, UnaryOperator<Kernel> wrapper) {
        return growing(architecture, kind, CSpaceGeometry.CURRENT, wrapper);
    }

    private static VkaContract.Subject growing(
            Architecture architecture, UntypedDesign kind, CSpaceGeometry geometry, UnaryOperator<Kernel> wrapper) {
        Region ram = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 1 << 20);
        Region device = new Region("device", Region.Kind.DEVICE, 0x1000_0000L, 1 << 14);
        Board board = new Board("small", architecture, List.of(ram, device), List.of());
        ManagedMachine.Pools pools = new ManagedMachine.Pools(-1, 1 << 18, kind).withCSpace(geometry);
        Machine machine;
        try {
            machine = ManagedMachine.boot(board, pools);
        } catch (BootFailure failure) {
            throw new AssertionError(failure);
        }
        Allocman allocman = ManagedMachine.manage(machine, pools, wrapper, GrowthListener.NONE)
                .get()
                .allocman();
        Slots slots = new Slots(machine.memory().words(), architecture);
        long tcb = KernelState.thread(machine.memory().words(), machine.kernelState());
        ManagerInvariants laws = new ManagerInvariants(allocman, slots, slots.object(slots.at(tcb, TcbLayout.CSPACE)));
        return new VkaContract.Subject(
                new AllocmanVka(allocman),
                machine.bootInfo().untypeds(),
                kind.canFree(),
                laws::check,
                machine.memory()::fingerprint);
    }

    @Nested
    class Arena extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return fixed(Architecture.X86_64, UntypedDesigns.ARENA, wrapper);
        }
    }

    @Nested
    class ArenaOn32Bits extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return fixed(Architecture.AARCH32, UntypedDesigns.ARENA, wrapper);
        }
    }

    @Nested
    class Split extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return fixed(Architecture.AARCH64, UntypedDesigns.SPLIT, wrapper);
        }
    }

    @Nested
    class Twinkle extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return fixed(Architecture.RISCV64, UntypedDesigns.TWINKLE, wrapper);
        }
    }

    @Nested
    class ArenaThatGrows extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return growing(Architecture.AARCH64, UntypedDesigns.ARENA, wrapper);
        }
    }

    @Nested
    class ArenaThatGrowsWithoutPaging extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return growing(Architecture.MPU, UntypedDesigns.ARENA, wrapper);
        }
    }

    @Nested
    class ArenaInACSpaceOfTwoLevels extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return growing(Architecture.X86_64, UntypedDesigns.ARENA, CSpaceGeometry.twoLevel(4, 7), wrapper);
        }
    }

    @Nested
    class SplitThatGrows extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return growing(Architecture.RISCV32, UntypedDesigns.SPLIT, wrapper);
        }
    }
}
