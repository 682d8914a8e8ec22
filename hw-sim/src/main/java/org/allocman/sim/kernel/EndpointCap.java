package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.Bits;

/** The fields of endpoint and notification capabilities, seL4's {@code endpoint_cap} and {@code notification_cap}. */
public final class EndpointCap {
    private final PagedMemory memory;
    private final boolean isWide;

    /**
     * Where the fields lie.
     *
     * @param badge the badge
     * @param rights the four rights
     */
    record Layout(Bits badge, Bits rights) {
        static final Layout WIDE = new Layout(new Bits("badge", 8, 0, 64), new Bits("rights", 0, 47, 4));
        static final Layout NARROW = new Layout(new Bits("badge", 0, 36, 28), new Bits("rights", 0, 32, 4));
    }

    EndpointCap(PagedMemory memory, SlotLayout slot) {
        this.memory = memory;
        this.isWide = slot == SlotLayout.WIDE;
    }

    Layout layout() {
        return isWide ? Layout.WIDE : Layout.NARROW;
    }

    /**
     * An endpoint's or notification's badge.
     *
     * @param slot the slot
     * @return the badge, 0 for none
     */
    public long badge(@PhysAddr long slot) {
        return layout().badge().get(memory, slot);
    }

    /**
     * Sets an endpoint's or notification's badge.
     *
     * @param slot the slot
     * @param badge the badge; 32-bit kernels keep its low 28 bits
     */
    public void setBadge(@PhysAddr long slot, long badge) {
        layout().badge().set(memory, slot, badge);
    }

    /**
     * The rights of an endpoint or notification.
     *
     * @param slot the slot
     * @return the bits of {@link org.allocman.vka.CapRights}
     */
    public int rights(@PhysAddr long slot) {
        return (int) layout().rights().get(memory, slot);
    }

    /**
     * Sets the rights of an endpoint or notification.
     *
     * @param slot the slot
     * @param rights the bits of {@link org.allocman.vka.CapRights}
     */
    public void setRights(@PhysAddr long slot, int rights) {
        layout().rights().set(memory, slot, rights);
    }
}
