package org.allocman.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.allocman.cspace.CSpace;
import org.allocman.qual.CPtr;
import org.allocman.untyped.Requester;
import org.allocman.untyped.SlotRuns;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/**
 * What a {@link CSpace} has to do: every slot once, until none is left, and all of them again when they were given back; a
 * slot it hands out is empty and can be named to the kernel both ways.
 */
public abstract class CSpaceContract {
    /**
     * A CSpace of which nothing is taken.
     *
     * @param cspace the CSpace
     * @param kernel in which its slots are
     * @param untyped cptr of an untyped of 2^12 bytes or more, for objects to put into slots
     * @param slots how many slots can be had, without a reserve
     * @param anyOrder whether slots can be given back in any order; if not, the last comes back first, and the CSpace need
     *     not tell slots that users hold from those in runs
     * @param laws what else is broken, as sentences; empty if all is well
     */
    public record Subject(
            CSpace cspace,
            Kernel kernel,
            @CPtr long untyped,
            long slots,
            boolean anyOrder,
            Supplier<List<String>> laws) {
        private KernelError make(long slot) {
            return kernel.retype(
                    untyped,
                    kernel.architecture().number(ObjectType.ENDPOINT),
                    0,
                    cspace.root(),
                    cspace.nodeIndex(slot),
                    cspace.nodeDepth(slot),
                    cspace.nodeOffset(slot),
                    1);
        }

        private KernelError delete(long slot) {
            return kernel.delete(cspace.root(), slot, cspace.depth());
        }
    }

    /** For those who extend it. */
    protected CSpaceContract() {}

    /**
     * Makes a CSpace.
     *
     * @return a fresh one
     */
    protected abstract Subject subject();

    private static void lawsHold(Subject subject) {
        assertEquals(List.of(), subject.laws.get());
    }

    @Test
    void everySlotCanBeHadOnce() {
        Subject subject = subject();
        Set<Long> taken = new HashSet<>();
        long slot = subject.cspace.take();
        while (slot != 0) {
            assertTrue(taken.add(slot), "slot " + slot + " was handed out twice");
            assertTrue(subject.cspace.isTaken(slot));
            slot = subject.cspace.take();
        }
        assertEquals(subject.slots, taken.size());
        assertEquals(0, subject.cspace.freeSlots());
        assertEquals(0, subject.cspace.takeRun(1, Requester.POOLS));
        lawsHold(subject);
    }

    @Test
    void whatIsGivenBackCanBeHadAgain() {
        Subject subject = subject();
        long free = subject.cspace.freeSlots();
        for (int turn = 0; turn < 3; turn++) {
            List<Long> taken = new ArrayList<>();
            for (long slot = subject.cspace.take(); slot != 0; slot = subject.cspace.take()) {
                taken.add(slot);
            }
            assertEquals(subject.slots, taken.size(), "turn " + turn);
            Collections.reverse(taken);
            if (subject.anyOrder) {
                Collections.shuffle(taken, new Random(turn));
            }
            for (long slot : taken) {
                assertTrue(subject.cspace.canGiveBack(slot));
                subject.cspace.giveBack(slot);
                assertFalse(subject.cspace.isTaken(slot));
            }
            assertEquals(free, subject.cspace.freeSlots());
            lawsHold(subject);
        }
    }

