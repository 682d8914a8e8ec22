package org.allocman.lab.measure;

import java.util.Arrays;
import java.util.Locale;
import org.allocman.lab.workload.XorShift;
import org.allocman.manager.Allocman;
import org.allocman.qual.SizeBits;
import org.allocman.vka.ObjectType;

/** frames: frames of 4 KiB until an untyped is used up, freed in some order. */
public final class FillAndDrain {
    private static final long SEED = 0x9E37_79B9_7F4A_7C15L;

    private final Allocman allocman;
    private final long[] handles;
    private final int[][] orders;

    /** In which order frames are freed. */
    public enum Order {
        /** As they were made. */
        SAME,
        /** The last one first. */
        REVERSE,
        /** Shuffled. */
        RANDOM;

        /**
         * The name to show.
         *
         * @return for instance {@code same}
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Prepares the work.
     *
     * @param allocman who does it
     * @param frames how many
     */
    public FillAndDrain(Allocman allocman, int frames) {
        this.allocman = allocman;
        this.handles = new long[frames];
        this.orders = new int[Order.values().length][frames];
        for (int i = 0; i < frames; i++) {
            orders[Order.SAME.ordinal()][i] = i;
            orders[Order.REVERSE.ordinal()][i] = frames - 1 - i;
        }
        shuffle(orders[Order.SAME.ordinal()], orders[Order.RANDOM.ordinal()]);
    }

    private static void shuffle(int[] from, int[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
        XorShift random = new XorShift(SEED);
        for (int i = to.length - 1; i >= 1; i--) {
            int j = random.below(i + 1);
            int swapped = to[i];
            to[i] = to[j];
            to[j] = swapped;
        }
    }

    /** Makes all the frames. */
    public void fill() {
        for (int i = 0; i < handles.length; i++) {
            handles[i] = NativeAnswers.handle(allocman.allocate(ObjectType.SMALL_PAGE, 0, 0));
        }
    }

    /**
     * Makes frames until no more can be made, or the place for handles is full.
     *
     * @return how many were made
     */
    int fillAsFarAsItGoes() {
        for (int i = 0; i < handles.length; i++) {
            long handle = allocman.allocate(ObjectType.SMALL_PAGE, 0, 0);
            if (handle < 0) {
                return i;
            }
            handles[i] = handle;
        }
        return handles.length;
    }

    /**
     * Frees all the frames.
     *
     * @param order in which order
     */
    public void drain(Order order) {
        for (int index : orders[order.ordinal()]) {
            if (handles[index] != 0) {
                NativeAnswers.good(allocman.free(handles[index]));
            }
        }
        Arrays.fill(handles, 0);
    }

    /**
     * Whether the memory is one block again: allocates it whole, and frees it.
     *
     * @param bits its size in bits
     * @return true if that is possible
     */
    public boolean isWhole(@SizeBits int bits) {
        long handle = allocman.allocate(ObjectType.UNTYPED, bits, 0);
        if (handle < 0) {
            return false;
        }
        NativeAnswers.good(allocman.free(handle));
        return true;
    }
}
