package org.allocman.cspace;

import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.RecordStore;
import org.allocman.untyped.Requester;
import org.allocman.vka.Memory;

/**
 * The slots of CNodes that hang in the slots of a root CNode. A CNode of the second level is there or not: somebody else makes
 * it and takes it away, between two operations, and tells so by {@link #prepare}, {@link #open} and {@link #close}. A slot's
 * number has the index in the root in its high bits, the one in the second level in its low bits.
 */
public final class TwoLevelCSpace implements CSpace, SecondLevels {
    /** Bytes of state beside the sets. */
    public static final @Bytes int STATE_BYTES = SlotBitmaps.STATE_BYTES;

    // a run is looked for in so many bitmaps before a whole word is broken for it
    private static final int BITMAPS_TRIED = 8;

    // slot 0 stands for none, so nobody gets it
    private static final long SLOT_0 = 1;

    private final SlotBitmaps bitmaps;
    private final long root;
    private final int depth;
    private final int secondBits;

    /**
     * A view of the manager whose state is at an address. It has to be {@link #initialise}d once.
     *
     * @param memory where it lies
     * @param state address of {@link #STATE_BYTES} bytes, a multiple of 8
     * @param sets address of {@link #setBytes} bytes, a multiple of 8
     * @param records where bitmaps come from
     * @param root cptr of the root CNode, in the CSpace of whoever uses the slots; it may be another task's
     * @param depth bits of a slot number that a look-up in the root resolves
     * @param firstBits radix of the root CNode, 1 or more
     * @param secondBits radix of the others, 1 or more; at most 28 together
     */
    public TwoLevelCSpace(
            Memory memory,
            long state,
            long sets,
            RecordStore records,
            @CPtr long root,
            int depth,
            @SizeBits int firstBits,
            @SizeBits int secondBits) {
        this.bitmaps = new SlotBitmaps(memory, state, sets, records, firstBits, secondBits);
        this.root = root;
        this.depth = depth;
        this.secondBits = secondBits;
    }

    /**
     * The memory the sets take.
     *
     * @param firstBits radix of the root CNode, 1 or more
     * @param secondBits radix of the others, 1 or more
     * @return bytes, a multiple of 8
     */
    public static @Bytes long setBytes(@SizeBits int firstBits, @SizeBits int secondBits) {
        return SlotBitmaps.setBytes(firstBits, secondBits);
    }

    /**
     * The bitmaps that a CNode of the second level needs.
     *
     * @param secondBits its radix
     * @return how many
     */
    public static int bitmapsOf(@SizeBits int secondBits) {
        return SlotBitmaps.bitmapsOf(secondBits);
    }

    /** Makes every CNode of the second level missing. */
    @Override
    public void initialise() {
        bitmaps.initialise();
    }

    /**
     * Says that the first CNodes are there, for ever, and makes slots in them free.
     *
     * @param start first slot, 1 or more: slot 0 stands for none
     * @param end one past the last slot
     * @throws IllegalStateException if there are no records for their bitmaps; whoever calls has counted them
     */
    @Override
    public void addFree(long start, long end) {
        int nodes = (int) (end + (1L << secondBits) - 1 >>> secondBits);
        for (int node = 0; node < nodes; node++) {
            if (bitmaps.missing.contains(node)) {
                if (!prepare(node)) {
                    throw new IllegalStateException("no record for the bitmap of second level " + node);
                }
                bitmaps.enter(node, 0);
            }
        }
        long unit = 1L << bitmaps.wordBits();
        for (long slot = start; slot < end; slot = (slot | unit - 1) + 1) {
            long last = Math.min(end - 1, slot | unit - 1);
            giveBackRun(slot, (int) (last - slot) + 1);
        }
    }

    @Override
    public int firstMissing() {
        return (int) bitmaps.missing.least();
    }

    @Override
    public int nodeOf(@CPtr long slot) {
        return (int) (slot >>> secondBits);
    }

    @Override
    public boolean isThere(int node) {
        return !bitmaps.missing.contains(node);
    }

    @Override
    public int nodes() {
        return bitmaps.nodes();
    }

    @Override
    public int made() {
        return bitmaps.made();
    }

    @Override
    public int nextNode(int from) {
        return bitmaps.nextNode(from);
    }

    @Override
    public @SizeBits int secondBits() {
        return secondBits;
    }

    @Override
    public boolean prepare(int node) {
        return bitmaps.prepare(node);
    }

    @Override
    public void cancel(int node) {
        bitmaps.drop(node);
    }

    @Override
    public void open(int node, long handle) {
        bitmaps.enter(node, handle);
        setAll(node, true);
    }

    @Override
    public void close(int node) {
        setAll(node, false);
        bitmaps.leave(node);
    }

    private void setAll(int node, boolean free) {
        long first = (long) node << secondBits;
        long unit = 1L << bitmaps.wordBits();
        for (long slot = first; slot < first + (1L << secondBits); slot += unit) {
            bitmaps.setFree(slot, free ? bitmaps.wholeWord() & ~(slot == 0 ? SLOT_0 : 0) : 0);
        }
    }

    @Override
    public int nextUnused(int from) {
        return (int) bitmaps.unused.leastFrom(from);
    }

    @Override
    public boolean hasReserveWithoutOne() {
        return bitmaps.slotsInFreeWords() - bitmaps.slotsInNode() >= bitmaps.reservedSlots();
    }

