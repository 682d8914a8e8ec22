package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lab.workload.XorShift;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The n-th invocation fails, for every n until the work succeeds: each failure is clean, and afterwards all is whole. */
class UntypedFaultsTest {
    private static final int STEPS = 50;
    private static final ObjectType[] TYPES = {
        ObjectType.ENDPOINT, ObjectType.UNTYPED, ObjectType.TCB, ObjectType.CNODE, ObjectType.SMALL_PAGE
    };

    private final List<Long> handles = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "ARENA, false",
        "ARENA, true",
        "SPLIT, false",
        "SPLIT, true",
        "COMPATIBLE, false",
        "COMPATIBLE, true",
        "TWINKLE, false",
        "TWINKLE, true"
    })
    void everyRefusalIsCleanAndNothingIsLost(Kind kind, boolean andAllAfter) {
        int n = 0;
        boolean failed = true;
        while (failed) {
            failed = runWithFaultAt(kind, ++n, andAllAfter);
        }
        assertTrue(n > 30, "the work makes many invocations, not " + n);
    }

    private boolean runWithFaultAt(Kind kind, int n, boolean andAllAfter) {
        BareManager bare = new BareManager(kind, BareManager.BLOCKS, 9, 12);
        handles.clear();
        bare.kernel.failAt(n, andAllAfter);
        XorShift random = new XorShift(11);
        for (int step = 0; step < STEPS; step++) {
            Fingerprint before = bare.fingerprint();
            boolean changed = step % 3 == 2 && !handles.isEmpty() && kind != Kind.TWINKLE
                    ? free(bare, random.below(handles.size()))
                    : allocate(bare, random, step);
            if (!changed && !mayChange(bare)) {
                assertEquals(before, bare.fingerprint(), "a refusal changes nothing, fault at " + n);
            }
            if (!changed) {
                assertEquals(List.of(), bare.broken(), "step " + step + ", fault at " + n);
            }
        }
        boolean failed = bare.kernel.hasFailed();
        bare.kernel.heal();
        if (kind == Kind.TWINKLE) {
            handles.forEach(handle -> assertEquals(0, bare.manager.check(handle)));
            return failed;
        }
        while (!handles.isEmpty()) {
            assertTrue(free(bare, handles.size() - 1));
        }
        bare.manager.trim();
        assertEquals(List.of(), bare.broken(), "fault at " + n);
        assertTrue(bare.isWhole(), "all is whole after a fault at " + n);
        assertEquals(
                new BareManager(kind, BareManager.BLOCKS, 9, 12).cspace.freeSlots(),
                bare.cspace.freeSlots(),
                "no slot is lost");
        return failed;
    }

    /** What was halved or made an arena stays so if the kernel refuses to undo it, and a watermark stays where it came to. */
    private static boolean mayChange(BareManager bare) {
        return bare.manager instanceof ArenaUntypeds
                || bare.manager instanceof SplitUntypeds && bare.kernel.hasFailed();
    }

    private boolean allocate(BareManager bare, XorShift random, int step) {
        ObjectType type = TYPES[random.below(TYPES.length)];
        int size = 4 + random.below(5);
        long handle = step % 7 == 0
                ? bare.allocateAt(ObjectType.SMALL_PAGE, 0, 0x200_0000 + 0x1000L * random.below(4))
                : bare.allocate(MemoryKind.KERNEL, type, size);
        if (handle > 0) {
            handles.add(handle);
            return true;
        }
        assertTrue(
                Refusal.isKernel(handle)
                        || handle == Refusal.IN_USE
                        || handle == Refusal.NOT_NEXT
                        || handle == Refusal.OUT_OF_UNTYPED,
                "refusal " + handle);
        return false;
    }

    private boolean free(BareManager bare, int index) {
        long answer = bare.manager.free(handles.get(index));
        if (answer == 0) {
            handles.remove(index);
            return true;
        }
        assertTrue(Refusal.isKernel(answer), "refusal " + answer);
        assertEquals(0, bare.manager.check(handles.get(index)), "what was not freed is still there");
        return false;
    }
}
