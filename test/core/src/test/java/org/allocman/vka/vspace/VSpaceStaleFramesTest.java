package org.allocman.vka.vspace;

import static org.allocman.vka.VkaException.orThrow;
import static org.allocman.vka.vspace.VSpaceRig.EDGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
import java.util.List;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.DebugVka;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that were given back while a list of pages has them still: their slots are somebody else's. */
class VSpaceStaleFramesTest {
    private static final String PAGED = "org.allocman.testkit.arbitraries.Machines#paged";
    private static final long OTHER = 0x6180_0000L - 2 * 4096;
    private static final long THEIRS = 0x6200_0000L;
    private static final long NOWHERE = 0x7000_0000L;
    private static final int MOST_FAULTS = 300;

    private static void refused(Reason reason, Option<VkaError> answer) {
        assertEquals(Option.some(reason), answer.map(VkaError::reason), answer::toString);
    }

    /** Somebody else's list; it brings the paging structures of both. */
    private static VSpace others(VSpaceRig rig) {
        VSpace others = new VSpace(rig.vka, rig.kernel, BootSlots.VSPACE);
        orThrow(others.map(THEIRS, 1, CapRights.READ_WRITE));
        return others;
    }

    /** Gives a frame back; who comes next gets its slot, and maps it. */
    private static VkaObject swap(VSpaceRig rig, VkaObject frame, VSpace others) {
        orThrow(rig.vka.free(frame));
        VkaObject next = orThrow(rig.vka.smallPage());
        assertEquals(frame.cptr(), next.cptr(), "the slot is used again");
        orThrow(others.map(THEIRS + 4096, next, CapRights.READ_WRITE));
        rig.write(THEIRS, 2);
        return next;
    }

    private static void isClean(VSpaceRig rig, VSpace others, VkaObject next) {
        rig.holds(THEIRS, 2);
        orThrow(others.unmapAll());
        orThrow(rig.vka.free(next));
        assertEquals(0, others.tables());
        rig.isClean();
    }

    @ParameterizedTest
    @MethodSource(PAGED)
    void aFrameThatWasGivenBackIsNotMapped(Architecture architecture) throws Exception {
        VSpaceRig rig = new VSpaceRig(architecture);
        VkaObject frame = orThrow(rig.vka.smallPage());
        orThrow(rig.vka.free(frame));
        VkaObject next = orThrow(rig.vka.smallPage());
        assertEquals(frame.cptr(), next.cptr(), "the slot is used again");
        refused(Reason.STALE_HANDLE, rig.vspace.map(EDGE, frame, CapRights.READ_WRITE));
        assertEquals(0, rig.vspace.pages().size());
        orThrow(rig.vspace.map(EDGE, next, CapRights.READ_WRITE));
        refused(Reason.IN_USE, rig.vspace.map(EDGE, frame, CapRights.READ_WRITE));
        orThrow(rig.vspace.unmapAll());
        orThrow(rig.vka.free(next));
        rig.isClean();
    }

    @ParameterizedTest
    @MethodSource(PAGED)
    void aPageWhoseFrameIsGoneIsTakenOffTheList(Architecture architecture) throws Exception {
        VSpaceRig rig = new VSpaceRig(architecture);
        VSpace others = others(rig);
        VkaObject frame = orThrow(rig.vka.smallPage());
        orThrow(rig.vspace.map(EDGE, frame, CapRights.READ_WRITE));
        orThrow(rig.vspace.map(EDGE + 4096, 1, CapRights.READ_WRITE));
        VkaObject next = swap(rig, frame, others);
        List<MappedPage> pages = List.copyOf(rig.vspace.pages());
        refused(Reason.STALE_HANDLE, rig.vspace.protect(EDGE, 2, CapRights.READ_ONLY));
        assertEquals(pages, List.copyOf(rig.vspace.pages()));
        refused(Reason.IN_USE, rig.vspace.map(EDGE, 1, CapRights.READ_WRITE));
        orThrow(rig.vspace.unmap(EDGE, 1));
        assertEquals(pages.subList(1, 2), List.copyOf(rig.vspace.pages()));
        orThrow(rig.vspace.map(EDGE, 1, CapRights.READ_WRITE));
        orThrow(rig.vspace.unmapAll());
        isClean(rig, others, next);
    }

