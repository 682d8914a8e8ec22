package org.example.bitmap;

import org.allocman.vka.Memory;

/** A bitmap with a bug: what is given back below the hint is not found again. */
public final class ForgetfulBitmap extends Bitmap {
    /**
     * A bitmap in which everything is free.
     *
     * @param memory where it lies
     * @param address the physical address of two words that are zero
     * @param size how many numbers there are, up to {@link #MOST}
     */
    public ForgetfulBitmap(Memory memory, long address, int size) {
        super(memory, address, size);
    }

    @Override
    protected int hintAfter(int number, int hint) {
        return hint;
    }
}
