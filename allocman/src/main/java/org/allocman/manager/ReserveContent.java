package org.allocman.manager;

/**
 * What a client's reserve holds: how one is allocated into it, taken out of it and released. An allocation leaves the value in
 * no client's hands.
 */
sealed interface ReserveContent permits SlotReserve, ObjectReserve, MemoryReserve {
    /** Allocates one; a positive value, or a refusal with nothing changed. It is not pushed yet. */
    long allocate(long reserve);

    /** A value was allocated and pushed. */
    default void pushed() {}

    /** Pops the topmost value for a client. */
    long take(long reserve);

    /** Pops the topmost value and frees it; 0, or a refusal with nothing changed. */
    long releaseTop(long reserve);

    /** The content in words. */
    String text(long reserve);
}
