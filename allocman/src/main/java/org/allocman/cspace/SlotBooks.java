package org.allocman.cspace;

import org.allocman.qual.Bytes;
import org.allocman.untyped.RecordStore;
import org.allocman.untyped.Requester;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.HierarchicalBitmap;

/** The books of the CNodes of a second level that are there, and the sets in which what is free is found at once. */
final class SlotBooks {
    /*
     * What is free in CNodes that are there is in their books, records of the pools. What has to be found at once is in
     * sets beside the state, whose size the geometry fixes: books with a free slot, books with a wholly free word, CNodes
     * that are not there, CNodes of which nothing is used, and where each book is.
     */
    private static final HalfWord FREE_SLOTS = new HalfWord("free slots", 0);
    private static final HalfWord FREE_WORDS = new HalfWord("free words", 4);
    private static final HalfWord RESERVED_WORDS = new HalfWord("reserved words", 8);
    private static final HalfWord NODES = new HalfWord("second levels", 12);
    private static final HalfWord MADE = new HalfWord("second levels made", 16);
    static final @Bytes int STATE_BYTES = 24;

    private static final int FULL_WORD = 64;
    private static final int FULL_WORD_BITS = 6;

    // records are multiples of 64 below 2^36
    private static final int REFERENCE_SHIFT = 4;

    /** Books with a free slot, and with a wholly free word. */
    final HierarchicalBitmap withFree;

    final HierarchicalBitmap withWhole;

    /** CNodes that are not there, and those that somebody made of which no slot is used. */
    final HierarchicalBitmap missing;

    final HierarchicalBitmap unused;

    private final Memory memory;
    private final long state;
    private final RecordStore records;
    private final int firstBits;
    private final int secondBits;
    private final int bookBits;
    private final int wordBits;
    private final long books;

    SlotBooks(Memory memory, long state, long sets, RecordStore records, int firstBits, int secondBits) {
        this.memory = memory;
        this.state = state;
        this.records = records;
        this.firstBits = firstBits;
        this.secondBits = secondBits;
        this.bookBits = Math.min(secondBits, SlotBook.BITS);
        this.wordBits = Math.min(secondBits, FULL_WORD_BITS);
        long bookCount = 1L << firstBits + secondBits - bookBits;
        long nodes = 1L << firstBits;
        long bookSet = HierarchicalBitmap.bytesFor(bookCount);
        long nodeSet = HierarchicalBitmap.bytesFor(nodes);
        this.withFree = new HierarchicalBitmap(memory, sets, bookCount);
        this.withWhole = new HierarchicalBitmap(memory, sets + bookSet, bookCount);
        this.missing = new HierarchicalBitmap(memory, sets + 2 * bookSet, nodes);
        this.unused = new HierarchicalBitmap(memory, sets + 2 * bookSet + nodeSet, nodes);
        this.books = sets + 2 * bookSet + 2 * nodeSet;
    }

    static @Bytes long setBytes(int firstBits, int secondBits) {
        long bookCount = 1L << firstBits + secondBits - Math.min(secondBits, SlotBook.BITS);
        return 2 * HierarchicalBitmap.bytesFor(bookCount)
                + 2 * HierarchicalBitmap.bytesFor(1L << firstBits)
                + (bookCount * Integer.BYTES + 7) / Long.BYTES * Long.BYTES;
    }

    /** How many books a CNode needs. */
    static int booksOf(int secondBits) {
        return 1 << Math.max(0, secondBits - SlotBook.BITS);
    }

    /** Binary logarithm of the slots in a book. */
    int bookBits() {
        return bookBits;
    }

    /** Binary logarithm of the slots in a word. */
    int wordBits() {
        return wordBits;
    }

    long slots() {
        return 1L << firstBits + secondBits;
    }

    long slotsInNode() {
        return 1L << secondBits;
    }

    void initialise() {
        long nodes = 1L << firstBits;
        for (long at = 0; at < nodes; at += FULL_WORD) {
            missing.setWord(at / FULL_WORD, SlotBits.mask((int) Math.min(FULL_WORD, nodes - at)));
        }
    }

    /** Takes records for a CNode's books; false, with nothing changed, if there are too few. */
    boolean prepare(int node) {
        int count = booksOf(secondBits);
        for (int i = 0; i < count; i++) {
            long record = records.take(SlotBook.RECORD, Requester.POOLS);
            if (record == 0) {
                drop(node, i);
                return false;
            }
            long number = (long) node * count + i;
            SlotBook.NUMBER.set(memory, record, number);
            setBook(number, record);
        }
        return true;
    }

    /** Gives back a CNode's books. */
    void drop(int node) {
        drop(node, booksOf(secondBits));
    }

    private void drop(int node, int count) {
        for (int i = count - 1; i >= 0; i--) {
            long number = (long) node * booksOf(secondBits) + i;
            records.giveBack(SlotBook.RECORD, book(number));
            setBook(number, 0);
        }
    }

