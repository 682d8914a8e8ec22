package org.allocman.check.explore;

import java.util.Arrays;
import java.util.List;

/**
 * A model of retype and delete that fits into one word, and whose number of states is known: two untypeds of 8 units, and a
 * few slots. It judges the explorer, and shows how a system is written.
 *
 * <p>A retype takes 1, 2 or 4 units of an untyped from its watermark on, or from its start if nothing made of it is left; the
 * start is aligned to the size. A retype changes nothing if the slot is taken or the untyped has no room.
 */
public final class ToySystem implements TransitionSystem {
    /** As many slots as one word has room for. */
    public static final int MOST_SLOTS = 8;

    /*
     * Slot s has the 6 bits from 6 * s on; all zero is empty. The watermarks follow at bits 48 and 52. An untyped without
     * children keeps its watermark until the next retype, so equal contents may differ in it.
     *
     *     5       4    2 1    0
     *   | untyped | base | kind |      kind 1, 2, 3: 1, 2, 4 units
     */
    private static final int UNITS = 8;
    private static final int KINDS = 3;
    private static final int UNTYPEDS = 2;
    private static final int SLOT_BITS = 6;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    private static final int UNTYPED_BIT = 5;
    private static final int BASE_SHIFT = 2;
    private static final int WATERMARKS = 48;
    private static final int WATERMARK_BITS = 4;
    private static final int WATERMARK_MASK = (1 << WATERMARK_BITS) - 1;

    private final int slots;
    private final boolean symmetry;
    private long state;
    private long[] past = new long[16];
    private int steps;

    /**
     * A toy in which all slots are empty.
     *
     * @param slots how many, 1 to 8
     * @param symmetry whether states that differ only in which slot holds what are one
     */
    public ToySystem(int slots, boolean symmetry) {
        if (slots < 1 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException("1 to " + MOST_SLOTS + " slots, not " + slots);
        }
        this.slots = slots;
        this.symmetry = symmetry;
    }

    @Override
    public int first() {
        return 0;
    }

    @Override
    public int next(int action) {
        return action + 1 < slots * (KINDS * UNTYPEDS + 1) ? action + 1 : NONE;
    }

    @Override
    public boolean take(int action) {
        if (steps == past.length) {
            past = Arrays.copyOf(past, 2 * steps);
        }
        past[steps++] = state;
        int retypes = slots * KINDS * UNTYPEDS;
        if (action < retypes) {
            retype(action / (KINDS * UNTYPEDS), action / KINDS % UNTYPEDS, action % KINDS);
        } else {
            state &= ~((long) SLOT_MASK << SLOT_BITS * (action - retypes));
        }
        return true;
    }

    private void retype(int slot, int untyped, int kind) {
        if ((state >>> SLOT_BITS * slot & SLOT_MASK) != 0) {
            return;
        }
        int at = WATERMARKS + WATERMARK_BITS * untyped;
        int size = 1 << kind;
        int free = hasChildren(untyped) ? (int) (state >>> at) & WATERMARK_MASK : 0;
        int base = free + size - 1 & -size;
        if (base + size > UNITS) {
            return;
        }
        long child = untyped << UNTYPED_BIT | base << BASE_SHIFT | kind + 1;
        state = state & ~((long) WATERMARK_MASK << at) | (long) (base + size) << at | child << SLOT_BITS * slot;
    }

    private boolean hasChildren(int untyped) {
        for (int slot = 0; slot < slots; slot++) {
            int child = (int) (state >>> SLOT_BITS * slot) & SLOT_MASK;
            if (child != 0 && child >>> UNTYPED_BIT == untyped) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Step tell(int action) {
        long before = state;
        int retypes = slots * KINDS * UNTYPEDS;
        take(action);
        String name = action < retypes
                ? "retype " + (1 << action % KINDS) + " of untyped " + action / KINDS % UNTYPEDS + " into slot "
                        + action / (KINDS * UNTYPEDS)
                : "delete slot " + (action - retypes);
        return new Step(
                name,
                state == before ? "nothing" : "done",
                Long.toHexString(before) + " -> " + Long.toHexString(state));
    }

    @Override
    public int checkpoint() {
        return steps;
    }

    @Override
    public void rewind(int checkpoint) {
        if (checkpoint < steps) {
            state = past[checkpoint];
            steps = checkpoint;
        }
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public long high() {
        return 0;
    }

    @Override
    public long low() {
        return symmetry ? sorted() : state;
    }

    /** The state with its slots in order: which slot holds what makes no difference to what can be done. */
    private long sorted() {
        long[] contents = new long[slots];
        for (int slot = 0; slot < slots; slot++) {
            contents[slot] = state >>> SLOT_BITS * slot & SLOT_MASK;
        }
        Arrays.sort(contents);
        long word = state >>> WATERMARKS << WATERMARKS;
        for (int slot = 0; slot < slots; slot++) {
            word |= contents[slot] << SLOT_BITS * slot;
        }
        return word;
    }

    @Override
    public boolean isSound() {
        return true;
    }

    @Override
    public List<String> broken() {
        return List.of();
    }
}
