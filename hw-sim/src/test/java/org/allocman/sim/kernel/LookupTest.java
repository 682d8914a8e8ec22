package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.TestKernel.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/** All four faults of a look-up, with their details, through two levels of CNodes. */
class LookupTest {
    private static final int RADIX = 3;
    private static final int GUARD_BITS = 5;
    private static final long GUARD = 0b10110;

    private final TestKernel on = new TestKernel(Architecture.X86_64);
    private final long inner = on.make(ObjectType.CNODE, RADIX);
    private final long guarded = on.free();

    LookupTest() {
        ok(on.mint(inner, guarded, GUARD << 6 | GUARD_BITS));
        ok(on.kernel.copy(new CapPath(inner, 6, RADIX), new CapPath(TestKernel.ROOT, inner, 64), CapRights.ALL));
    }

    @Test
    void findsThroughAGuardAndFurtherCNodes() {
        long endpoint = on.make(ObjectType.ENDPOINT, 0);
        ok(on.kernel.copy(
                new CapPath(guarded, GUARD << 3 | 7, 8), new CapPath(TestKernel.ROOT, endpoint, 64), CapRights.ALL));
        assertEquals(CapabilityType.ENDPOINT, on.slots.type(on.slots.at(on.slots.object(on.slot(inner)), 7)));
        ok(on.kernel.delete(inner, 6 << 3 | 7, 6));
        assertEquals(CapabilityType.NULL, on.slots.type(on.slots.at(on.slots.object(on.slot(inner)), 7)));
        long junkAboveTheDepth = 0x5555L << 8;
        ok(on.kernel.delete(guarded, junkAboveTheDepth | GUARD << 3 | 5, 8));
    }

    @Test
    void saysWhichGuardWasThere() {
        assertEquals(
                fault(LookupFault.guardMismatch(8, GUARD, GUARD_BITS)), on.kernel.delete(guarded, 0b10111 << 3, 8));
        assertEquals(fault(LookupFault.guardMismatch(4, GUARD, GUARD_BITS)), on.kernel.delete(guarded, 0, 4));
    }

    @Test
    void saysHowManyBitsDoNotFit() {
        assertEquals(fault(LookupFault.depthMismatch(6, 8)), on.kernel.delete(guarded, GUARD << 1, 6));
        assertEquals(fault(LookupFault.depthMismatch(2, 3)), on.kernel.delete(inner, 0, 2));
        assertEquals(fault(LookupFault.depthMismatch(1, 0)), on.kernel.delete(inner, 0, 4));
    }

    @Test
    void refusesDepthsThatNoWordHas() {
        for (int depth : new int[] {0, 65, -1, Integer.MIN_VALUE}) {
            assertEquals(KernelError.rangeError(1, 64), on.kernel.delete(inner, 0, depth));
        }
    }

    @Test
    void tellsSourceFromTarget() {
        long slot = on.free();
        assertEquals(
                KernelError.failedLookup(true, LookupFault.invalidRoot()),
                on.kernel.move(new CapPath(TestKernel.ROOT, slot, 64), new CapPath(BootSlots.TCB, 0, 3)));
        assertEquals(
                KernelError.failedLookup(true, LookupFault.missingCapability(64)),
                on.kernel.move(new CapPath(TestKernel.ROOT, slot, 64), new CapPath(TestKernel.ROOT, slot + 1, 64)));
    }

    @Test
    void aCptrIsLookedUpOverTheWholeWord() {
        long tooFar = 1L << 40;
        assertEquals(fault(LookupFault.guardMismatch(64, 0, 52)), on.kernel.delete(tooFar | TestKernel.ROOT, 0, 64));
    }

    private static KernelError fault(LookupFault fault) {
        return KernelError.failedLookup(false, fault);
    }
}
