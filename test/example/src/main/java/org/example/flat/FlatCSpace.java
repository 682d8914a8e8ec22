package org.example.flat;

import org.allocman.untyped.Requester;
import org.allocman.cspace.CSpace;
import org.allocman.cspace.CSpaceForm;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Word;

/**
 * The slots of one CNode by two flat bitmaps, of free ones and of those that users hold. Finding one looks at one word after
 * the other: it suits a CNode of some hundred slots.
 */
public final class FlatCSpace implements CSpace {
    static final int STATE_BYTES = 8;

    private static final Word RESERVED = new Word("reserved words", 0);
    private static final int WORD = 64;

    private final Memory memory;
    private final long state;
    private final long free;
    private final long taken;
    private final CSpaceForm form;

    FlatCSpace(Memory memory, long state, long sets, CSpaceForm form) {
        this.memory = memory;
        this.state = state;
        this.form = form;
        this.free = sets;
        this.taken = sets + words(form.slots()) * Long.BYTES;
    }

    static long words(long slots) {
        return (slots + WORD - 1) / WORD;
    }

    private static long mask(long first, int count) {
        return -1L >>> WORD - count << first;
    }

    private long word(long bitmap, long slot) {
        return memory.load64(bitmap + slot / WORD * Long.BYTES, 0);
    }

    private boolean has(long bitmap, long slot) {
        return slot > 0 && slot < end() && (word(bitmap, slot) & mask(slot, 1)) != 0;
    }

    private void put(long bitmap, long first, int count, boolean in) {
        long now = word(bitmap, first);
        long bits = mask(first, count);
        memory.store64(bitmap + first / WORD * Long.BYTES, 0, in ? now | bits : now & ~bits);
    }

    private long wholeWords() {
        long whole = 0;
        for (long slot = 0; slot < end(); slot += WORD) {
            whole += word(free, slot) == -1 ? 1 : 0;
        }
        return whole;
    }

    /** The first slot of a run in one word, or 0. Words that are wholly free are broken last, and users leave the reserve. */
    private long find(int count, Requester requester) {
        for (long slot = 1; slot < end(); slot++) {
            boolean isInWord = slot % WORD + count <= WORD;
            long bits = word(free, slot);
            if (isInWord && bits != -1 && (bits & mask(slot, count)) == mask(slot, count)) {
                return slot;
            }
        }
        for (long slot = 0; slot < end() && (requester == Requester.POOLS || wholeWords() > RESERVED.get(memory, state)); slot += WORD) {
            if (word(free, slot) == -1) {
                return slot;
            }
        }
        return 0;
    }

    @Override
    public long takeRun(int count, Requester requester) {
        long first = find(count, requester);
        if (first != 0) {
            put(free, first, count, false);
        }
        return first;
    }

    @Override
    public void giveBackRun(long first, int count) {
        put(free, first, count, true);
    }

    @Override
    public long take() {
        return takeSeveral(1);
    }

    @Override
    public long takeSeveral(int count) {
        long first = takeRun(count, Requester.CLIENT);
        if (first != 0) {
            put(taken, first, count, true);
        }
        return first;
    }

    @Override
    public boolean takeAt(long slot) {
        boolean isReserved = isFree(slot) && word(free, slot) == -1 && wholeWords() <= RESERVED.get(memory, state);
        if (!isFree(slot) || isReserved) {
            return false;
        }
        put(free, slot, 1, false);
        put(taken, slot, 1, true);
        return true;
    }

    @Override
    public boolean isTaken(long slot) {
        return has(taken, slot);
    }

    @Override
    public boolean isFree(long slot) {
        return has(free, slot);
    }

    @Override
    public void hold(long slot) {
        put(taken, slot, 1, false);
    }

    @Override
    public void unhold(long slot) {
        put(taken, slot, 1, true);
    }

    @Override
    public void giveBack(long slot) {
        hold(slot);
        giveBackRun(slot, 1);
    }

    @Override
    public long freeSlots() {
        long count = 0;
        for (long slot = 0; slot < end(); slot += WORD) {
            count += Long.bitCount(word(free, slot));
        }
        return count;
    }

    @Override
    public void addFree(long start, long end) {
        for (long slot = start; slot < end; slot++) {
            put(free, slot, 1, true);
        }
    }

    @Override
    public long end() {
        return form.slots();
    }

    @Override
    public void reserve(int words) {
        RESERVED.set(memory, state, words);
    }

    @Override
    public boolean hasReserve() {
        return wholeWords() >= RESERVED.get(memory, state);
    }

    @Override
    public long root() {
        return form.root();
    }

    @Override
    public int depth() {
        return form.depth();
    }
}
