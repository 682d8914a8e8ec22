package org.allocman.cspace;

import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.Requester;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.HierarchicalBitmap;
import org.allocman.vka.layout.Word;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Slots by bitmap: free ones, free words of 64, and those that users hold. All are in one CNode, or in CNodes of 64 slots or more
 * below it that somebody else makes.
 */
public final class OneLevelCSpace implements CSpace {
    private static final HalfWord FREE_SLOTS = new HalfWord("free slots", 0);
    private static final HalfWord FREE_WORDS = new HalfWord("free words", 8);
    private static final HalfWord RESERVED_WORDS = new HalfWord("reserved words", 12);

    /*
     * How many slots are free, and the first word with one, in which the least one is; 0 if none is free.
     *
     * That word is in no set above while it has one free slot only. In a CNode that is full up to a word, a slot that is given
     * back is mostly the only one of its word and the next one that is taken; it would be marked and unmarked in all levels. It
     * is a rule about what is free, not about what was done, so that equal sets stay equal in memory.
     */
    private static final Word SUMMARY = new Word("free slots and least word", 0);
    private static final Bits FREE_SLOTS_IN_SUMMARY = new Bits("free slots", 0, 0, 32);
    private static final Bits LEAST_WORD_IN_SUMMARY = new Bits("least word with a free slot", 0, 32, 31);
    private static final Bits IS_ALONE_IN_SUMMARY = new Bits("that slot is the only one of its word", 0, 63, 1);

    /** Bytes of state beside the bitmaps. */
    public static final @Bytes int STATE_BYTES = 16;

    private static final int WORD = 64;
    private static final int WORD_BITS = 6;

    // a run is looked for in so many words that are in use before a whole word is broken for it
    private static final int WORDS_TRIED = 8;

    private final Memory memory;
    private final long state;
    private final HierarchicalBitmap free;
    private final HierarchicalBitmap freeWords;
    private final HierarchicalBitmap taken;
    private final long root;
    private final int depth;
    private final int nodeBits;

    /**
     * A view of the manager whose state and bitmaps are at addresses. All zero means that no slot is free.
     *
     * @param memory where they lie
     * @param state address of {@link #STATE_BYTES} bytes, a multiple of 8
     * @param bitmaps address of {@link #bitmapBytes} bytes, a multiple of 8
     * @param root cptr of the CNode, in the CSpace of whoever uses the slots; it may be another task's root CNode
     * @param depth bits of a slot number that a look-up in the root resolves
     * @param slots one more than the greatest slot number, 1 or more
     */
    public OneLevelCSpace(Memory memory, long state, long bitmaps, @CPtr long root, int depth, long slots) {
        this(memory, state, bitmaps, root, depth, slots, 0);
    }

    /**
     * A view of the manager whose state and bitmaps are at addresses, for slots in CNodes below the root.
     *
     * @param memory where they lie
     * @param state address of {@link #STATE_BYTES} bytes, a multiple of 8
     * @param bitmaps address of {@link #bitmapBytes} bytes, a multiple of 8
     * @param root cptr of the CNode, in the CSpace of whoever uses the slots
     * @param depth bits of a slot number that a look-up in the root resolves
     * @param slots one more than the greatest slot number, 1 or more
     * @param nodeBits radix of the CNodes that the slots are in, 6 or more; 0 if that is the root
     */
    public OneLevelCSpace(
            Memory memory, long state, long bitmaps, @CPtr long root, int depth, long slots, @SizeBits int nodeBits) {
        this.nodeBits = nodeBits;
        this.memory = memory;
        this.state = state;
        this.root = root;
        this.depth = depth;
        this.free = new HierarchicalBitmap(memory, bitmaps, slots);
        long words = bitmaps + HierarchicalBitmap.bytesFor(slots);
        this.freeWords = new HierarchicalBitmap(memory, words, words(slots));
        this.taken = new HierarchicalBitmap(memory, words + HierarchicalBitmap.bytesFor(words(slots)), slots);
    }

    /**
     * The memory the bitmaps take.
     *
     * @param slots one more than the greatest slot number, 1 or more
     * @return bytes, a multiple of 8
     */
    public static @Bytes long bitmapBytes(long slots) {
        return 2 * HierarchicalBitmap.bytesFor(slots) + HierarchicalBitmap.bytesFor(words(slots));
    }

