package org.allocman.child;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.testkit.contract.VkaContract;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.junit.jupiter.api.Nested;

/** A child keeps the contract of a {@code Vka}: below each manager, below a child, and below an allocator that gives single slots. */
class ChildVkaContractTest {
    private static VkaContract.Subject child(
            Architecture architecture,
            CSpaceGeometry geometry,
            UntypedDesign above,
            UntypedDesign below,
            int levels,
            UnaryOperator<Kernel> wrapper) {
        ChildMachine machine = new ChildMachine(architecture, above, geometry, wrapper);
        List<ChildManager> chain = new ArrayList<>();
        chain.add(machine.open(machine.options().withManager(below, 14)));
        for (int i = 1; i < levels; i++) {
            ChildManager parent = chain.get(i - 1);
            chain.add(machine.open(parent, machine.options(parent).withManager(below, 13)));
        }
        return new VkaContract.Subject(
                chain.get(levels - 1).vka(),
                machine.machine.bootInfo().untypeds(),
                true,
                () -> machine.check(chain.toArray(ChildManager[]::new)),
                machine.machine.memory()::fingerprint);
    }

    @Nested
    class BelowArena extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return child(
                    Architecture.AARCH64,
                    CSpaceGeometry.CURRENT,
                    UntypedDesigns.ARENA,
                    UntypedDesigns.ARENA,
                    1,
                    wrapper);
        }
    }

    @Nested
    class BelowTwoLevels extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return child(
                    Architecture.X86_64,
                    CSpaceGeometry.twoLevel(5, 7),
                    UntypedDesigns.ARENA,
                    UntypedDesigns.ARENA,
                    1,
                    wrapper);
        }
    }

    @Nested
    class SplitBelowSplit extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return child(
                    Architecture.RISCV32,
                    CSpaceGeometry.CURRENT,
                    UntypedDesigns.SPLIT,
                    UntypedDesigns.SPLIT,
                    1,
                    wrapper);
        }
    }

    @Nested
    class ThreeLevels extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return child(
                    Architecture.RISCV64,
                    CSpaceGeometry.CURRENT,
                    UntypedDesigns.ARENA,
                    UntypedDesigns.ARENA,
                    3,
                    wrapper);
        }
    }
}
