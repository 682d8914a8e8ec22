package org.allocman.untyped;

import java.util.function.UnaryOperator;
import org.allocman.testkit.contract.UntypedManagerContract;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.vka.Kernel;
import org.junit.jupiter.api.Nested;

/** Every untyped manager of ours keeps the contract. */
class UntypedManagersContractTest {
    private static UntypedManagerContract.Subject bare(Kind kind, UnaryOperator<Kernel> stand) {
        BareManager bare = new BareManager(kind, BareManager.BLOCKS, 11, 40, stand);
        return new UntypedManagerContract.Subject(
                bare.manager,
                bare.kernel,
                bare.cspace,
                bare.blocks.stream()
                        .map(block -> new UntypedManagerContract.Block(block.paddr(), block.bits(), block.kind()))
                        .toList(),
                kind != Kind.TWINKLE,
                bare::broken,
                bare::bookKeeping);
    }

    @Nested
    class Arena extends UntypedManagerContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> stand) {
            return bare(Kind.ARENA, stand);
        }
    }

    @Nested
    class Split extends UntypedManagerContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> stand) {
            return bare(Kind.SPLIT, stand);
        }
    }

    @Nested
    class SplitAsInC extends UntypedManagerContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> stand) {
            return bare(Kind.COMPATIBLE, stand);
        }
    }

    @Nested
    class Twinkle extends UntypedManagerContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> stand) {
            return bare(Kind.TWINKLE, stand);
        }
    }
}