    private static long words(long slots) {
        return (slots + WORD - 1) / WORD;
    }

    @Override
    public void addFree(long start, long end) {
        for (long slot = start; slot < end; slot = (slot | WORD - 1) + 1) {
            long last = Math.min(end - 1, slot | WORD - 1);
            long word = slot >>> WORD_BITS;
            long bits = free.word(word);
            replaceWord(word, bits, bits | -1L << slot & -1L >>> WORD - 1 - (last & WORD - 1));
        }
    }

    /**
     * Makes free slots of one word of 64 no longer the manager's.
     *
     * @param word which word: slots {@code 64 * word} and following
     * @param slots a bit for each slot, all of them free
     */
    public void removeFree(long word, long slots) {
        takeFromWord(word, slots);
    }

    /**
     * The free slots of a word of 64.
     *
     * @param word which word: slots {@code 64 * word} and following
     * @return a bit for each
     */
    public long freeInWord(long word) {
        return free.word(word);
    }

    @Override
    public long take() {
        long[] pin = memory.pin(state);
        long summary = SUMMARY.get(memory, pin, state);
        long word = LEAST_WORD_IN_SUMMARY.of(summary);
        long at = free.address(word);
        long[] page = memory.pin(at);
        long bits = memory.load64(page, at, 0);
        if (bits == -1 && !mayBreakWord()) {
            long slot = leastInBrokenWord(word << WORD_BITS);
            if (slot < 0) {
                return 0;
            }
            word = slot >>> WORD_BITS;
            at = free.address(word);
            page = memory.pin(at);
            bits = memory.load64(page, at, 0);
        }
        if (bits == 0) {
            return 0;
        }
        long slot = (word << WORD_BITS) + Long.numberOfTrailingZeros(bits);
        memory.store64(page, at, 0, bits & bits - 1);
        changed(pin, summary, word, bits, bits & bits - 1);
        taken.add(slot);
        return slot;
    }

    @Override
    public boolean takeAt(long slot) {
        if (!isFree(slot) || free.word(slot >>> WORD_BITS) == -1 && !mayBreakWord()) {
            return false;
        }
        takeFree(slot, 1);
        return true;
    }

    @Override
    public long takeSeveral(int count) {
        long first = findRun(count, Requester.CLIENT, 1);
        if (first < 0) {
            return 0;
        }
        takeFree(first, count);
        return first;
    }

    private void takeFree(long first, int count) {
        long word = first >>> WORD_BITS;
        takeFromWord(word, SlotBits.mask(count) << first);
        taken.setWord(word, taken.word(word) | SlotBits.mask(count) << first);
    }

    private boolean mayBreakWord() {
        return FREE_WORDS.get(memory, state) > RESERVED_WORDS.get(memory, state);
    }

    private long leastInBrokenWord(long from) {
        long slot = from;
        while (slot >= 0 && free.word(slot >>> WORD_BITS) == -1) {
            slot = free.leastFrom((slot | WORD - 1) + 1);
        }
        return slot;
    }

    @Override
    public boolean isTaken(long slot) {
        return slot > 0 && slot < taken.capacity() && taken.contains(slot);
    }

    @Override
    public boolean isFree(long slot) {
        return slot > 0 && slot < free.capacity() && free.contains(slot);
    }

    @Override
    public void giveBack(long slot) {
        taken.remove(slot);
        giveBackRun(slot, 1);
    }

    @Override
    public void hold(long slot) {
        taken.remove(slot);
    }

    @Override
    public void unhold(long slot) {
        taken.add(slot);
    }

    @Override
    public long takeRun(int count, Requester requester) {
        long first = findRun(count, requester, count);
        if (first < 0) {
            return 0;
        }
        takeFromWord(first >>> WORD_BITS, SlotBits.mask(count) << first);
        return first;
    }

    /** The first slot of a run in one word, or -1. */
    private long findRun(int count, Requester requester, int alignment) {
        long first = count == WORD ? -1 : runInBrokenWord(count, alignment, WORDS_TRIED);
        if (first < 0) {
            long word = requester == Requester.POOLS || mayBreakWord() ? freeWords.least() : -1;
            first = word >= 0
                    ? word << WORD_BITS
                    : count == WORD ? -1 : runInBrokenWord(count, alignment, Integer.MAX_VALUE);
        }
        return first;
    }

