package org.allocman.untyped;

/** Where records of book-keeping come from. Taking never makes memory; it takes what is ready or refuses. */
public interface RecordStore {
    /** What a record is for; each use has its own pages, so that a page's records are all of one layout. */
    enum Use {
        /** An {@link ArenaRecord}: 192 bytes. */
        ARENA(192),
        /** The table of an arena's sub-arenas: 256 bytes. */
        SUB_ARENAS(256),
        /** The two halves of a block: 64 bytes. */
        PAIR(64),
        /** An untyped of which a part has been given away: 64 bytes. */
        WATERMARK(64),
        /** The book of up to 1024 capability slots: 320 bytes. */
        SLOTS(320);

        private final int bytes;

        Use(int bytes) {
            this.bytes = bytes;
        }

        /**
         * The record's size.
         *
         * @return bytes, a multiple of 64
         */
        public int bytes() {
            return bytes;
        }
    }

    /**
     * Takes a record, all zero.
     *
     * @param use what for
     * @param own true if it serves the pools' own growth, which alone may use the reserve
     * @return its address, a multiple of 64 below 2^36; 0 if none may be taken
     */
    long take(Use use, boolean own);

    /**
     * Gives a record back. It is cleared.
     *
     * @param use what it was for
     * @param record its address
     */
    void giveBack(Use use, long record);

    /**
     * Whether an address is that of a record in use; any number may be asked.
     *
     * @param use what for
     * @param record the address
     * @return true if it was taken and not given back
     */
    boolean holds(Use use, long record);
}