    void enter(int node, long handle) {
        SlotBook.HANDLE.set(memory, firstBook(node), handle);
        missing.remove(node);
        NODES.add(memory, state, 1);
        MADE.add(memory, state, handle == 0 ? 0 : 1);
    }

    void leave(int node) {
        missing.add(node);
        NODES.add(memory, state, -1);
        MADE.add(memory, state, -1);
    }

    int nodes() {
        return (int) NODES.get(memory, state);
    }

    int made() {
        return (int) MADE.get(memory, state);
    }

    /** The next CNode that is there, or -1. */
    int nextNode(int from) {
        long nodes = 1L << firstBits;
        for (long at = from; at < nodes; at = (at | FULL_WORD - 1) + 1) {
            long there = ~missing.word(at / FULL_WORD) & -1L << at & SlotBits.mask((int) Math.min(FULL_WORD, nodes));
            if (there != 0) {
                return (int) (at & -FULL_WORD) + Long.numberOfTrailingZeros(there);
            }
        }
        return -1;
    }

    long handle(int node) {
        return SlotBook.HANDLE.get(memory, firstBook(node));
    }

    /** The words of a book in which a slot is free, a bit each. */
    long wordsWithFree(long number) {
        return SlotBook.WITH_FREE.get(memory, book(number));
    }

    /** The words of a book that are wholly free, a bit each. */
    long wholeWords(long number) {
        return SlotBook.WHOLE.get(memory, book(number));
    }

    /** The first slot of a word of a book. */
    long firstSlot(long number, int word) {
        return (number << bookBits) + ((long) word << wordBits);
    }

    /** Whether the CNode is there in which a slot would be. */
    boolean hasNodeOf(long slot) {
        return slot > 0 && slot < slots() && !missing.contains(slot >>> secondBits);
    }

    /** The free slots of the word in which a slot is. */
    long free(long slot) {
        return SlotBook.free(memory, book(slot >>> bookBits), word(slot));
    }

    /** The slots that users hold of the word in which a slot is. */
    long taken(long slot) {
        return SlotBook.taken(memory, book(slot >>> bookBits), word(slot));
    }

    void setTaken(long slot, long bits) {
        SlotBook.setTaken(memory, book(slot >>> bookBits), word(slot), bits);
    }

    void setFree(long slot, long bits) {
        long number = slot >>> bookBits;
        long record = book(number);
        int word = word(slot);
        long old = SlotBook.free(memory, record, word);
        SlotBook.setFree(memory, record, word, bits);
        if ((old == 0) != (bits == 0)) {
            long words = SlotBook.WITH_FREE.get(memory, record) ^ 1L << word;
            SlotBook.WITH_FREE.set(memory, record, words);
            put(withFree, number, words != 0);
        }
        if ((old == wholeWord()) != (bits == wholeWord())) {
            long words = SlotBook.WHOLE.get(memory, record) ^ 1L << word;
            SlotBook.WHOLE.set(memory, record, words);
            put(withWhole, number, words != 0);
            FREE_WORDS.add(memory, state, bits == wholeWord() ? 1 : -1);
        }
        count((int) (slot >>> secondBits), Long.bitCount(bits) - Long.bitCount(old));
    }

    private void count(int node, int more) {
        FREE_SLOTS.add(memory, state, more);
        long first = firstBook(node);
        SlotBook.FREE_IN_NODE.add(memory, first, more);
        // slot 0 is never free
        boolean isUnused = SlotBook.FREE_IN_NODE.get(memory, first) == slotsInNode() - (node == 0 ? 1 : 0);
        if (SlotBook.HANDLE.get(memory, first) != 0 && isUnused != unused.contains(node)) {
            put(unused, node, isUnused);
        }
    }

    private static void put(HierarchicalBitmap set, long number, boolean in) {
        if (in) {
            set.add(number);
        } else {
            set.remove(number);
        }
    }

    /** The bit of a slot in its word. */
    int offset(long slot) {
        return (int) slot & (1 << wordBits) - 1;
    }

    private int word(long slot) {
        return (int) (slot & (1L << bookBits) - 1) >>> wordBits;
    }

    /** A word of which all is free. */
    long wholeWord() {
        return SlotBits.mask(1 << wordBits);
    }

    private long firstBook(int node) {
        return book((long) node << secondBits - bookBits);
    }

    private long book(long number) {
        return Integer.toUnsignedLong(memory.load32(books + number * Integer.BYTES, 0)) << REFERENCE_SHIFT;
    }

    private void setBook(long number, long record) {
        memory.store32(books + number * Integer.BYTES, 0, (int) (record >>> REFERENCE_SHIFT));
    }

    long freeSlots() {
        return FREE_SLOTS.get(memory, state);
    }

    long slotsInFreeWords() {
        return FREE_WORDS.get(memory, state) << wordBits;
    }

    long reservedSlots() {
        return RESERVED_WORDS.get(memory, state) * FULL_WORD;
    }

    void reserve(int words) {
        RESERVED_WORDS.set(memory, state, words);
    }
}
