package org.allocman.untyped;

/**
 * Moves a manager's records, so that a page of the pool can be given back although the last records in it describe the
 * memory that the page itself came from. Only records to which no user holds a handle can be moved.
 */
public interface RecordMoves {
    /**
     * Whether a record can be moved.
     *
     * @param use what it is
     * @param record its address
     * @return true if no user holds a handle that leads to it
     */
    boolean canMove(RecordStore.Use use, long record);

    /**
     * Moves a record. Handles of the pools' own objects in it have to be {@link #moved} afterwards.
     *
     * @param use what it is
     * @param from the record, which {@link #canMove}; the caller gives it back
     * @param to the new place, taken for the same use
     */
    void move(RecordStore.Use use, long from, long to);

    /**
     * The handle of an object after a record was moved.
     *
     * @param handle the handle
     * @param from where the record was
     * @param to where it is
     * @return the same object's handle; the handle itself if another record describes it
     */
    long moved(long handle, long from, long to);
}
