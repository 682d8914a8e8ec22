package org.allocman.testkit.systems;

import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Word;

/**
 * The user's own book of what is live: a list of handles in order of size, in memory that is the user's, so that it goes back
 * with the machine. Two ways to the same objects end in the same list.
 */
final class LiveObjects {
    /*
     *   word 0       faults of the history so far
     *   word 1       handles in use
     *   word 2 + i   handle i
     */
    static final Word FAULTS = new Word("faults", 0);
    private static final Word COUNT = new Word("count", 8);
    private static final int FIRST = 16;

    private final Memory memory;
    private final long page;
    private final int most;

    /** A list of so many handles in a page that is all zero. */
    LiveObjects(Memory memory, @PhysAddr long page, int most) {
        this.memory = memory;
        this.page = page;
        this.most = most;
    }

    int count() {
        return (int) COUNT.get(memory, page);
    }

    boolean isFull() {
        return count() == most;
    }

    long handle(int number) {
        return memory.load64(page, FIRST + number * Long.BYTES);
    }

    void add(long handle) {
        int place = count();
        while (place > 0 && handle(place - 1) > handle) {
            memory.store64(page, FIRST + place * Long.BYTES, handle(place - 1));
            place--;
        }
        memory.store64(page, FIRST + place * Long.BYTES, handle);
        COUNT.set(memory, page, count() + 1L);
    }

    void remove(int number) {
        int last = count() - 1;
        for (int place = number; place < last; place++) {
            memory.store64(page, FIRST + place * Long.BYTES, handle(place + 1));
        }
        memory.store64(page, FIRST + last * Long.BYTES, 0);
        COUNT.set(memory, page, last);
    }
}
