package org.allocman.untyped;

import java.util.function.UnaryOperator;
import org.allocman.testkit.contract.UntypedManagerContract;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.vka.Kernel;
import org.junit.jupiter.api.Nested;

/** Every untyped manager of ours keeps the contract. */
class UntypedManagersContractTest {
    private static UntypedManagerContract.Subject bare(Kind kind, UnaryOperator<Kernel> wrapper) {
        BareManager bare = new BareManager(kind, BareManager.BLOCKS, 11, 40, wrapper);
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
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return bare(Kind.ARENA, wrapper);
        }
    }

    @Nested
    class Split extends UntypedManagerContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return bare(Kind.SPLIT, wrapper);
        }
    }

    @Nested
    class SplitAsInC extends UntypedManagerContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return bare(Kind.COMPATIBLE, wrapper);
        }
    }

    @Nested
    class Twinkle extends UntypedManagerContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            return bare(Kind.TWINKLE, wrapper);
        }
    }
}
