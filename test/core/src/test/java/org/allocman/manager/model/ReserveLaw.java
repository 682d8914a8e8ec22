package org.allocman.manager.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.manager.Allocman;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Requester;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/**
 * A full reserve is enough: with everything else taken, a page, a slot, and a line of arenas for each size can be had. Users take all
 * that the manager lets them have while the kernel refuses to grow anything; but for the largest block that is left, all memory
 * is taken, too, so that a growth has to begin at the very top.
 */
final class ReserveLaw {
    private static final int PAGE_BITS = 12;

    private final ModelMachine on;
    private final Allocman allocman;

    ReserveLaw(ModelMachine on) {
        this.on = on;
        this.allocman = on.allocman;
    }

    /** Checks it in the state the machine is in, which is the same afterwards. Whether there was something to check. */
    boolean check(String when) {
        if (!allocman.isReserveFull()
                || allocman.statistics().virtualPagesMapped()
                        == allocman.layout().windowPages()) {
            return false;
        }
        int before = on.machine.memory().startJournal();
        boolean checked = false;
        takeMemory();
        takeTheRest();
        if (allocman.isReserveFull() && allocman.untypeds().manager().largestFree(MemoryKind.KERNEL) > PAGE_BITS + 1) {
            growths(when);
            checked = true;
        }
        on.machine.memory().rewind(before);
        on.machine.memory().stopJournal();
        return checked;
    }

    /** Every block but one of the largest size. What is taken for that of records and slots is the users', not the reserve's. */
    private void takeMemory() {
        int largest = allocman.untypeds().manager().largestFree(MemoryKind.KERNEL);
        for (int bits = largest; bits >= Architecture.MIN_UNTYPED_BITS; bits--) {
            long leave = bits == largest ? 1 : 0;
            long left = allocman.untypeds().manager().freeBlocks(MemoryKind.KERNEL, bits);
            int type = allocman.architecture().number(ObjectType.UNTYPED);
            while (left > leave
                    && allocman.untypeds().manager().allocate(MemoryKind.KERNEL, type, bits, bits, 0, Requester.CLIENT)
                            > 0) {
                left = Math.min(left - 1, allocman.untypeds().manager().freeBlocks(MemoryKind.KERNEL, bits));
            }
        }
    }

    /** Slots and records, as far as the manager gives them. */
    private void takeTheRest() {
        on.kernel.failAt(1, true);
        boolean any = true;
        while (any) {
            any = allocman.slots().cspace().take() != 0;
        }
        for (int bytes : new int[] {4032, 2000, 1000, 576, 320, 256, 192, 64}) {
            while (allocman.memory().allocate(bytes) > 0) {
                // each turn takes some of what is there
            }
        }
        on.kernel.heal();
    }

    private void growths(String when) {
        int now = on.machine.memory().checkpoint();
        if (allocman.architecture().hasPaging()) {
            assertEquals(
                    0, allocman.addPage(), when + ": no page can be had with a full reserve, " + allocman.statistics());
            assertEquals(List.of(), on.broken(), when);
            on.machine.memory().rewind(now);
        }
        if (allocman.layout().cspace().secondBits() > 0
                && allocman.slots().cspace().slotsThere()
                        < allocman.slots().cspace().end()) {
            long slot = allocman.slots().take();
            assertTrue(slot > 0, when + ": no CNode can be had with a full reserve, " + allocman.statistics());
            on.machine.memory().rewind(now);
        }
        int type = allocman.architecture().number(ObjectType.UNTYPED);
        for (int bits = PAGE_BITS; bits < allocman.untypeds().manager().largestFree(MemoryKind.KERNEL); bits++) {
            long handle =
                    allocman.untypeds().manager().allocate(MemoryKind.KERNEL, type, bits, bits, 0, Requester.POOLS);
            assertTrue(handle > 0, when + ": the pools cannot have 2^" + bits + " bytes: " + handle);
            on.machine.memory().rewind(now);
        }
    }
}
