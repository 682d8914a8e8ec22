package org.allocman.uvisor.box;

import org.allocman.qual.Bytes;

/**
 * The static memory that a box wants, in bytes. All but the stack lies together, in this order, each part rounded up to four
 * bytes.
 *
 * @param stack its stack
 * @param index what the box is found by
 * @param context its own variables
 * @param threadLocal storage that a thread of the box begins with: uVisor's {@code reent}
 * @param rpc for calls from other boxes
 * @param ipc for messages
 * @param heap what it allocates from
 */
public record BoxSizes(
        @Bytes long stack,
        @Bytes long index,
        @Bytes long context,
        @Bytes long threadLocal,
        @Bytes long rpc,
        @Bytes long ipc,
        @Bytes long heap) {
    /** The smallest stack a box gets. */
    public static final @Bytes long LEAST_STACK = 1024;

    private static final long WORD = 4;

    /**
     * A box of which only the two sums are known.
     *
     * @param stack its stack
     * @param rest all else
     * @return sizes with all else in the heap
     */
    public static BoxSizes of(@Bytes long stack, @Bytes long rest) {
        return new BoxSizes(stack, 0, 0, 0, 0, 0, rest);
    }

    /**
     * All but the stack, unrounded, as the size of the region is computed from.
     *
     * @return bytes
     */
    public @Bytes long data() {
        return index + context + threadLocal + rpc + ipc + heap;
    }

    /** Whether no part is negative, and neither the stack nor all else together is more than a bound, whatever it overflows to. */
    boolean isAtMost(@Bytes long most) {
        long rest = most;
        for (long part : new long[] {index, context, threadLocal, rpc, ipc, heap}) {
            if (part < 0 || part > rest) {
                return false;
            }
            rest -= part;
        }
        return stack >= 0 && stack <= most;
    }

    /**
     * How far from the start of the box's data its heap is.
     *
     * @return bytes, a multiple of four
     */
    public @Bytes long heapOffset() {
        return words(index) + words(context) + words(threadLocal) + words(rpc) + words(ipc);
    }

    private static long words(long bytes) {
        return (bytes + WORD - 1) / WORD * WORD;
    }
}