    @Test
    void slotsCanBeNamedToTheKernel() {
        Subject subject = subject();
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < Math.min(64, subject.slots); i++) {
            long slot = subject.cspace.take();
            taken.add(slot);
            assertEquals(KernelError.NO_ERROR, subject.make(slot), "slot " + slot + " is an empty one");
            assertEquals(KernelError.Code.DELETE_FIRST, subject.make(slot).code(), "there is something in it now");
            lawsHold(subject);
        }
        Collections.reverse(taken);
        for (long slot : taken) {
            assertEquals(KernelError.NO_ERROR, subject.delete(slot));
            assertEquals(KernelError.NO_ERROR, subject.make(slot), "both ways name the same slot");
            assertEquals(KernelError.NO_ERROR, subject.delete(slot));
            subject.cspace.giveBack(slot);
            lawsHold(subject);
        }
    }

    @Test
    void runsLieInOneCNodeApartFromOthers() {
        Subject subject = subject();
        long free = subject.cspace.freeSlots();
        Set<Long> taken = new HashSet<>();
        Deque<Runnable> back = new ArrayDeque<>();
        for (int i = 0; i < 40; i++) {
            int count = 1 << i % 7;
            long first = subject.cspace.takeRun(count, i % 2 == 0 ? Requester.POOLS : Requester.CLIENT);
            if (first != 0) {
                back.push(() -> subject.cspace.giveBackRun(first, count));
                for (int member = 0; member < count; member++) {
                    long slot = first + member;
                    assertTrue(taken.add(slot), "slot " + slot + " was handed out twice");
                    assertFalse(subject.anyOrder && subject.cspace.isTaken(slot), "it is not one that users hold");
                    assertEquals(subject.cspace.nodeIndex(first), subject.cspace.nodeIndex(slot), "one CNode");
                    assertEquals(subject.cspace.nodeOffset(first) + member, subject.cspace.nodeOffset(slot));
                }
            }
            long single = subject.cspace.take();
            if (single != 0) {
                back.push(() -> subject.cspace.giveBack(single));
                assertTrue(taken.add(single), "slot " + single + " was handed out twice");
            }
            lawsHold(subject);
        }
        back.forEach(Runnable::run);
        assertEquals(free, subject.cspace.freeSlots());
        lawsHold(subject);
    }

    @Test
    void severalSlotsForOneRetypeAreGivenBackOneByOne() {
        Subject subject = subject();
        int count = 5;
        long first = subject.cspace.takeSeveral(count);
        assertTrue(first != 0);
        for (int member = count - 1; member >= 0; member--) {
            long slot = first + member;
            assertTrue(subject.cspace.isTaken(slot));
            assertEquals(subject.cspace.nodeIndex(first), subject.cspace.nodeIndex(slot), "one CNode");
            assertEquals(subject.cspace.nodeOffset(first) + member, subject.cspace.nodeOffset(slot));
            subject.cspace.giveBack(slot);
            assertTrue(subject.cspace.isFree(slot));
        }
        lawsHold(subject);
        assertEquals(first, subject.cspace.takeSeveral(count), "the same again");
    }

    @Test
    void aSlotThatIsFreeCanBeHadByNumber() {
        Subject subject = subject();
        long slot = subject.cspace.take();
        assertFalse(subject.cspace.takeAt(slot), "it is taken");
        for (long number : new long[] {0, -1, Long.MIN_VALUE, subject.cspace.end(), Long.MAX_VALUE}) {
            assertFalse(subject.cspace.takeAt(number));
            assertFalse(subject.cspace.isFree(number));
        }
        subject.cspace.giveBack(slot);
        assertTrue(subject.cspace.takeAt(slot));
        assertTrue(subject.cspace.isTaken(slot));
        subject.cspace.giveBack(slot);
        lawsHold(subject);
    }

    @Test
    void numbersThatWereNotHandedOutAreNotTaken() {
        Subject subject = subject();
        long slot = subject.cspace.take();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertFalse(subject.cspace.isTaken(slot ^ 1L << bit));
        }
        assertFalse(subject.cspace.isTaken(0));
        assertFalse(subject.cspace.isTaken(-1));
        subject.cspace.giveBack(slot);
        assertFalse(subject.cspace.isTaken(slot));
    }

    @Test
    void usersLeaveTheReserve() {
        Subject subject = subject();
        subject.cspace.reserve(1);
        if (!subject.cspace.hasReserve()) {
            return;
        }
        long users = 0;
        while (subject.cspace.take() != 0) {
            users++;
        }
        while (subject.cspace.takeRun(1, Requester.CLIENT) != 0) {
            users++;
        }
        assertTrue(subject.cspace.hasReserve());
        assertEquals(subject.slots - SlotRuns.MAX_RUN, users);
        assertTrue(subject.cspace.takeRun(SlotRuns.MAX_RUN, Requester.POOLS) != 0, "the pools' own growth may use it");
        lawsHold(subject);
    }
}
