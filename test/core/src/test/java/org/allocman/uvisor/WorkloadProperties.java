package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.allocman.check.invariants.Invariant;
import org.allocman.check.uvisor.BoxWorkload;
import org.allocman.check.uvisor.UvisorInvariants;
import org.allocman.uvisor.rules.MpuKind;

/** Whatever boxes do, the laws hold, and in the end everything is free. */
class WorkloadProperties {
    @Property(tries = 24)
    void theLawsHoldAndNothingIsLost(
            @ForAll long seed, @ForAll MpuKind kind, @ForAll @IntRange(min = 1, max = 6) int quota) {
        Rig rig = Rig.of(kind, quota);
        UvisorInvariants.Subject subject = new UvisorInvariants.Subject(rig.uvisor(), rig.words(), rig.behindMpu());
        long free = rig.free();
        BoxWorkload work = new BoxWorkload(rig.uvisor(), seed);
        for (int step = 0; step < 150; step++) {
            work.step();
            if (step % 5 == 0) {
                assertEquals(List.of(), Invariant.check(UvisorInvariants.all(), subject), "step " + step);
            }
        }
        assertEquals(List.of(), work.wrong());
        work.freeAll();
        assertEquals(List.of(), work.wrong());
        assertEquals(List.of(), Invariant.check(UvisorInvariants.all(), subject));
        assertEquals(free, rig.free());
        assertTrue(work.denied() >= 0);
    }
}
