package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The capability derivation tree, kept as a doubly linked list in depth-first order through all slots that are not empty
 * (seL4 manual, "Capability derivation"). An entry is an ancestor of those behind it as long as {@link #isParent} says so.
 */
public final class DerivationList {
    private final Slots slots;
    private final ObjectRegions regions;
    private final MdbNode mdb;

    /**
     * The list through some slots.
     *
     * @param slots the capabilities
     * @param regions what memory they stand for
     */
    public DerivationList(Slots slots, ObjectRegions regions) {
        this.slots = slots;
        this.regions = regions;
        this.mdb = slots.mdb();
    }

    /**
     * Whether an entry counts as derived from another that stands before it.
     *
     * @param parent the earlier entry
     * @param entry the later entry
     * @return true if it is revoked with the parent
     */
    public boolean isParent(@PhysAddr long parent, @PhysAddr long entry) {
        return isParent(slots.pin(parent), parent, entry);
    }

    private boolean isParent(long @Nullable [] pin, long parent, long entry) {
        long word = slots.word(pin, parent);
        if (!mdb.isRevocable(pin, parent) || !regions.coversWord(word, slots.word(entry))) {
            return false;
        }
        return switch (slots.typeOf(word)) {
            case ENDPOINT, NOTIFICATION -> {
                long badge = slots.endpoint().badge(parent);
                yield badge == 0 || badge == slots.endpoint().badge(entry) && !mdb.isFirstBadged(entry);
            }
            default -> true;
        };
    }

    /**
     * Whether something is derived from an entry. Only the next entry of the list is looked at.
     *
     * @param slot the slot
     * @return true if the next entry is a child
     */
    public boolean hasChildren(@PhysAddr long slot) {
        return hasChildren(slots.pin(slot), slot);
    }

    /** The same for a slot whose page is pinned. */
    boolean hasChildren(long @Nullable [] pin, long slot) {
        long next = mdb.next(pin, slot);
        return next >= 0 && isParent(pin, slot, next);
    }

    /**
     * Whether a capability is the last one to its object; copies are neighbours in the list.
     *
     * @param slot the slot
     * @return true if neither neighbour refers to the same object
     */
    public boolean isLast(@PhysAddr long slot) {
        long[] pin = slots.pin(slot);
        long word = slots.word(pin, slot);
        long previous = mdb.previous(pin, slot);
        if (previous >= 0 && regions.isSame(slots.word(previous), word)) {
            return false;
        }
        long next = mdb.next(pin, slot);
        return next < 0 || !regions.isSame(word, slots.word(next));
    }

    /**
     * Links a slot in directly behind another.
     *
     * @param before the entry to stand behind
     * @param slot the slot, whose capability has been written and whose links are zero
     * @param revocable its mark, and the mark of starting a badge family
     */
    public void insert(@PhysAddr long before, @PhysAddr long slot, boolean revocable) {
        long[] pin = slots.pin(before);
        long next = mdb.next(pin, before);
        mdb.set(slot, before, next, revocable, revocable);
        mdb.setNext(pin, before, slot);
        if (next >= 0) {
            mdb.setPrevious(next, slot);
        }
    }

    /**
     * Takes a slot out of the list and empties it. Its mark of starting a badge family goes to the next entry.
     *
     * @param slot the slot, not empty
     */
    public void remove(@PhysAddr long slot) {
        long[] pin = slots.pin(slot);
        long previous = mdb.previous(pin, slot);
        long next = mdb.next(pin, slot);
        if (previous >= 0) {
            mdb.setNext(previous, next);
        }
        if (next >= 0) {
            mdb.setPrevious(next, previous);
            if (mdb.isFirstBadged(pin, slot) && !mdb.isFirstBadged(next)) {
                mdb.setFirstBadged(next, true);
            }
        }
        slots.clear(pin, slot);
    }

    /**
     * Moves a capability and its place in the list to another slot.
     *
     * @param from the slot to empty
     * @param to the slot to fill, empty
     */
    public void move(@PhysAddr long from, @PhysAddr long to) {
        slots.copyCapability(from, to);
        long previous = mdb.previous(from);
        long next = mdb.next(from);
        mdb.set(to, previous, next, mdb.isRevocable(from), mdb.isFirstBadged(from));
        if (previous >= 0) {
            mdb.setNext(previous, to);
        }
        if (next >= 0) {
            mdb.setPrevious(next, to);
        }
        slots.clear(from);
    }

    /**
     * Exchanges two slots, capabilities and places in the list.
     *
     * @param one a slot that is not empty
     * @param other another slot that is not empty
     */
    public void swap(@PhysAddr long one, @PhysAddr long other) {
        slots.swapWords(one, other);
        relink(one, other);
        relink(other, one);
        mendNeighbours(one);
        mendNeighbours(other);
    }

    /** A link that led to the partner, and was swapped with it, led to itself. */
    private void relink(long slot, long partner) {
        if (mdb.next(slot) == slot) {
            mdb.setNext(slot, partner);
        }
        if (mdb.previous(slot) == slot) {
            mdb.setPrevious(slot, partner);
        }
    }

    private void mendNeighbours(long slot) {
        long previous = mdb.previous(slot);
        if (previous >= 0) {
            mdb.setNext(previous, slot);
        }
        long next = mdb.next(slot);
        if (next >= 0) {
            mdb.setPrevious(next, slot);
        }
    }
}
