package org.example.bitmap;

import org.allocman.vka.Memory;

/**
 * Allocates the numbers from 0 on, with a bit each and next fit: it looks from a hint on, below which nothing is free. Bits and hint
 * are two words of memory; nothing is kept in Java.
 */
public class Bitmap {
    /** The greatest number of bits. */
    public static final int MOST = 64;

    private static final int HINT = 8;

    private final Memory memory;
    private final long address;
    private final int size;

    /**
     * A bitmap in which everything is free.
     *
     * @param memory where it lies
     * @param address the physical address of two words that are zero
     * @param size how many numbers there are, up to {@link #MOST}
     */
    public Bitmap(Memory memory, long address, int size) {
        this.memory = memory;
        this.address = address;
        this.size = size;
    }

    /**
     * Takes a number that is free.
     *
     * @return the number, or -1 if none is free
     */
    public int take() {
        long bits = memory.load64(address, 0);
        for (int number = (int) memory.load64(address, HINT); number < size; number++) {
            if ((bits >>> number & 1) == 0) {
                memory.store64(address, 0, bits | 1L << number);
                memory.store64(address, HINT, number + 1L);
                return number;
            }
        }
        return -1;
    }

    /**
     * Gives a number back.
     *
     * @param number one that was taken
     */
    public void giveBack(int number) {
        memory.store64(address, 0, memory.load64(address, 0) & ~(1L << number));
        memory.store64(address, HINT, hintAfter(number, (int) memory.load64(address, HINT)));
    }

    /**
     * The hint when a number was given back.
     *
     * @param number the number
     * @param hint the hint before
     * @return the new one: nothing below it is free
     */
    protected int hintAfter(int number, int hint) {
        return Math.min(number, hint);
    }
}
