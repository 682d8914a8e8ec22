package org.allocman.check.manager;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.allocman.manager.Allocman;
import org.allocman.manager.Health;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.Slots;

/**
 * What must hold of a manager between two operations. Each check answers sentences that name the arena, slot or address
 * that breaks it; an empty list is good.
 */
public final class ManagerInvariants {
    private final Allocman allocman;
    private final Slots slots;
    private final SlotWords slotWords;
    private final LongPredicate isInClientSlot;

    /**
     * Prepares to check.
     *
     * @param allocman the manager
     * @param slots reads the kernel's slots
     * @param cnode physical address of the root CNode whose slots are managed
     */
    public ManagerInvariants(Allocman allocman, Slots slots, @PhysAddr long cnode) {
        this(allocman, slots, cnode, paddr -> false);
    }

    /**
     * Prepares to check a manager whose users choose slots themselves.
     *
     * @param allocman the manager
     * @param slots reads the kernel's slots
     * @param cnode physical address of the root CNode whose slots are managed
     * @param isInClientSlot whether the object at a physical address is in a slot that its user chose
     */
    public ManagerInvariants(Allocman allocman, Slots slots, @PhysAddr long cnode, LongPredicate isInClientSlot) {
        this.isInClientSlot = isInClientSlot;
        this.allocman = allocman;
        this.slots = slots;
        this.slotWords = new SlotWords(slots, cnode, allocman.slots().cspace());
    }

    /**
     * Checks all.
     *
     * @return what is broken
     */
    public List<String> check() {
        List<String> broken = new ArrayList<>();
        broken.addAll(freeSlotsAreEmpty());
        Health health = allocman.health();
        if (allocman.isReserveFull() != (health.recordsReady() && health.slotsReady())) {
            broken.add("reserve is known: the manager believes that it is "
                    + (allocman.isReserveFull() ? "full" : "low") + ", and it is not");
        }
        broken.addAll(allocman.untypeds()
                .manager()
                .audit(new KernelProbe(slots, slotWords::at, allocman.slots().cspace()::isFree, isInClientSlot)));
        return broken;
    }

    /** A slot the manager calls free is empty in the kernel. */
    private List<String> freeSlotsAreEmpty() {
        List<String> broken = new ArrayList<>();
        slotWords.forEach(slot -> {
            long at = slotWords.at(slot);
            if (allocman.slots().cspace().isFree(slot) && (at < 0 || !slots.isEmpty(at))) {
                broken.add("slots agree: slot " + slot + " is called free and "
                        + (at < 0 ? "its CNode is not there" : "holds a capability"));
            }
        });
        return broken;
    }
}