    @Override
    public long handle(int node) {
        return bitmaps.handle(node);
    }

    @Override
    public @CPtr long placeOf(int node) {
        return end() + node;
    }

    @Override
    public long take() {
        boolean mayBreak = mayBreakWord();
        for (long bitmap = bitmaps.withFree.least(); bitmap >= 0; bitmap = bitmaps.withFree.leastFrom(bitmap + 1)) {
            long words = bitmaps.wordsWithFree(bitmap);
            if (!mayBreak) {
                words &= ~bitmaps.wholeWords(bitmap);
            }
            if (words != 0) {
                long slot = bitmaps.firstSlot(bitmap, Long.numberOfTrailingZeros(words));
                slot += Long.numberOfTrailingZeros(bitmaps.free(slot));
                takeFree(slot, 1);
                return slot;
            }
        }
        return 0;
    }

    @Override
    public boolean takeAt(long slot) {
        if (!isFree(slot) || bitmaps.free(slot) == bitmaps.wholeWord() && !mayBreakWord()) {
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

    @Override
    public long takeRun(int count, Requester requester) {
        long first = findRun(count, requester, count);
        if (first < 0) {
            return 0;
        }
        bitmaps.setFree(first, bitmaps.free(first) & ~bits(first, count));
        return first;
    }

    private void takeFree(long first, int count) {
        bitmaps.setFree(first, bitmaps.free(first) & ~bits(first, count));
        bitmaps.setTaken(first, bitmaps.taken(first) | bits(first, count));
    }

    private long bits(long first, int count) {
        return SlotBits.mask(count) << bitmaps.offset(first);
    }

    /** The first slot of a run in one word, or -1. */
    private long findRun(int count, Requester requester, int alignment) {
        int inWord = 1 << bitmaps.wordBits();
        if (count > inWord) {
            return -1;
        }
        long first = count == inWord ? -1 : runInBrokenWord(count, alignment, BITMAPS_TRIED);
        if (first < 0) {
            long bitmap = requester == Requester.POOLS || mayBreakWord() ? bitmaps.withWhole.least() : -1;
            if (bitmap >= 0) {
                first = bitmaps.firstSlot(bitmap, Long.numberOfTrailingZeros(bitmaps.wholeWords(bitmap)));
            } else if (count < inWord) {
                first = runInBrokenWord(count, alignment, Integer.MAX_VALUE);
            }
        }
        return first;
    }

    /** The first slot of a run in a word that is partly in use, or -1. */
    private long runInBrokenWord(int count, int alignment, int bitmapsTried) {
        long bitmap = bitmaps.withFree.least();
        for (int tried = 0; bitmap >= 0 && tried < bitmapsTried; tried++) {
            for (long words = bitmaps.wordsWithFree(bitmap) & ~bitmaps.wholeWords(bitmap);
                    words != 0;
                    words &= words - 1) {
                long slot = bitmaps.firstSlot(bitmap, Long.numberOfTrailingZeros(words));
                long starts = SlotBits.runStarts(bitmaps.free(slot), count, alignment);
                if (starts != 0) {
                    return slot + Long.numberOfTrailingZeros(starts);
                }
            }
            bitmap = bitmaps.withFree.leastFrom(bitmap + 1);
        }
        return -1;
    }

    @Override
    public SecondLevels secondLevels() {
        return this;
    }

    @Override
    public boolean isTaken(long slot) {
        return bitmaps.hasNodeOf(slot) && (bitmaps.taken(slot) & bits(slot, 1)) != 0;
    }

    @Override
    public boolean isFree(long slot) {
        return bitmaps.hasNodeOf(slot) && (bitmaps.free(slot) & bits(slot, 1)) != 0;
    }

    @Override
    public void giveBack(long slot) {
        hold(slot);
        giveBackRun(slot, 1);
    }

    @Override
    public void hold(long slot) {
        bitmaps.setTaken(slot, bitmaps.taken(slot) & ~bits(slot, 1));
    }

    @Override
    public void unhold(long slot) {
        bitmaps.setTaken(slot, bitmaps.taken(slot) | bits(slot, 1));
    }

    @Override
    public void giveBackRun(long first, int count) {
        bitmaps.setFree(first, bitmaps.free(first) | bits(first, count));
    }

    private boolean mayBreakWord() {
        return bitmaps.slotsInFreeWords() > bitmaps.reservedSlots();
    }

    @Override
    public long freeSlots() {
        return bitmaps.freeSlots();
    }

    @Override
    public long end() {
        return bitmaps.slots();
    }

    @Override
    public long slotsThere() {
        return (long) nodes() << secondBits;
    }

    @Override
    public int longestRun() {
        return 1 << bitmaps.wordBits();
    }

    @Override
    public void reserve(int words) {
        bitmaps.reserve(words);
    }

    @Override
    public boolean hasReserve() {
        return bitmaps.slotsInFreeWords() >= bitmaps.reservedSlots();
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
        return slot < end() ? slot >>> secondBits : 0;
    }

    @Override
    public int nodeDepth(long slot) {
        return slot < end() ? depth - secondBits : 0;
    }

    @Override
    public long nodeOffset(long slot) {
        return slot < end() ? slot & (1L << secondBits) - 1 : slot - end();
    }
}
