package org.allocman.manager.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.allocman.manager.Allocman;
import org.allocman.manager.GrowthReserve;
import org.allocman.vka.Architecture;

/**
 * When every CNode of the second level is there, nothing is set apart for another: users can have each slot, but for those that a
 * page of a virtual pool needs that is not full.
 */
final class FullCSpaceLaw {
    private static final int SLOTS_IN_WORD = 64;

    private final ModelMachine on;
    private final Allocman allocman;
    private final long forPage;
    private boolean wasFull;

    FullCSpaceLaw(ModelMachine on) {
        this.on = on;
        this.allocman = on.allocman;
        Architecture architecture = allocman.architecture();
        int largest = 0;
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            largest = Math.max(largest, allocman.untypeds().roots().sizeBits(i));
        }
        this.forPage = GrowthReserve.ofPage(allocman.layout().untypeds(), architecture, largest)
                .slots();
    }

    /** Checks it if the last CNode just came. The machine is the same afterwards. Whether there was something to check. */
    boolean checkIfNew(String when) {
        boolean isFull = allocman.layout().cspace().secondBits() > 0
                && allocman.slots().cspace().slotsThere()
                        == allocman.slots().cspace().end();
        boolean isNew = isFull && !wasFull;
        wasFull = isFull;
        if (isNew) {
            check(when);
        }
        return isNew;
    }

    private void check(String when) {
        int before = on.machine.memory().startJournal();
        long slot = allocman.slots().take();
        while (slot > 0) {
            slot = allocman.slots().take();
        }
        boolean windowIsFull =
                allocman.statistics().virtualPagesMapped() == allocman.layout().windowPages();
        long left = allocman.slots().cspace().freeSlots();
        assertTrue(
                left <= (windowIsFull ? 0 : forPage),
                when + ": no CNode is missing, and " + left + " slots are refused, " + allocman.statistics());
        on.machine.memory().rewind(before);
        on.machine.memory().stopJournal();
    }
}
