package org.allocman.untyped;

import org.checkerframework.checker.nullness.qual.Nullable;

/** Where records of book-keeping come from. Taking never makes memory; it takes what is ready or refuses. */
public interface RecordStore {
    /**
     * Takes a record, all zero.
     *
     * @param kind one of the kinds that were declared when the pools were planned
     * @param requester who takes; the pools alone may use the reserve
     * @return its address, a multiple of 64 below 2^36; 0 if none may be taken
     */
    long take(RecordKind kind, Requester requester);

    /**
     * Gives a record back. It is cleared.
     *
     * @param kind its kind
     * @param record its address
     */
    void giveBack(RecordKind kind, long record);

    /**
     * Whether an address is that of a record in use; any number may be asked.
     *
     * @param kind its kind
     * @param record the address
     * @return true if it was taken and not given back
     */
    boolean holds(RecordKind kind, long record);

    /**
     * Whether an address is that of a record in use, for whoever has pinned its page already.
     *
     * @param kind its kind
     * @param record the address, any number
     * @param pin what the memory in which the records lie returned for it, see {@link org.allocman.vka.Memory#pin}
     * @return true if it was taken and not given back
     */
    default boolean holds(RecordKind kind, long record, long @Nullable [] pin) {
        return holds(kind, record);
    }
}
