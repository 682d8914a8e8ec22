package org.allocman.untyped;

/**
 * What a caller holds of an allocation: the arena's record, the child, the child's generation.
 *
 * <pre>
 *   53                         22 21      16 15            0
 *  |  address of record / 16     |  child   |  generation   |
 * </pre>
 */
final class Handle {
    private static final int CHILD_SHIFT = 16;
    private static final int RECORD_SHIFT = 22;
    static final int GENERATION_MASK = 0xffff;

    private Handle() {}

    static long of(long record, int child, long generation) {
        return Reference.to(record) << RECORD_SHIFT | (long) child << CHILD_SHIFT | generation & GENERATION_MASK;
    }

    static long record(long handle) {
        return Reference.target(handle >>> RECORD_SHIFT);
    }

    static int child(long handle) {
        return (int) (handle >>> CHILD_SHIFT) & ArenaRecord.MAX_CHILDREN - 1;
    }

    static long generation(long handle) {
        return handle & GENERATION_MASK;
    }
}
