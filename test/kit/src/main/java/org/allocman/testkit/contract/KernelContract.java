package org.allocman.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.Test;

/**
 * What a {@link Kernel} has to answer: seL4's checks in seL4's order with seL4's details, the watermark of an untyped, and
 * who is derived from whom (seL4 manual, "Capability spaces" and "Kernel services"). All is seen through invocations.
 */
public abstract class KernelContract {
    private static final int LARGE = 13;
    private static final int SLOTS = 24;
    private static final long ROOT = BootSlots.CNODE;

    /**
     * A kernel that has just booted.
     *
     * @param kernel the kernel
     * @param bootInfo what it leaves the root task with: its own CNode in {@link BootSlots#CNODE}, a normal untyped of
     *     2^15 bytes or more, and 24 empty slots in the root CNode
     */
    public record Subject(Kernel kernel, BootInfo bootInfo) {}

    /** For those who extend it. */
    protected KernelContract() {}

    /**
     * Makes a kernel.
     *
     * @return a fresh one
     */
    protected abstract Subject subject();

    /** A kernel, its slots by short numbers, and an untyped of 2^13 bytes in the first of them. */
    private static final class Rig {
        final Kernel kernel;
        final Architecture architecture;
        final int depth;
        final long first;
        final long source;
        final BootInfo bootInfo;

        Rig(Subject subject) {
            kernel = subject.kernel();
            bootInfo = subject.bootInfo();
            architecture = kernel.architecture();
            depth = architecture.wordBits();
            first = bootInfo.empty().start();
            assertTrue(bootInfo.empty().size() >= SLOTS, "a kernel under test has 24 empty slots");
            source = bootInfo.untypeds().stream()
                    .filter(untyped -> !untyped.device() && untyped.sizeBits() >= LARGE + 2)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("a kernel under test has a normal untyped of 2^15 bytes"))
                    .slot();
            ok(retype(source, ObjectType.UNTYPED, LARGE, slot(0), 1));
        }

        long slot(int number) {
            return first + number;
        }

        CapPath path(long slot) {
            return new CapPath(ROOT, slot, depth);
        }

        KernelError retype(long untyped, ObjectType type, int size, long to, int count) {
            return kernel.retype(untyped, architecture.number(type), size, ROOT, 0, 0, to, count);
        }

        KernelError copy(long to, long from) {
            return kernel.copy(path(to), path(from), CapRights.ALL);
        }

        KernelError mint(long to, long from, long badge) {
            return kernel.mint(path(to), path(from), CapRights.ALL, badge);
        }

        KernelError move(long to, long from) {
            return kernel.move(path(to), path(from));
        }

        KernelError delete(long at) {
            return kernel.delete(ROOT, at, depth);
        }

        KernelError revoke(long at) {
            return kernel.revoke(ROOT, at, depth);
        }

