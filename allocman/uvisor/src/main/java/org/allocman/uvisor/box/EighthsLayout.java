package org.allocman.uvisor.box;

import static org.allocman.uvisor.rules.Halt.hex;

import io.vavr.control.Either;
import org.allocman.uvisor.rules.Halt;

/**
 * A box in one region of an ARMv7-M MPU: data from the bottom, the stack from the top, at least one eighth switched off
 * between them, so that a stack that is too deep faults.
 */
final class EighthsLayout {
    private static final int EIGHTHS = 8;
    // two of eight are kept for the guard and for rounding
    private static final int USED_EIGHTHS = 6;
    private static final long SMALLEST = 256;
    private static final long STACK_GAP = 8;

    private EighthsLayout() {}

    /** The region's size: what is wanted and a third, rounded up to a power of two. */
    static long regionBytes(long stack, long data) {
        long wanted = (stack + data) * EIGHTHS / USED_EIGHTHS;
        long bytes = SMALLEST;
        while (bytes < wanted) {
            bytes <<= 1;
        }
        return bytes;
    }

    /** The first multiple of a region's size at or behind an address. */
    static long base(long from, long bytes) {
        return (from + bytes - 1) & -bytes;
    }

    static Either<Halt, BoxRegion> place(int box, String name, BoxSizes sizes, long from) {
        long stack = Math.max(sizes.stack(), BoxSizes.LEAST_STACK);
        long data = sizes.data();
        long bytes = regionBytes(stack, data);
        long base = base(from, bytes);
        long eighth = bytes / EIGHTHS;
        int forData = (int) ((data + eighth - 1) / eighth);
        int forStack = forData == 0 ? EIGHTHS : EIGHTHS - forData - 1;
        if (forStack * eighth < stack) {
            return Either.left(new Halt("the stack of box " + name + " has " + stack + " bytes, but beside "
                    + data + " bytes of data and the guard only " + forStack * eighth + " of the region of " + bytes
                    + " bytes at " + hex(base) + " are left"));
        }
        return Either.right(new BoxRegion(
                box,
                base,
                bytes,
                forData == 0 ? 0 : base,
                forData * eighth,
                base + bytes - forStack * eighth,
                base + bytes - STACK_GAP,
                forData == 0 ? 0 : 1 << forData,
                base + bytes));
    }
}
