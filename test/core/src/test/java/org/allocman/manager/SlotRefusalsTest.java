package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.util.List;
import java.util.function.Supplier;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.sim.board.Boards;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever cannot have a slot of a two-level CSpace is told what the CNode with it lacks, and nothing has changed. */
@Timeout(60)
class SlotRefusalsTest {
    private static Rig rig(UntypedDesign kind, Pools pools, int firstBits, int secondBits) throws Exception {
        Pools two = pools.withManager(kind).withCSpace(CSpaceGeometry.twoLevel(firstBits, secondBits));
        return new Rig(Boards.byName("qemu-arm-virt"), two);
    }

    private static VkaError untilRefused(Rig rig, Supplier<? extends Either<VkaError, ?>> request) {
        Either<VkaError, ?> answer = request.get();
        for (int i = 0; i < 1 << 20 && answer.isRight(); i++) {
            answer = request.get();
        }
        Fingerprint before = rig.fingerprint();
        assertEquals(answer, request.get(), "the same again");
        assertEquals(before, rig.fingerprint());
        assertEquals(List.of(), rig.broken());
        return answer.getLeft();
    }

    private static void refuses(VkaError error, Reason reason, String words) {
        assertEquals(reason, error.reason(), error.message());
        assertTrue(error.message().contains(words), error.message());
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void bitmapsAreBookKeeping(UntypedDesign kind) throws Exception {
        Rig rig = rig(kind, new Pools(0x10000, 0), 10, 4);
        refuses(
                untilRefused(rig, rig.vka::allocateSlot),
                Reason.OUT_OF_BOOK_KEEPING,
                "the pools have no room for the bitmaps of one more CNode; ");
        refuses(
                untilRefused(rig, rig.vka::endpoint),
                Reason.OUT_OF_BOOK_KEEPING,
                "or for the bitmaps of a CNode with its slots; ");
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void theLastCNodeIsTheEndOfSlots(UntypedDesign kind) throws Exception {
        Rig rig = rig(kind, new Pools(0x80000, 0), 5, 6);
        refuses(untilRefused(rig, rig.vka::allocateSlot), Reason.OUT_OF_SLOTS, "no slot is free beyond the reserve; ");
        refuses(untilRefused(rig, rig.vka::endpoint), Reason.OUT_OF_SLOTS, "no run of slots is free");
    }

    /** Blocks of an endpoint's size are left, none of a CNode's. */
    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void aCNodeWantsABlock(UntypedDesign kind) throws Exception {
        Rig rig = rig(kind, new Pools(0x80000, 0), 6, 9);
        for (int bits = 30; bits >= 14; bits--) {
            int size = bits;
            untilRefused(rig, () -> rig.vka.untyped(size));
        }
        refuses(
                untilRefused(rig, rig.vka::allocateSlot),
                Reason.OUT_OF_UNTYPED,
                "no slot is free beyond the reserve, and there is no block for a CNode with more; the largest free block");
        refuses(
                untilRefused(rig, rig.vka::endpoint),
                Reason.OUT_OF_UNTYPED,
                "no run of slots is free beyond the reserve, and there is no block for a CNode with more; ");
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void theKernelsRefusalIsTheKernels(UntypedDesign kind) throws Exception {
        Rig rig = rig(kind, new Pools(0x80000, 0), 6, 6);
        for (int i = 0; rig.allocman.slots().cspace().take() != 0 && i < 1 << 12; i++) {
            // so that the next one wants a CNode
        }
        rig.allocman.untypeds().manager().trim();
        Fingerprint before = rig.fingerprint();
        rig.kernel.failAt(1, true);
        VkaError error = rig.vka.allocateSlot().getLeft();
        rig.kernel.heal();
        refuses(
                error,
                Reason.KERNEL_REFUSED,
                "no slot is free beyond the reserve, and no CNode could be made for more");
        assertEquals(before, rig.fingerprint());
        assertTrue(rig.vka.allocateSlot().isRight());
    }
}
