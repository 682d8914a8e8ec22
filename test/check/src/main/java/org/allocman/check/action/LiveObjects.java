package org.allocman.check.action;

import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.PageSize;
import org.allocman.vka.layout.Word;

/**
 * What a user of the machine holds: rows of words in the order of their first words, in memory that is the user's, so that it
 * goes back with the machine. Two ways to the same objects end in the same table. Rows are numbered from 0 on; which number an object
 * has changes when others come and go.
 */
public final class LiveObjects {
    /** The greatest number of rows. */
    public static final int MOST = 64;

    /** The greatest number of words in a row: as many rows as there may be fit into a page. */
    public static final int MOST_WORDS = 7;

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

    /**
     * A table without rows.
     *
     * @param memory where it lies
     * @param page the physical address of a page that is all zero and nobody else's
     * @param width how many words a row has, 1 to {@link #MOST_WORDS}
     * @param most how many rows there may be, 1 to {@link #MOST}
     * @throws IllegalArgumentException if it would not fit
     */
    public LiveObjects(Memory memory, @PhysAddr long page, int width, int most) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("1 to " + MOST + " objects, not " + most);
        }
        if (width < 1 || width > MOST_WORDS || ROWS + width * most * Long.BYTES > PageSize.PAGE) {
            throw new IllegalArgumentException("1 to " + MOST_WORDS + " words an object, not " + width);
        }
        this.memory = memory;
        this.page = page;
        this.width = width;
        this.most = most;
    }

    /**
     * A word in which faults can be counted, for {@link Subject#faultCount}.
     *
     * @return its physical address
     */
    public @PhysAddr long faultCount() {
        return page;
    }

    /**
     * What the user has beside objects.
     *
     * @return a word; 0 at the start
     */
    public long other() {
        return OTHER.get(memory, page);
    }

    /**
     * Remembers what the user has beside objects.
     *
     * @param word a word
     */
    public void setOther(long word) {
        OTHER.set(memory, page, word);
    }

    /**
     * How many rows there are.
     *
     * @return 0 at the start
     */
    public int count() {
        return (int) COUNT.get(memory, page);
    }

    /**
     * Whether there are as many rows as there may be.
     *
     * @return true if {@link #add} must not be called
     */
    public boolean isFull() {
        return count() == most;
    }

    /**
     * A word of a row.
     *
     * @param row 0 to one less than {@link #count}
     * @param number which word, from 0 on
     * @return the word
     */
    public long word(int row, int number) {
        return memory.load64(page, at(row, number));
    }

    /**
     * Where a row begins.
     *
     * @param row its number
     * @return the physical address of its first word
     */
    public @PhysAddr long at(int row) {
        return page + at(row, 0);
    }

    private int at(int row, int number) {
        return ROWS + (row * width + number) * Long.BYTES;
    }

    /**
     * Adds a row behind those whose first word is not greater.
     *
     * @param words as many as a row has
     */
    public void add(long... words) {
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

    /**
     * Removes a row; those behind it get numbers less by one.
     *
     * @param row 0 to one less than {@link #count}
     */
    public void remove(int row) {
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
