package org.allocman.check.systems;

import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Word;

/**
 * The user's own book of what is live: rows of words in the order of their first words, in memory that is the user's, so that
 * it goes back with the machine. Two ways to the same objects end in the same book.
 */
final class LiveObjects {
    /** As many rows as a page has room for, whatever their width. */
    static final int MOST = 64;

    /*
     *   word 0              faults of the history so far
     *   word 1              rows in use
     *   word 2              a word for whatever the user has beside objects
     *   word 3 + i * width  row i
     */
    private static final Word COUNT = new Word("count", 8);
    private static final Word OTHER = new Word("other", 16);
    private static final int ROWS = 24;

    private final Memory memory;
    private final long page;
    private final int width;
    private final int most;

    /** A book of so many rows of so many words, in a page that is all zero. */
    LiveObjects(Memory memory, @PhysAddr long page, int width, int most) {
        this.memory = memory;
        this.page = page;
        this.width = width;
        this.most = most;
    }

    /** Where faults are counted. */
    @PhysAddr
    long faultCount() {
        return page;
    }

    long other() {
        return OTHER.get(memory, page);
    }

    void setOther(long word) {
        OTHER.set(memory, page, word);
    }

    int count() {
        return (int) COUNT.get(memory, page);
    }

    boolean isFull() {
        return count() == most;
    }

    long word(int row, int number) {
        return memory.load64(page, at(row, number));
    }

    /** Where a row begins. */
    @PhysAddr
    long at(int row) {
        return page + at(row, 0);
    }

    private int at(int row, int number) {
        return ROWS + (row * width + number) * Long.BYTES;
    }

    void add(long... words) {
        int row = count();
        while (row > 0 && word(row - 1, 0) > words[0]) {
            copy(row - 1, row);
            row--;
        }
        for (int i = 0; i < width; i++) {
            memory.store64(page, at(row, i), words[i]);
        }
        COUNT.set(memory, page, count() + 1L);
    }

    void remove(int row) {
        int last = count() - 1;
        for (int i = row; i < last; i++) {
            copy(i + 1, i);
        }
        for (int i = 0; i < width; i++) {
            memory.store64(page, at(last, i), 0);
        }
        COUNT.set(memory, page, last);
    }

    private void copy(int from, int to) {
        for (int i = 0; i < width; i++) {
            memory.store64(page, at(to, i), word(from, i));
        }
    }
}
