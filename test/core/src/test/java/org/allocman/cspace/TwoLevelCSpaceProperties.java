package org.allocman.cspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.mspace.FixedPages;
import org.allocman.mspace.SlabMspace;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.untyped.Requester;
import org.allocman.vka.Memory;

class TwoLevelCSpaceProperties {
    private static final long STATE = 0x1000;
    private static final long PAGES_STATE = 0x1800;
    private static final long SETS = 0x2000;
    private static final long PAGES = 0x10_0000;
    private static final int DEPTH = 20;

    private record Space(PhysicalMemory physical, TwoLevelCSpace cspace, int secondBits) {
        int first(int node) {
            return node << secondBits;
        }

        int end(int node) {
            return node + 1 << secondBits;
        }
    }

    private static Space space(int firstBits, int secondBits, int pages) {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0x1f_ffff)));
        Memory memory = physical.words();
        FixedPages fixed = new FixedPages(memory, PAGES_STATE, PAGES, pages);
        fixed.initialise();
        SlabMspace records = new SlabMspace(memory, STATE + 64, fixed, CSpaceDesigns.TWO_LEVEL.records());
        TwoLevelCSpace cspace = new TwoLevelCSpace(memory, STATE, SETS, records, 2, DEPTH, firstBits, secondBits);
        cspace.initialise();
        return new Space(physical, cspace, secondBits);
    }

    /** A request that is a multiple of 5 opens the next CNode or closes one that is not used. */
    @Property(tries = 300)
    void slotsComeAndGoWithTheirCNodes(
            @ForAll @IntRange(min = 1, max = 4) int firstBits,
            @ForAll @IntRange(min = 1, max = 12) int secondBits,
            @ForAll @IntRange(min = 1, max = 200) int start,
            @ForAll @Size(max = 150) List<@IntRange(min = 0, max = 1 << 20) Integer> requests) {
        Space space = space(firstBits, secondBits, 40);
        TwoLevelCSpace cspace = space.cspace;
        int initial = Math.min(start, 1 << firstBits + secondBits);
        cspace.addFree(1, initial);
        SlotModel model = new SlotModel(cspace, 1 << secondBits);
        model.add(1, initial);
        int permanent = cspace.nodes();
        Fingerprint fresh = space.physical.fingerprint();
        for (int request : requests) {
            if (request % 5 == 0 && request % 2 == 0) {
                open(space, model);
            } else if (request % 5 == 0) {
                close(space, model);
            } else {
                model.step(request);
            }
        }
        model.giveBackAll();
        while (close(space, model)) {
            // until none is left that can be closed
        }
        assertEquals(permanent, cspace.nodes(), "every CNode that was opened is unused in the end");
        assertEquals(fresh, space.physical.fingerprint(), "when all is given back, memory is as at the start");
    }

    private static void open(Space space, SlotModel model) {
        int node = space.cspace.firstMissing();
        if (node >= 0 && space.cspace.prepare(node)) {
            assertFalse(space.cspace.isThere(node));
            space.cspace.open(node, 77 + node);
            assertEquals(77 + node, space.cspace.handle(node));
            model.add(space.first(node), space.end(node));
        }
    }

    private static boolean close(Space space, SlotModel model) {
        int node = space.cspace.nextUnused(0);
        if (node < 0) {
            return false;
        }
        assertTrue(model.isUnused(space.first(node), space.end(node)));
        space.cspace.close(node);
        space.cspace.cancel(node);
        assertFalse(space.cspace.isFree(space.first(node) + 1));
        model.remove(space.first(node), space.end(node));
        return true;
    }

    @Property(tries = 60)
    void usersLeaveTheReserve(
            @ForAll @IntRange(min = 0, max = 3) int words, @ForAll @IntRange(min = 4, max = 11) int secondBits) {
        TwoLevelCSpace cspace = space(12 - secondBits, secondBits, 60).cspace;
        cspace.addFree(10, 512);
        cspace.reserve(words);
        int singles = 0;
        while (cspace.take() != 0) {
            singles++;
        }
        assertEquals(512 - 10 - 64 * words, singles);
        assertTrue(cspace.hasReserve());
        int run = 1 << Math.min(6, secondBits);
        assertEquals(0, cspace.takeRun(run, Requester.CLIENT));
        assertEquals(words > 0, cspace.takeRun(run, Requester.POOLS) != 0, "the pools' own growth may use it");
    }

    @Property(tries = 40)
    void withoutRecordsNoCNodeIsPrepared(@ForAll @IntRange(min = 11, max = 14) int secondBits) {
        Space space = space(2, secondBits, 1);
        int node = 0;
        while (space.cspace.prepare(node)) {
            space.cspace.open(node++, 1);
            if (node == 4) {
                return;
            }
        }
        Fingerprint before = space.physical.fingerprint();
        assertFalse(space.cspace.prepare(node));
        assertEquals(before, space.physical.fingerprint(), "a refusal changes nothing");
    }

    @Example
    void placesAreThoseOfTheSecondLevel() {
        TwoLevelCSpace cspace = space(4, 8, 4).cspace;
        assertEquals(0x2, cspace.nodeIndex(0x234));
        assertEquals(DEPTH - 8, cspace.nodeDepth(0x234));
        assertEquals(0x34, cspace.nodeOffset(0x234));
        assertEquals(0, cspace.nodeDepth(cspace.placeOf(3)), "the CNode itself goes into the root");
        assertEquals(3, cspace.nodeOffset(cspace.placeOf(3)));
    }
}
