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
    public static final @Bytes int STATE_BYTES = SlotBooks.STATE_BYTES;

    // a run is looked for in so many books before a whole word is broken for it
    private static final int BOOKS_TRIED = 8;

    // slot 0 stands for none, so nobody gets it
    private static final long SLOT_0 = 1;

    private final SlotBooks books;
    private final long root;
    private final int depth;
    private final int secondBits;

    /**
     * A view of the manager whose state is at an address. It has to be {@link #initialise}d once.
     *
     * @param memory where it lies
     * @param state address of {@link #STATE_BYTES} bytes, a multiple of 8
     * @param sets address of {@link #setBytes} bytes, a multiple of 8
     * @param records where books come from
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
        this.books = new SlotBooks(memory, state, sets, records, firstBits, secondBits);
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
        return SlotBooks.setBytes(firstBits, secondBits);
    }

    /**
     * The books that a CNode of the second level needs.
     *
     * @param secondBits its radix
     * @return how many
     */
    public static int booksOf(@SizeBits int secondBits) {
        return SlotBooks.booksOf(secondBits);
    }

    /** Makes every CNode of the second level missing. */
    @Override
    public void initialise() {
        books.initialise();
    }

    /**
     * Says that the first CNodes are there, for ever, and makes slots in them free.
     *
     * @param start first slot, 1 or more: slot 0 stands for none
     * @param end one past the last slot
     * @throws IllegalStateException if there are no records for their books; whoever calls has counted them
     */
    @Override
    public void addFree(long start, long end) {
        int nodes = (int) (end + (1L << secondBits) - 1 >>> secondBits);
        for (int node = 0; node < nodes; node++) {
            if (books.missing.contains(node)) {
                if (!prepare(node)) {
                    throw new IllegalStateException("no record for the book of second level " + node);
                }
                books.enter(node, 0);
            }
        }
        long unit = 1L << books.wordBits();
        for (long slot = start; slot < end; slot = (slot | unit - 1) + 1) {
            long last = Math.min(end - 1, slot | unit - 1);
            giveBackRun(slot, (int) (last - slot) + 1);
        }
    }

    @Override
    public int firstMissing() {
        return (int) books.missing.least();
    }

    @Override
    public int nodeOf(@CPtr long slot) {
        return (int) (slot >>> secondBits);
    }

    @Override
    public boolean isThere(int node) {
        return !books.missing.contains(node);
    }

    @Override
    public int nodes() {
        return books.nodes();
    }

    @Override
    public int made() {
        return books.made();
    }

    @Override
    public int nextNode(int from) {
        return books.nextNode(from);
    }

    @Override
    public @SizeBits int secondBits() {
        return secondBits;
    }

    @Override
    public boolean prepare(int node) {
        return books.prepare(node);
    }

    @Override
    public void cancel(int node) {
        books.drop(node);
    }

    @Override
    public void open(int node, long handle) {
        books.enter(node, handle);
        setAll(node, true);
    }

    @Override
    public void close(int node) {
        setAll(node, false);
        books.leave(node);
    }

    private void setAll(int node, boolean free) {
        long first = (long) node << secondBits;
        long unit = 1L << books.wordBits();
        for (long slot = first; slot < first + (1L << secondBits); slot += unit) {
            books.setFree(slot, free ? books.wholeWord() & ~(slot == 0 ? SLOT_0 : 0) : 0);
        }
    }

    @Override
    public int nextUnused(int from) {
        return (int) books.unused.leastFrom(from);
    }

    @Override
    public boolean hasReserveWithoutOne() {
        return books.slotsInFreeWords() - books.slotsInNode() >= books.reservedSlots();
    }

    @Override
    public long handle(int node) {
        return books.handle(node);
    }

    @Override
    public @CPtr long placeOf(int node) {
        return end() + node;
    }

    @Override
    public long take() {
        boolean mayBreak = mayBreakWord();
        for (long book = books.withFree.least(); book >= 0; book = books.withFree.leastFrom(book + 1)) {
            long words = books.wordsWithFree(book);
            if (!mayBreak) {
                words &= ~books.wholeWords(book);
            }
            if (words != 0) {
                long slot = books.firstSlot(book, Long.numberOfTrailingZeros(words));
                slot += Long.numberOfTrailingZeros(books.free(slot));
                takeFree(slot, 1);
                return slot;
            }
        }
        return 0;
    }

    @Override
    public boolean takeAt(long slot) {
        if (!isFree(slot) || books.free(slot) == books.wholeWord() && !mayBreakWord()) {
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
        books.setFree(first, books.free(first) & ~bits(first, count));
        return first;
    }

    private void takeFree(long first, int count) {
        books.setFree(first, books.free(first) & ~bits(first, count));
        books.setTaken(first, books.taken(first) | bits(first, count));
    }

    private long bits(long first, int count) {
        return SlotBits.mask(count) << books.offset(first);
    }

    /** The first slot of a run in one word, or -1. */
    private long findRun(int count, Requester requester, int alignment) {
        int inWord = 1 << books.wordBits();
        if (count > inWord) {
            return -1;
        }
        long first = count == inWord ? -1 : runInBrokenWord(count, alignment, BOOKS_TRIED);
        if (first < 0) {
            long book = requester == Requester.POOLS || mayBreakWord() ? books.withWhole.least() : -1;
            if (book >= 0) {
                first = books.firstSlot(book, Long.numberOfTrailingZeros(books.wholeWords(book)));
            } else if (count < inWord) {
                first = runInBrokenWord(count, alignment, Integer.MAX_VALUE);
            }
        }
        return first;
    }

    /** The first slot of a run in a word that is partly in use, or -1. */
    private long runInBrokenWord(int count, int alignment, int booksTried) {
        long book = books.withFree.least();
        for (int tried = 0; book >= 0 && tried < booksTried; tried++) {
            for (long words = books.wordsWithFree(book) & ~books.wholeWords(book); words != 0; words &= words - 1) {
                long slot = books.firstSlot(book, Long.numberOfTrailingZeros(words));
                long starts = SlotBits.runStarts(books.free(slot), count, alignment);
                if (starts != 0) {
                    return slot + Long.numberOfTrailingZeros(starts);
                }
            }
            book = books.withFree.leastFrom(book + 1);
        }
        return -1;
    }

    @Override
    public SecondLevels secondLevels() {
        return this;
    }

    @Override
    public boolean isTaken(long slot) {
        return books.hasNodeOf(slot) && (books.taken(slot) & bits(slot, 1)) != 0;
    }

    @Override
    public boolean isFree(long slot) {
        return books.hasNodeOf(slot) && (books.free(slot) & bits(slot, 1)) != 0;
    }

    @Override
    public void giveBack(long slot) {
        setAside(slot);
        giveBackRun(slot, 1);
    }

    @Override
    public void setAside(long slot) {
        books.setTaken(slot, books.taken(slot) & ~bits(slot, 1));
    }

    @Override
    public void handOut(long slot) {
        books.setTaken(slot, books.taken(slot) | bits(slot, 1));
    }

    @Override
    public void giveBackRun(long first, int count) {
        books.setFree(first, books.free(first) | bits(first, count));
    }

    private boolean mayBreakWord() {
        return books.slotsInFreeWords() > books.reservedSlots();
    }

    @Override
    public long freeSlots() {
        return books.freeSlots();
    }

    @Override
    public long end() {
        return books.slots();
    }

    @Override
    public long slotsThere() {
        return (long) nodes() << secondBits;
    }

    @Override
    public int longestRun() {
        return 1 << books.wordBits();
    }

    @Override
    public void reserve(int words) {
        books.reserve(words);
    }

    @Override
    public boolean hasReserve() {
        return books.slotsInFreeWords() >= books.reservedSlots();
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