        /** A slot is empty if nothing can be moved out of it; what was moved is moved back. */
        boolean isEmpty(long at) {
            KernelError error = kernel.move(path(slot(SLOTS - 1)), path(at));
            if (error.failed()) {
                assertEquals(missing(true, depth), error);
                return true;
            }
            ok(kernel.move(path(at), path(slot(SLOTS - 1))));
            return false;
        }
    }

    private static void ok(KernelError error) {
        assertEquals(KernelError.NO_ERROR, error);
    }

    private static KernelError missing(boolean source, int bitsLeft) {
        return KernelError.failedLookup(source, LookupFault.missingCapability(bitsLeft));
    }

    private Rig rig() {
        return new Rig(subject());
    }

    @Test
    void retypeChecksTypeThenSizeThenDestination() {
        Rig rig = rig();
        Kernel kernel = rig.kernel;
        long untyped = rig.slot(0);
        int cnode = rig.architecture.number(ObjectType.CNODE);
        int max = rig.architecture.maxUntypedBits();
        assertEquals(KernelError.invalidArgument(0), kernel.retype(untyped, 99, 99, 99, 99, 99, -1, 0));
        assertEquals(
                KernelError.rangeError(0, max), kernel.retype(untyped, cnode, rig.depth, 99, 99, 99, -1, 0), "size");
        assertEquals(
                KernelError.rangeError(0, max),
                rig.retype(untyped, ObjectType.ENDPOINT, rig.depth, rig.slot(1), 1),
                "the size is looked at even where the type has one only");
        assertEquals(KernelError.rangeError(0, max), rig.retype(untyped, ObjectType.UNTYPED, max + 1, rig.slot(1), 1));
        assertEquals(KernelError.invalidArgument(1), rig.retype(untyped, ObjectType.CNODE, 0, rig.slot(1), 1));
        assertEquals(KernelError.invalidArgument(1), rig.retype(untyped, ObjectType.UNTYPED, 3, rig.slot(1), 1));
        assertEquals(
                missing(false, 0),
                kernel.retype(untyped, cnode, 1, rig.slot(0), 0, 0, -1, 0),
                "the destination is no CNode");
        assertTrue(rig.isEmpty(rig.slot(1)));
    }

    @Test
    void retypeChecksTheWindowThenTheMemory() {
        Rig rig = rig();
        long untyped = rig.slot(0);
        ok(rig.retype(untyped, ObjectType.CNODE, 2, rig.slot(1), 1));
        ok(rig.kernel.retype(untyped, endpoint(rig), 0, rig.slot(1), 0, 0, 3, 1));
        assertEquals(KernelError.rangeError(0, 3), into(rig, 4, 0), "offset");
        assertEquals(KernelError.rangeError(1, Architecture.RETYPE_FAN_OUT_LIMIT), into(rig, 0, 0), "count");
        assertEquals(KernelError.rangeError(1, Architecture.RETYPE_FAN_OUT_LIMIT), into(rig, 0, 257), "count");
        assertEquals(KernelError.rangeError(1, 3), into(rig, 1, 4), "window");
        assertEquals(KernelError.deleteFirst(), into(rig, 1, 3), "an occupied slot");
        ok(into(rig, 1, 2));
    }

    private static int endpoint(Rig rig) {
        return rig.architecture.number(ObjectType.ENDPOINT);
    }

    private static KernelError into(Rig rig, long offset, int count) {
        return rig.kernel.retype(rig.slot(0), endpoint(rig), 0, rig.slot(1), 0, 0, offset, count);
    }

    /** CNodes of 0x400 and 0x800 bytes and a page fill an untyped of 0x2000 bytes; what alignment skipped stays unused. */
    @Test
    void theWatermarkMovesPastAlignedObjects() {
        Rig rig = rig();
        int radix = 10 - rig.architecture.slotBits();
        long untyped = rig.slot(0);
        ok(rig.retype(untyped, ObjectType.CNODE, radix, rig.slot(1), 1));
        assertEquals(
                KernelError.notEnoughMemory(0x1c00),
                rig.retype(untyped, ObjectType.UNTYPED, LARGE, rig.slot(2), 1),
                "bytes left count from the watermark, not from the next aligned address");
        ok(rig.retype(untyped, ObjectType.CNODE, radix + 1, rig.slot(2), 1));
        assertEquals(
                KernelError.notEnoughMemory(0x1000), rig.retype(untyped, ObjectType.UNTYPED, LARGE, rig.slot(3), 1));
        ok(rig.retype(untyped, ObjectType.UNTYPED, 12, rig.slot(3), 1));
        assertEquals(KernelError.notEnoughMemory(0), rig.retype(untyped, ObjectType.CNODE, radix, rig.slot(4), 1));
        assertTrue(rig.isEmpty(rig.slot(4)));
    }

    @Test
    void anUntypedBeginsAnewWhenTheLastChildIsGone() {
        Rig rig = rig();
        long untyped = rig.slot(0);
        ok(rig.retype(untyped, ObjectType.UNTYPED, LARGE - 1, rig.slot(1), 2));
        assertEquals(KernelError.notEnoughMemory(0), rig.retype(untyped, ObjectType.ENDPOINT, 0, rig.slot(3), 1));
        ok(rig.delete(rig.slot(1)));
        assertEquals(
                KernelError.notEnoughMemory(0),
                rig.retype(untyped, ObjectType.ENDPOINT, 0, rig.slot(3), 1),
                "one child is left");
        ok(rig.delete(rig.slot(2)));
        ok(rig.retype(untyped, ObjectType.UNTYPED, LARGE, rig.slot(1), 1));
    }

    @Test
    void deviceMemoryBecomesFramesAndUntypedsOnly() {
        Rig rig = rig();
        for (Untyped device : rig.bootInfo.untypeds()) {
            if (device.device() && device.sizeBits() >= LARGE && device.sizeBits() <= LARGE + 2) {
                assertEquals(
                        KernelError.invalidArgument(1), rig.retype(device.slot(), ObjectType.TCB, 0, rig.slot(1), 1));
                assertEquals(
                        KernelError.notEnoughMemory(1L << device.sizeBits()),
                        rig.retype(device.slot(), ObjectType.CNODE, device.sizeBits(), rig.slot(1), 1),
                        "memory is looked at first");
                ok(rig.retype(device.slot(), ObjectType.UNTYPED, 4, rig.slot(1), 1));
                return;
            }
        }
    }

    @Test
    void framesLieInTheirUntypedAndAligned() {
        Rig rig = rig();
        ObjectType type = rig.architecture.frames().get(0);
        int bits = rig.architecture.sizeBits(type, 0);
        Untyped source = rig.bootInfo.untypeds().stream()
                .filter(untyped -> untyped.slot() == rig.source)
                .findFirst()
                .orElseThrow();
        ok(rig.retype(rig.slot(0), ObjectType.ENDPOINT, 0, rig.slot(1), 1));
        ok(rig.retype(rig.slot(0), type, 0, rig.slot(2), 1));
        long paddr = rig.kernel.pageGetAddress(rig.slot(2)).get();
        assertEquals(0, paddr & (1L << bits) - 1, "aligned");
        assertEquals(source.paddr() + (1L << bits), paddr, "right behind the endpoint");
        assertTrue(rig.kernel.pageGetAddress(rig.slot(1)).isLeft(), "an endpoint has no address");
        ok(rig.kernel.pageUnmap(rig.slot(2)));
    }

    @Test
    void copiesLookAtTheDestinationFirst() {
        Rig rig = rig();
        ok(rig.retype(rig.slot(0), ObjectType.ENDPOINT, 0, rig.slot(1), 1));
        assertEquals(KernelError.deleteFirst(), rig.copy(rig.slot(1), rig.slot(2)), "occupied before empty source");
        assertEquals(missing(true, rig.depth), rig.copy(rig.slot(3), rig.slot(2)));
        assertEquals(KernelError.deleteFirst(), rig.move(rig.slot(1), rig.slot(2)));
        assertEquals(missing(true, rig.depth), rig.move(rig.slot(3), rig.slot(2)));
        KernelError depth = KernelError.rangeError(1, rig.depth);
        assertEquals(depth, rig.kernel.move(new CapPath(ROOT, rig.slot(3), 0), rig.path(rig.slot(1))));
        assertEquals(depth, rig.kernel.delete(ROOT, rig.slot(3), rig.depth + 1));
        ok(rig.copy(rig.slot(2), rig.slot(1)));
        ok(rig.move(rig.slot(3), rig.slot(1)));
        assertTrue(rig.isEmpty(rig.slot(1)));
        assertTrue(!rig.isEmpty(rig.slot(3)));
    }

    @Test
    void anUntypedWithChildrenHasNoCopies() {
        Rig rig = rig();
        ok(rig.retype(rig.slot(0), ObjectType.ENDPOINT, 0, rig.slot(1), 1));
        assertEquals(KernelError.revokeFirst(), rig.copy(rig.slot(2), rig.slot(0)));
        ok(rig.revoke(rig.slot(0)));
        assertTrue(rig.isEmpty(rig.slot(1)));
        ok(rig.copy(rig.slot(2), rig.slot(0)));
        assertEquals(
                KernelError.notEnoughMemory(0),
                rig.retype(rig.slot(0), ObjectType.ENDPOINT, 0, rig.slot(1), 1),
                "the source counts as full while there is a copy");
        ok(rig.delete(rig.slot(2)));
        ok(rig.retype(rig.slot(0), ObjectType.ENDPOINT, 0, rig.slot(1), 1));
    }

    @Test
    void revokeTakesWhatIsDerivedAndNothingElse() {
        Rig rig = rig();
        ok(rig.retype(rig.slot(0), ObjectType.ENDPOINT, 0, rig.slot(1), 2));
        ok(rig.mint(rig.slot(3), rig.slot(1), 5));
        ok(rig.copy(rig.slot(4), rig.slot(3)));
        ok(rig.mint(rig.slot(5), rig.slot(1), 6));
        ok(rig.revoke(rig.slot(3)));
        assertTrue(rig.isEmpty(rig.slot(4)), "the copy of what was revoked");
        assertTrue(!rig.isEmpty(rig.slot(3)), "what was revoked itself");
        assertTrue(!rig.isEmpty(rig.slot(5)), "another badge");
        ok(rig.revoke(rig.slot(1)));
        assertTrue(rig.isEmpty(rig.slot(3)));
        assertTrue(rig.isEmpty(rig.slot(5)));
        assertTrue(!rig.isEmpty(rig.slot(2)), "the other endpoint");
        ok(rig.revoke(rig.slot(0)));
        assertTrue(rig.isEmpty(rig.slot(1)));
        assertTrue(rig.isEmpty(rig.slot(2)));
        ok(rig.revoke(rig.slot(7)));
        ok(rig.delete(rig.slot(7)));
    }

    @Test
    void childrenOfADeletedUntypedFallToItsParent() {
        Rig rig = rig();
        ok(rig.retype(rig.slot(0), ObjectType.UNTYPED, 10, rig.slot(1), 1));
        ok(rig.retype(rig.slot(1), ObjectType.ENDPOINT, 0, rig.slot(2), 1));
        ok(rig.delete(rig.slot(1)));
        assertTrue(!rig.isEmpty(rig.slot(2)));
        ok(rig.revoke(rig.slot(0)));
        assertTrue(rig.isEmpty(rig.slot(2)));
        ok(rig.retype(rig.slot(0), ObjectType.UNTYPED, LARGE, rig.slot(1), 1));
    }

    @Test
    void theLastCapabilityToACNodeTakesItsContent() {
        Rig rig = rig();
        ok(rig.retype(rig.slot(0), ObjectType.CNODE, 1, rig.slot(1), 1));
        ok(rig.retype(rig.slot(0), ObjectType.UNTYPED, 12, rig.slot(2), 1));
        ok(rig.kernel.retype(rig.slot(2), endpoint(rig), 0, rig.slot(1), 0, 0, 1, 1));
        ok(rig.copy(rig.slot(3), rig.slot(1)));
        ok(rig.delete(rig.slot(1)));
        assertEquals(
                KernelError.revokeFirst(), rig.copy(rig.slot(4), rig.slot(2)), "the endpoint is there: a copy is left");
        ok(rig.delete(rig.slot(3)));
        ok(rig.copy(rig.slot(4), rig.slot(2)));
    }

    @Test
    void badgesAreGivenOnce() {
        Rig rig = rig();
        ok(rig.retype(rig.slot(0), ObjectType.ENDPOINT, 0, rig.slot(1), 1));
        ok(rig.mint(rig.slot(2), rig.slot(1), 5));
        assertEquals(KernelError.illegalOperation(), rig.mint(rig.slot(3), rig.slot(2), 5));
        assertEquals(KernelError.illegalOperation(), rig.mint(rig.slot(3), rig.slot(2), 6));
        assertEquals(
                KernelError.illegalOperation(), rig.kernel.mutate(rig.path(rig.slot(3)), rig.path(rig.slot(1)), 5));
        ok(rig.kernel.cancelBadgedSends(rig.path(rig.slot(2))));
        ok(rig.retype(rig.slot(0), ObjectType.NOTIFICATION, 0, rig.slot(3), 1));
        assertEquals(KernelError.illegalOperation(), rig.kernel.cancelBadgedSends(rig.path(rig.slot(3))));
        ok(rig.kernel.saveCaller(rig.path(rig.slot(4))));
    }

    @Test
    void rotateSwapsAndShifts() {
        Rig rig = rig();
        ok(rig.retype(rig.slot(0), ObjectType.TCB, 0, rig.slot(1), 1));
        ok(rig.retype(rig.slot(0), ObjectType.CNODE, 1, rig.slot(2), 1));
        assertEquals(KernelError.illegalOperation(), rotate(rig, 3, 2, 2), "pivot and source");
        assertEquals(KernelError.illegalOperation(), rotate(rig, 2, 2, 1), "pivot and destination");
        ok(rotate(rig, 3, 2, 1));
        assertTrue(rig.isEmpty(rig.slot(1)), "the source has moved on");
        ok(rotate(rig, 2, 3, 2));
        assertEquals(KernelError.deleteFirst(), rotate(rig, 3, 2, 1), "the destination is in use");
        // after the swap the CNode is in slot 2 again: its slots can be named
        ok(rig.kernel.retype(rig.slot(0), endpoint(rig), 0, rig.slot(2), 0, 0, 1, 1));
    }

    private static KernelError rotate(Rig rig, int to, int pivot, int from) {
        return rig.kernel.rotate(rig.path(rig.slot(to)), 0, rig.path(rig.slot(pivot)), 0, rig.path(rig.slot(from)));
    }

    @Test
    void aPoolTakesAnUntypedThatIsNotInUse() {
        Rig rig = rig();
        if (!rig.architecture.hasPaging()) {
            return;
        }
        int bits = 12;
        ok(rig.retype(rig.slot(0), ObjectType.UNTYPED, bits, rig.slot(1), 1));
        ok(rig.retype(rig.slot(1), ObjectType.ENDPOINT, 0, rig.slot(2), 1));
        assertEquals(
                KernelError.revokeFirst(),
                rig.kernel.asidControlMakePool(BootSlots.ASID_CONTROL, rig.slot(1), rig.path(rig.slot(3))));
        assertTrue(rig.isEmpty(rig.slot(3)));
    }

    @Test
    void aRefusalChangesNothing() {
        Rig rig = rig();
        ok(rig.retype(rig.slot(0), ObjectType.UNTYPED, LARGE - 1, rig.slot(1), 1));
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    KernelError.notEnoughMemory(1L << LARGE - 1),
                    rig.retype(rig.slot(0), ObjectType.UNTYPED, LARGE, rig.slot(2), 1));
            assertEquals(
                    KernelError.deleteFirst(), rig.retype(rig.slot(0), ObjectType.UNTYPED, LARGE - 1, rig.slot(1), 1));
        }
        ok(rig.retype(rig.slot(0), ObjectType.UNTYPED, LARGE - 1, rig.slot(2), 1));
    }
}