    /** Before the kernel refuses or after, when there is something to undo: the one who has the slot now notices nothing. */
    @ParameterizedTest
    @MethodSource(PAGED)
    void noRefusalTouchesWhoHasTheSlotNow(Architecture architecture) throws Exception {
        VSpaceRig rig = new VSpaceRig(architecture);
        for (int variant = 0; variant < 4; variant++) {
            int refusals = 0;
            boolean hasFailed = true;
            for (int n = 1; hasFailed; n++) {
                assertTrue(n < MOST_FAULTS);
                rig.rewind();
                hasFailed = oneFault(rig, n, (variant & 1) != 0, (variant & 2) != 0);
                refusals += hasFailed ? 1 : 0;
            }
            assertTrue(refusals >= 3, "every invocation was refused once, " + refusals + " of them");
        }
    }

    private static boolean oneFault(VSpaceRig rig, int n, boolean andAllAfter, boolean isGoneBefore) {
        String fault = "fault " + n + (andAllAfter ? " and all after" : "") + (isGoneBefore ? ", gone before" : "");
        VSpace others = others(rig);
        VkaObject frame = orThrow(rig.vka.smallPage());
        orThrow(rig.vspace.map(OTHER, 1, CapRights.READ_WRITE));
        orThrow(rig.vspace.map(EDGE + 4096, 2, CapRights.READ_WRITE));
        orThrow(rig.vspace.map(EDGE, frame, CapRights.READ_WRITE));
        rig.write(EDGE, 3);
        List<MappedPage> pages = List.copyOf(rig.vspace.pages());
        VkaObject next = isGoneBefore ? swap(rig, frame, others) : frame;
        rig.kernel.failAt(n, andAllAfter);
        Option<VkaError> answer = rig.vspace.unmapAll();
        boolean hasFailed = rig.kernel.hasFailed();
        rig.kernel.heal();
        next = isGoneBefore ? next : swap(rig, frame, others);
        // whatever could not be undone is undone with the next operation
        Option<VkaError> settled = rig.vspace.unmap(NOWHERE, 1);
        assertEquals(Option.some(Reason.NOT_MANAGED), settled.map(VkaError::reason), fault);
        assertEquals(0, rig.vspace.pending(), fault);
        assertEquals(answer.isDefined() ? pages : List.of(), List.copyOf(rig.vspace.pages()), fault);
        if (answer.isDefined()) {
            assertEquals(78, rig.memory().load32(EDGE + 4096, 8), fault);
        }
        orThrow(rig.vspace.unmapAll());
        isClean(rig, others, next);
        return hasFailed;
    }

    /** Frames of the address space's own and paging structures, too, whatever is still to be undone. */
    @ParameterizedTest
    @MethodSource(PAGED)
    void whatSomebodyElseGaveBackIsForgotten(Architecture architecture) throws Exception {
        VSpaceRig rig = new VSpaceRig(architecture);
        boolean hasFailed = true;
        int left = 0;
        for (int n = 1; hasFailed; n++) {
            assertTrue(n < MOST_FAULTS);
            rig.rewind();
            orThrow(rig.vspace.map(EDGE, 3, CapRights.READ_WRITE));
            rig.kernel.failAt(n, true);
            Option<VkaError> answer = rig.vspace.unmapAll();
            hasFailed = rig.kernel.hasFailed();
            rig.kernel.heal();
            assertTrue(hasFailed || answer.isEmpty(), answer::toString);
            left += answer.isEmpty() && rig.vspace.pending() > 0 ? 1 : 0;
            for (DebugVka.Allocation allocation : rig.vka.live()) {
                VkaObject object = allocation.object();
                if (object != null) {
                    orThrow(rig.vka.free(object));
                }
            }
            orThrow(rig.vspace.unmapAll());
            assertEquals(0, rig.vspace.pages().size());
            rig.isClean();
        }
        assertTrue(left >= 3, left + " times something was still to be given back");
    }
}
