package org.allocman.untyped;

/**
 * What a caller holds of an allocation of the split manager: the node, and which allocation it was.
 *
 * <pre>
 *   61                         30 29              0
 *  |  reference to the node      |  serial number  |
 * </pre>
 */
final class SplitHandle {
    private static final int SERIAL_BITS = 30;
    static final long SERIAL_MASK = (1L << SERIAL_BITS) - 1;

    private SplitHandle() {}

    static long of(long node, long serial) {
        return Reference.to(node) << SERIAL_BITS | serial & SERIAL_MASK;
    }

    static long node(long handle) {
        return Reference.target(handle >>> SERIAL_BITS);
    }

    static long serial(long handle) {
        return handle & SERIAL_MASK;
    }
}