    /** The first slot of a run in a word that is partly in use, or -1. */
    private long runInBrokenWord(int count, int alignment, int wordsTried) {
        long slot = least();
        for (int tried = 0; slot >= 0 && tried < wordsTried; ) {
            long bits = free.word(slot >>> WORD_BITS);
            if (bits != -1) {
                long starts = SlotBits.runStarts(bits, count, alignment);
                if (starts != 0) {
                    return (slot & -WORD) + Long.numberOfTrailingZeros(starts);
                }
            }
            tried++;
            slot = free.leastFrom((slot | WORD - 1) + 1);
        }
        return -1;
    }

    @Override
    public void giveBackRun(long first, int count) {
        long word = first >>> WORD_BITS;
        long at = free.address(word);
        long[] page = memory.pin(at);
        long bits = memory.load64(page, at, 0);
        long now = bits | SlotBits.mask(count) << first;
        memory.store64(page, at, 0, now);
        changed(word, bits, now);
    }

    private void takeFromWord(long index, long slots) {
        long bits = free.word(index);
        replaceWord(index, bits, bits & ~slots);
    }

    /** The least free slot, or -1. */
    private long least() {
        long word = LEAST_WORD_IN_SUMMARY.get(memory, state);
        long bits = free.word(word);
        return bits == 0 ? -1 : (word << WORD_BITS) + Long.numberOfTrailingZeros(bits);
    }

    private void replaceWord(long index, long old, long bits) {
        memory.store64(free.address(index), 0, bits);
        changed(index, old, bits);
    }

    private void changed(long index, long old, long bits) {
        long[] pin = memory.pin(state);
        changed(pin, SUMMARY.get(memory, pin, state), index, old, bits);
    }

    /** After a word of free slots was stored: keeps the sets above, the summary and the free words. */
    private void changed(long @Nullable [] pin, long summary, long index, long old, long bits) {
        long slots = FREE_SLOTS_IN_SUMMARY.of(summary);
        long least = LEAST_WORD_IN_SUMMARY.of(summary);
        boolean wasAlone = IS_ALONE_IN_SUMMARY.of(summary) != 0;
        boolean isLeast = index == least && old != 0;
        if (bits != 0 && (slots == 0 || index < least)) {
            if (wasAlone) {
                free.mark(least, true);
            }
            least = index;
        }
        boolean alone = index == least ? Long.bitCount(bits) == 1 : wasAlone;
        boolean wasMarked = old != 0 && !(isLeast && wasAlone);
        boolean marked = bits != 0 && !(index == least && alone);
        if (marked != wasMarked) {
            free.mark(index, marked);
        }
        if (bits == 0 && isLeast) {
            least = Math.max(0, free.least()) >>> WORD_BITS;
            alone = Long.bitCount(free.word(least)) == 1;
            if (alone) {
                free.mark(least, false);
            }
        }
        long now = LEAST_WORD_IN_SUMMARY.into(slots + Long.bitCount(bits) - Long.bitCount(old), least);
        SUMMARY.set(memory, pin, state, IS_ALONE_IN_SUMMARY.into(now, alone ? 1 : 0));
        if ((old == -1) != (bits == -1)) {
            if (bits == -1) {
                freeWords.add(index);
            } else {
                freeWords.remove(index);
            }
            FREE_WORDS.add(memory, state, bits == -1 ? 1 : -1);
        }
    }

    @Override
    public long freeSlots() {
        return FREE_SLOTS.get(memory, state);
    }

    @Override
    public long end() {
        return free.capacity();
    }

    @Override
    public void reserve(int words) {
        RESERVED_WORDS.set(memory, state, words);
    }

    @Override
    public boolean hasReserve() {
        return FREE_WORDS.get(memory, state) >= RESERVED_WORDS.get(memory, state);
    }

    @Override
    public long root() {
        return root;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public long nodeIndex(long slot) {
        return nodeBits == 0 ? 0 : slot >>> nodeBits;
    }

    @Override
    public int nodeDepth(long slot) {
        return nodeBits == 0 ? 0 : depth - nodeBits;
    }

    @Override
    public long nodeOffset(long slot) {
        return nodeBits == 0 ? slot : slot & (1L << nodeBits) - 1;
    }
}
