package org.allocman.vka.vspace;

import static org.allocman.vka.VkaException.orThrow;
import static org.allocman.vka.vspace.VSpaceRig.EDGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
import java.util.List;
import java.util.function.Function;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.DebugVka;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever invocation the kernel refuses, alone or with all that follow, an operation is done or has changed nothing. */
class VSpaceFaultsTest {
    private static final String PAGED = "org.allocman.testkit.arbitraries.Machines#paged";
    private static final long OTHER = 0x6180_0000L - 2 * 4096;
    private static final long NOWHERE = 0x7000_0000L;
    private static final int MOST_FAULTS = 300;

    @ParameterizedTest
    @MethodSource(PAGED)
    void mapping(Architecture architecture) throws Exception {
        allFaults(architecture, vspace -> vspace.map(OTHER, 4, CapRights.READ_WRITE));
    }

    @ParameterizedTest
    @MethodSource(PAGED)
    void unmapping(Architecture architecture) throws Exception {
        allFaults(architecture, vspace -> vspace.unmap(EDGE, 3));
    }

    @ParameterizedTest
    @MethodSource(PAGED)
    void protecting(Architecture architecture) throws Exception {
        allFaults(architecture, vspace -> vspace.protect(EDGE, 3, CapRights.READ_ONLY));
    }

    private static void allFaults(Architecture architecture, Function<VSpace, Option<VkaError>> operation)
            throws Exception {
        VSpaceRig rig = new VSpaceRig(architecture);
        for (boolean andAllAfter : new boolean[] {false, true}) {
            int refusals = 0;
            int n = 1;
            boolean hasFailed = true;
            for (; hasFailed && n < MOST_FAULTS; n++) {
                rig.rewind();
                hasFailed = oneFault(rig, operation, n, andAllAfter);
                refusals += hasFailed ? 1 : 0;
            }
            assertTrue(!hasFailed && refusals >= 3, "every invocation was refused once, " + refusals + " of them");
        }
    }

    private static boolean oneFault(
            VSpaceRig rig, Function<VSpace, Option<VkaError>> operation, int n, boolean andAllAfter) {
        orThrow(rig.vspace.map(EDGE, 3, CapRights.READ_WRITE));
        rig.write(EDGE, 3);
        List<MappedPage> pages = List.copyOf(rig.vspace.pages());
        List<VkaObject> live = live(rig);
        rig.kernel.failAt(n, andAllAfter);
        Option<VkaError> answer = operation.apply(rig.vspace);
        boolean hasFailed = rig.kernel.hasFailed();
        rig.kernel.heal();
        // whatever could not be undone is undone with the next operation
        Option<VkaError> next = rig.vspace.unmap(NOWHERE, 1);
        assertEquals(Option.some(Reason.NOT_MANAGED), next.map(VkaError::reason), "fault " + n);
        assertEquals(0, rig.vspace.pending(), "fault " + n);
        if (answer.isDefined()) {
            assertTrue(hasFailed, answer::toString);
            assertEquals(pages, List.copyOf(rig.vspace.pages()), "fault " + n);
            assertEquals(live, live(rig), "fault " + n);
            rig.holds(EDGE, 3);
            rig.write(EDGE, 3);
        }
        orThrow(rig.vspace.unmapAll());
        rig.isClean();
        return hasFailed;
    }

    private static List<VkaObject> live(VSpaceRig rig) {
        return rig.vka.live().stream().map(DebugVka.Allocation::object).toList();
    }
}
