package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.sim.board.Boards;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CNodes of the second level come when slots are wanted, one by one or all at once, and go when they are not used. */
class SecondLevelsTest {
    private static final int NODE_BITS = 6;
    private static final int IN_NODE = 1 << NODE_BITS;
    private static final CSpaceGeometry CSPACE = CSpaceGeometry.twoLevel(3, NODE_BITS);

    private static final int MOST_PIECE = 4032;
    private static final int LEAST_PIECE = 1;

    private final HeardGrowth growth = new HeardGrowth();

    private Rig rig(UntypedDesign kind) throws Exception {
        Rig rig = new Rig(Boards.byName("tiny"), new Pools(-1, 0, kind, CSPACE), growth);
        rig.allocman.trim();
        growth.heard.clear();
        return rig;
    }

    private static List<Long> takeAll(Allocman allocman) {
        List<Long> taken = new ArrayList<>();
        for (long slot = allocman.slots().take();
                slot > 0;
                slot = allocman.slots().take()) {
            taken.add(slot);
        }
        return taken;
    }

    private static boolean isThere(Allocman allocman, int node) {
        for (long slot = (long) node * IN_NODE; slot < (long) (node + 1) * IN_NODE; slot++) {
            if (allocman.slots().cspace().isFree(slot)
                    || allocman.slots().cspace().isTaken(slot)) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void everySlotCanBeHadWhenNoneIsMissing(UntypedDesign kind) throws Exception {
        Rig rig = rig(kind);
        long before = rig.allocman.slots().cspace().slotsThere();
        List<Long> taken = takeAll(rig.allocman);
        assertEquals(
                rig.allocman.slots().cspace().end(),
                rig.allocman.slots().cspace().slotsThere());
        assertEquals(0, rig.allocman.slots().cspace().freeSlots(), "nothing is set apart for a CNode that cannot come");
        assertEquals(0, rig.allocman.statistics().reserve().slotWords());
        List<String> made = growth.take("made ");
        assertEquals((rig.allocman.slots().cspace().end() - before) / IN_NODE, made.size());
        assertTrue(made.get(0).endsWith(" of " + IN_NODE), made.get(0));
        assertEquals(Refusal.OUT_OF_SLOTS, rig.allocman.slots().takeSeveral(1));
        assertEquals(List.of(), rig.brokenAnywhere());
        if (!kind.canFree()) {
            return;
        }
        for (long slot : taken) {
            assertEquals(0, rig.allocman.slots().free(slot));
            assertTrue(rig.allocman.isReserveFull() || growth.heard.isEmpty(), "no CNode goes that the reserve needs");
        }
        assertTrue(rig.allocman.isReserveFull());
        long now = rig.allocman.slots().cspace().slotsThere();
        assertTrue(now == before || now == before + IN_NODE, "but for one CNode, as at first, not " + now);
        assertEquals(
                (rig.allocman.slots().cspace().end() - now) / IN_NODE,
                growth.take("given back ").size());
        rig.allocman.trim();
        assertEquals(before, rig.allocman.slots().cspace().slotsThere());
        assertTrue(rig.isWhole() || before > 0);
        assertEquals(List.of(), rig.brokenAnywhere());
    }

    /** When all CNodes are there, clients may have the records that another one would need; then none may go. */
    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void noCNodeGoesThatCouldNotComeAgain(UntypedDesign kind) throws Exception {
        Rig rig = rig(kind);
        List<Long> taken = takeAll(rig.allocman);
        for (int bytes = MOST_PIECE; bytes >= LEAST_PIECE; bytes /= 2) {
            long piece = rig.allocman.memory().allocate(bytes);
            while (piece > 0) {
                piece = rig.allocman.memory().allocate(bytes);
            }
        }
        boolean wasFull = rig.allocman.isReserveFull();
        for (long slot : taken) {
            assertEquals(0, rig.allocman.slots().free(slot));
            assertTrue(rig.allocman.isReserveFull() || !wasFull, "a CNode has gone that could not come again");
        }
        assertEquals(List.of(), rig.brokenAnywhere());
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void aSlotCanBeChosen(UntypedDesign kind) throws Exception {
        Rig rig = rig(kind);
        Allocman allocman = rig.allocman;
        long last = allocman.slots().cspace().end() - 1;
        int node = (int) (last / IN_NODE);
        assertEquals(Refusal.NOT_MANAGED, allocman.slots().takeAt(0));
        assertEquals(Refusal.NOT_MANAGED, allocman.slots().takeAt(-1));
        assertEquals(Refusal.NOT_MANAGED, allocman.slots().takeAt(last + 1));
        assertFalse(isThere(allocman, node));
        Fingerprint before = rig.fingerprint();
        rig.kernel.failAt(1, true);
        assertTrue(Refusal.isKernel(allocman.slots().takeAt(last)), "the kernel makes no CNode");
        rig.kernel.heal();
        assertEquals(before, rig.fingerprint());
        assertEquals(last, allocman.slots().takeAt(last));
        assertTrue(growth.take("made ").contains("made " + node + " of " + IN_NODE));
        assertTrue(allocman.slots().cspace().isTaken(last));
        assertEquals(Refusal.IN_USE, allocman.slots().takeAt(last));
        assertEquals(last - 1, allocman.slots().takeAt(last - 1), "in a CNode that is there");
        assertEquals(List.of(), growth.take("made "));
        assertTrue(allocman.isReserveFull());
        assertEquals(List.of(), rig.brokenAnywhere());
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void severalInOneCNode(UntypedDesign kind) throws Exception {
        Rig rig = rig(kind);
        Allocman allocman = rig.allocman;
        int most = allocman.slots().cspace().longestRun();
        assertEquals(IN_NODE, most);
        assertEquals(Refusal.ILLEGAL_SIZE, allocman.slots().takeSeveral(0));
        assertEquals(Refusal.ILLEGAL_SIZE, allocman.slots().takeSeveral(most + 1));
        List<Long> firsts = new ArrayList<>();
        for (long first = allocman.slots().takeSeveral(most);
                first > 0;
                first = allocman.slots().takeSeveral(most)) {
            assertEquals(0, first % IN_NODE);
            firsts.add(first);
        }
        assertTrue(firsts.size() > 3, "CNodes come for runs, too: " + firsts);
        assertEquals(allocman.slots().cspace().end(), allocman.slots().cspace().slotsThere());
        assertEquals(firsts.size(), firsts.stream().distinct().count());
        long one = allocman.slots().takeSeveral(1);
        assertTrue(one > 0 && allocman.slots().cspace().isTaken(one), "there are shorter ones");
        for (long first : firsts) {
            for (int i = 0; i < most; i++) {
                assertEquals(0, allocman.slots().free(first + i), "each is given back for itself");
            }
        }
        assertEquals(List.of(), rig.brokenAnywhere());
    }

    /** Whatever the kernel refuses while CNodes go: what is not gone stays in use, and goes when it can. */
    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void aRefusedCNodeStays(UntypedDesign kind) throws Exception {
        Rig rig = rig(kind);
        Allocman allocman = rig.allocman;
        long before = allocman.slots().cspace().slotsThere();
        boolean failed = true;
        int refused = 0;
        for (int n = 1; failed; n++) {
            rig.rewind();
            growth.heard.clear();
            List<Long> taken = takeAll(allocman);
            rig.kernel.failAt(n, false);
            for (long slot : taken) {
                long refusal = allocman.slots().free(slot);
                if (refusal != 0) {
                    assertTrue(Refusal.isKernel(refusal));
                    assertTrue(allocman.slots().cspace().isTaken(slot), "it is still the user's");
                    assertEquals(0, allocman.slots().free(slot));
                    refused++;
                }
            }
            failed = rig.kernel.hasFailed() && n < 40;
            rig.kernel.heal();
            assertEquals(List.of(), rig.broken());
            assertTrue(allocman.isReserveFull());
            rig.kernel.failAt(1, true);
            allocman.trim();
            assertEquals(List.of(), rig.broken(), "after a trim that is refused");
            rig.kernel.heal();
            allocman.trim();
            assertEquals(before, allocman.slots().cspace().slotsThere());
            assertEquals(List.of(), rig.broken());
        }
        assertTrue(refused > 0);
    }

    /** What an empty arena keeps is given to who asks for a slot. */
    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void keptSlotsAreGivenOut(UntypedDesign kind) throws Exception {
        for (boolean several : new boolean[] {false, true}) {
            Rig rig = new Rig(Boards.byName("tiny"), new Pools(0xc000, 0, kind));
            Allocman allocman = rig.allocman;
            List<Long> objects = new ArrayList<>();
            for (ObjectType type : new ObjectType[] {ObjectType.ENDPOINT, ObjectType.TCB, ObjectType.SMALL_PAGE}) {
                for (int i = 0; i < 5; i++) {
                    objects.add(allocman.allocate(type, 0, 0));
                }
            }
            for (long object : objects) {
                assertEquals(0, allocman.free(object));
            }
            int count = several ? 2 : 1;
            long slot = 1;
            while (slot > 0) {
                slot = several
                        ? allocman.slots().takeSeveral(2)
                        : allocman.slots().take();
            }
            assertEquals(Refusal.OUT_OF_SLOTS, slot);
            allocman.untypeds().manager().trim();
            assertEquals(0, allocman.slots().cspace().takeSeveral(count), "nothing was kept back");
            assertEquals(List.of(), rig.broken());
        }
    }

    /** A slot that the kernel does not empty is not given back. */
    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void aSlotThatIsNotEmptiedIsKept(UntypedDesign kind) throws Exception {
        Rig rig = new Rig(Boards.byName("tiny"), new Pools(-1, 0, kind));
        long slot = rig.allocman.slots().take();
        Fingerprint before = rig.fingerprint();
        rig.kernel.failAt(1, true);
        long refusal = rig.allocman.slots().free(slot);
        assertTrue(Refusal.isKernel(refusal), "refused: " + refusal);
        assertTrue(Refusal.kernelCode(refusal) != KernelError.Code.NO_ERROR);
        assertEquals(before, rig.fingerprint());
        rig.kernel.heal();
        assertEquals(0, rig.allocman.slots().free(slot));
    }
}
