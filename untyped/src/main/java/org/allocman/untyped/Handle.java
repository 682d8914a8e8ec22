package org.allocman.untyped;

/**
 * What a caller holds of an allocation: whose it is, the arena's record, the child, the child's generation.
 *
 * <pre>
 *   62      54 53                         22 21      16 15            0
 *  |  salt    |  address of record / 16     |  child   |  generation   |
 * </pre>
 *
 * The salt is the manager's, made of where its state lies: a handle of another manager in the address space, or a number that
 * nobody gave out, seldom has it.
 */
final class Handle {
    private static final int CHILD_SHIFT = 16;
    private static final int RECORD_SHIFT = 22;
    private static final int SALT_SHIFT = 54;
    private static final int SALTS = 511;
    private static final long RECORD_MASK = 0xffff_ffffL;
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;
    static final int GENERATION_MASK = 0xffff;

    private Handle() {}

    /** The salt of a manager, in its place: 1 to 511. */
    static long salt(long state) {
        return 1 + Long.remainderUnsigned(state * GOLDEN >>> 32, SALTS) << SALT_SHIFT;
    }

    static long of(long salt, long record, int child, long generation) {
        return salt | Reference.to(record) << RECORD_SHIFT | (long) child << CHILD_SHIFT | generation & GENERATION_MASK;
    }

    /** Whether a number has a salt; any number may be asked. */
    static boolean has(long salt, long handle) {
        return handle >>> SALT_SHIFT == salt >>> SALT_SHIFT;
    }

    static long record(long handle) {
        return Reference.target(handle >>> RECORD_SHIFT & RECORD_MASK);
    }

    static int child(long handle) {
        return (int) (handle >>> CHILD_SHIFT) & ArenaRecord.MAX_CHILDREN - 1;
    }

    static long generation(long handle) {
        return handle & GENERATION_MASK;
    }
}
