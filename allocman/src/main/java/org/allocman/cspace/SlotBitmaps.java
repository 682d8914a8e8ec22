package org.allocman.cspace;

import org.allocman.qual.Bytes;
import org.allocman.untyped.RecordStore;
import org.allocman.untyped.Requester;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.HierarchicalBitmap;

/** The bitmaps of the CNodes of a second level that are there, and the sets in which what is free is found at once. */
final class SlotBitmaps {
    /*
     * What is free in CNodes that are there is in their bitmaps, records of the pools. What has to be found at once is in
     * sets beside the state, whose size the geometry fixes: bitmaps with a free slot, bitmaps with a wholly free word, CNodes
     * that are not there, CNodes of which nothing is used, and where each bitmap is.
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

    /** Bitmaps with a free slot, and with a wholly free word. */
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
    private final int bitmapBits;
    private final int wordBits;
    private final long bitmaps;

    SlotBitmaps(Memory memory, long state, long sets, RecordStore records, int firstBits, int secondBits) {
        this.memory = memory;
        this.state = state;
        this.records = records;
        this.firstBits = firstBits;
        this.secondBits = secondBits;
        this.bitmapBits = Math.min(secondBits, SlotBitmap.BITS);
        this.wordBits = Math.min(secondBits, FULL_WORD_BITS);
        long bitmapCount = 1L << firstBits + secondBits - bitmapBits;
        long nodes = 1L << firstBits;
        long bitmapSet = HierarchicalBitmap.bytesFor(bitmapCount);
        long nodeSet = HierarchicalBitmap.bytesFor(nodes);
        this.withFree = new HierarchicalBitmap(memory, sets, bitmapCount);
        this.withWhole = new HierarchicalBitmap(memory, sets + bitmapSet, bitmapCount);
        this.missing = new HierarchicalBitmap(memory, sets + 2 * bitmapSet, nodes);
        this.unused = new HierarchicalBitmap(memory, sets + 2 * bitmapSet + nodeSet, nodes);
        this.bitmaps = sets + 2 * bitmapSet + 2 * nodeSet;
    }

    static @Bytes long setBytes(int firstBits, int secondBits) {
        long bitmapCount = 1L << firstBits + secondBits - Math.min(secondBits, SlotBitmap.BITS);
        return 2 * HierarchicalBitmap.bytesFor(bitmapCount)
                + 2 * HierarchicalBitmap.bytesFor(1L << firstBits)
                + (bitmapCount * Integer.BYTES + 7) / Long.BYTES * Long.BYTES;
    }

    /** How many bitmaps a CNode needs. */
    static int bitmapsOf(int secondBits) {
        return 1 << Math.max(0, secondBits - SlotBitmap.BITS);
    }

    /** Binary logarithm of the slots in a bitmap. */
    int bitmapBits() {
        return bitmapBits;
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

    /** Takes records for a CNode's bitmaps; false, with nothing changed, if there are too few. */
    boolean prepare(int node) {
        int count = bitmapsOf(secondBits);
        for (int i = 0; i < count; i++) {
            long record = records.take(SlotBitmap.RECORD, Requester.POOLS);
            if (record == 0) {
                drop(node, i);
                return false;
            }
            long number = (long) node * count + i;
            SlotBitmap.NUMBER.set(memory, record, number);
            setBitmap(number, record);
        }
        return true;
    }

    /** Gives back a CNode's bitmaps. */
    void drop(int node) {
        drop(node, bitmapsOf(secondBits));
    }

    private void drop(int node, int count) {
        for (int i = count - 1; i >= 0; i--) {
            long number = (long) node * bitmapsOf(secondBits) + i;
            records.giveBack(SlotBitmap.RECORD, bitmap(number));
            setBitmap(number, 0);
        }
    }

    void enter(int node, long handle) {
        SlotBitmap.HANDLE.set(memory, firstBitmap(node), handle);
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
        return SlotBitmap.HANDLE.get(memory, firstBitmap(node));
    }

    /** The words of a bitmap in which a slot is free, a bit each. */
    long wordsWithFree(long number) {
        return SlotBitmap.WITH_FREE.get(memory, bitmap(number));
    }

    /** The words of a bitmap that are wholly free, a bit each. */
    long wholeWords(long number) {
        return SlotBitmap.WHOLE.get(memory, bitmap(number));
    }

    /** The first slot of a word of a bitmap. */
    long firstSlot(long number, int word) {
        return (number << bitmapBits) + ((long) word << wordBits);
    }

    /** Whether the CNode is there in which a slot would be. */
    boolean hasNodeOf(long slot) {
        return slot > 0 && slot < slots() && !missing.contains(slot >>> secondBits);
    }

    /** The free slots of the word in which a slot is. */
    long free(long slot) {
        return SlotBitmap.free(memory, bitmap(slot >>> bitmapBits), word(slot));
    }

    /** The slots that users hold of the word in which a slot is. */
    long taken(long slot) {
        return SlotBitmap.taken(memory, bitmap(slot >>> bitmapBits), word(slot));
    }

    void setTaken(long slot, long bits) {
        SlotBitmap.setTaken(memory, bitmap(slot >>> bitmapBits), word(slot), bits);
    }

    void setFree(long slot, long bits) {
        long number = slot >>> bitmapBits;
        long record = bitmap(number);
        int word = word(slot);
        long old = SlotBitmap.free(memory, record, word);
        SlotBitmap.setFree(memory, record, word, bits);
        if ((old == 0) != (bits == 0)) {
            long words = SlotBitmap.WITH_FREE.get(memory, record) ^ 1L << word;
            SlotBitmap.WITH_FREE.set(memory, record, words);
            put(withFree, number, words != 0);
        }
        if ((old == wholeWord()) != (bits == wholeWord())) {
            long words = SlotBitmap.WHOLE.get(memory, record) ^ 1L << word;
            SlotBitmap.WHOLE.set(memory, record, words);
            put(withWhole, number, words != 0);
            FREE_WORDS.add(memory, state, bits == wholeWord() ? 1 : -1);
        }
        count((int) (slot >>> secondBits), Long.bitCount(bits) - Long.bitCount(old));
    }

    private void count(int node, int more) {
        FREE_SLOTS.add(memory, state, more);
        long first = firstBitmap(node);
        SlotBitmap.FREE_IN_NODE.add(memory, first, more);
        // slot 0 is never free
        boolean isUnused = SlotBitmap.FREE_IN_NODE.get(memory, first) == slotsInNode() - (node == 0 ? 1 : 0);
        if (SlotBitmap.HANDLE.get(memory, first) != 0 && isUnused != unused.contains(node)) {
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
        return (int) (slot & (1L << bitmapBits) - 1) >>> wordBits;
    }

    /** A word of which all is free. */
    long wholeWord() {
        return SlotBits.mask(1 << wordBits);
    }

    private long firstBitmap(int node) {
        return bitmap((long) node << secondBits - bitmapBits);
    }

    private long bitmap(long number) {
        return Integer.toUnsignedLong(memory.load32(bitmaps + number * Integer.BYTES, 0)) << REFERENCE_SHIFT;
    }

    private void setBitmap(long number, long record) {
        memory.store32(bitmaps + number * Integer.BYTES, 0, (int) (record >>> REFERENCE_SHIFT));
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
