package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.allocman.check.invariants.Invariant;
import org.allocman.check.uvisor.UvisorInvariants;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.rules.MpuKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each law is able to fail: what it forbids is done behind the system's back. */
class UvisorInvariantsTest {
    private static final int FREE = 8;
    private static final int BOTTOM = 12;

    private final Rig rig = Rig.of(MpuKind.ARMV7M, BlockPool.NO_QUOTA);
    private final UvisorInvariants.Subject subject =
            new UvisorInvariants.Subject(rig.uvisor(), rig.words(), rig.behindMpu());
    private final UvisorMetadata books = UvisorMetadata.at(rig.uvisor().plan(), rig.mpu(), 1L << 32);
    private long mine;
    private long others;

    @BeforeEach
    void begin() {
        rig.uvisor().enterBox(2);
        others = rig.uvisor().mallocBlock(1);
        rig.uvisor().enterBox(1);
        mine = rig.uvisor().mallocBlock(3 * Rig.BLOCK);
        rig.uvisor().freeBlock(mine + Rig.BLOCK, 1);
        assertEquals(List.of(), Invariant.check(UvisorInvariants.all(), subject));
    }

    private void assertBroken(Invariant<UvisorInvariants.Subject> law) {
        assertFalse(law.violations(subject).isEmpty(), law.name());
    }

    @Test
    void countsThatDoNotAgree() {
        rig.words().store32(books.pool() + FREE, 0, 9);
        assertBroken(UvisorInvariants.ONE_OWNER);
    }

    @Test
    void anArenaInThePool() {
        rig.words().store32(books.pool() + BOTTOM, 0, 12);
        assertBroken(UvisorInvariants.DISJOINT);
    }

    @Test
    void moreBlocksThanAllowed() {
        rig.uvisor().pool().setQuota(1, 1);
        assertBroken(UvisorInvariants.QUOTA);
    }

    @Test
    void aRegionTooMany() {
        rig.mpu().load(7, others, Rig.BLOCK, false, 0);
        assertBroken(UvisorInvariants.ISOLATION);
    }

    @Test
    void aFreeBlockWithSomethingInIt() {
        rig.words().store64(mine + Rig.BLOCK + 64, 0, 1);
        assertBroken(UvisorInvariants.FREE_IS_ZERO);
    }

    @Test
    void aBlockOfAThreadThatIsNot() {
        rig.words().store32(books.blockThreads() + 4L * rig.blockAt(mine), 0, 6);
        assertBroken(UvisorInvariants.BLOCKS_OF_THREADS);
    }
}
