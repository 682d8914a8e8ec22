package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.Bits;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The fields by which a slot is part of the {@link DerivationList}, seL4's {@code mdb_node}. */
public final class MdbNode {
    private final PagedMemory memory;
    private final boolean isWide;
    private final @SizeBits int slotBits;

    /**
     * Where the fields lie.
     *
     * @param previous one more than the number of the previous slot in memory, 0 for none
     * @param next the same for the next slot
     * @param revocable whether later entries for the same object are children
     * @param firstBadged whether it starts a family of its own badge
     */
    public record Layout(Bits previous, Bits next, Bits revocable, Bits firstBadged) {
        static final Layout WIDE = new Layout(
                new Bits("previous", 24, 5, 59),
                new Bits("next", 16, 5, 59),
                new Bits("revocable", 16, 0, 1),
                new Bits("first badged", 16, 1, 1));
        static final Layout NARROW = new Layout(
                new Bits("previous", 8, 36, 28),
                new Bits("next", 8, 4, 28),
                new Bits("revocable", 8, 0, 1),
                new Bits("first badged", 8, 1, 1));
    }

    MdbNode(PagedMemory memory, SlotLayout slot, @SizeBits int slotBits) {
        this.memory = memory;
        this.isWide = slot == SlotLayout.WIDE;
        this.slotBits = slotBits;
    }

    /**
     * Where the fields lie.
     *
     * @return the layout of this kernel's slots
     */
    public Layout layout() {
        return isWide ? Layout.WIDE : Layout.NARROW;
    }

    /**
     * The next entry of the list.
     *
     * @param slot the slot
     * @return the next slot; negative if it is the last
     */
    public @PhysAddr long next(@PhysAddr long slot) {
        return next(memory.pin(slot), slot);
    }

    /** The same for a slot whose page is pinned. */
    long next(long @Nullable [] pin, long slot) {
        return layout().next().get(memory, pin, slot) - 1 << slotBits;
    }

    /**
     * Sets the link to the next entry.
     *
     * @param slot the slot
     * @param next the next slot; negative if there is none
     */
    public void setNext(@PhysAddr long slot, @PhysAddr long next) {
        setNext(memory.pin(slot), slot, next);
    }

    /** The same for a slot whose page is pinned. */
    void setNext(long @Nullable [] pin, long slot, long next) {
        layout().next().set(memory, pin, slot, link(next));
    }

    /**
     * The previous entry of the list.
     *
     * @param slot the slot
     * @return the previous slot; negative if it is the first
     */
    public @PhysAddr long previous(@PhysAddr long slot) {
        return previous(memory.pin(slot), slot);
    }

    /** The same for a slot whose page is pinned. */
    long previous(long @Nullable [] pin, long slot) {
        return layout().previous().get(memory, pin, slot) - 1 << slotBits;
    }

    /**
     * Sets the link to the previous entry.
     *
     * @param slot the slot
     * @param previous the previous slot; negative if there is none
     */
    public void setPrevious(@PhysAddr long slot, @PhysAddr long previous) {
        layout().previous().set(memory, slot, link(previous));
    }

    /**
     * Whether later entries that refer to the same object are children.
     *
     * @param slot the slot
     * @return the mark
     */
    public boolean isRevocable(@PhysAddr long slot) {
        return isRevocable(memory.pin(slot), slot);
    }

    /** The same for a slot whose page is pinned. */
    boolean isRevocable(long @Nullable [] pin, long slot) {
        return layout().revocable().get(memory, pin, slot) != 0;
    }

    /**
     * Sets the mark that later entries for the same object are children.
     *
     * @param slot the slot
     * @param revocable the mark
     */
    public void setRevocable(@PhysAddr long slot, boolean revocable) {
        layout().revocable().set(memory, slot, revocable ? 1 : 0);
    }

    /**
     * Whether an entry starts a family of its own badge.
     *
     * @param slot the slot
     * @return the mark
     */
    public boolean isFirstBadged(@PhysAddr long slot) {
        return isFirstBadged(memory.pin(slot), slot);
    }

    /** The same for a slot whose page is pinned. */
    boolean isFirstBadged(long @Nullable [] pin, long slot) {
        return layout().firstBadged().get(memory, pin, slot) != 0;
    }

    /**
     * Sets the mark that an entry starts a family of its own badge.
     *
     * @param slot the slot
     * @param firstBadged the mark
     */
    public void setFirstBadged(@PhysAddr long slot, boolean firstBadged) {
        layout().firstBadged().set(memory, slot, firstBadged ? 1 : 0);
    }

    /** Sets all fields at once; a link that is negative leads nowhere. */
    void set(long slot, long previous, long next, boolean revocable, boolean firstBadged) {
        set(memory.pin(slot), slot, previous, next, revocable, firstBadged);
    }

    /** The same for a slot whose page is pinned. */
    void set(long @Nullable [] pin, long slot, long previous, long next, boolean revocable, boolean firstBadged) {
        Layout layout = layout();
        long word = layout.next().into(0, link(next));
        word = layout.revocable().into(word, revocable ? 1 : 0);
        word = layout.firstBadged().into(word, firstBadged ? 1 : 0);
        if (isWide) {
            memory.store64(pin, slot, layout.next().offset(), word);
            memory.store64(
                    pin, slot, layout.previous().offset(), layout.previous().into(0, link(previous)));
        } else {
            memory.store64(pin, slot, layout.next().offset(), layout.previous().into(word, link(previous)));
        }
    }

    private long link(long slot) {
        return slot < 0 ? 0 : (slot >>> slotBits) + 1;
    }
}
