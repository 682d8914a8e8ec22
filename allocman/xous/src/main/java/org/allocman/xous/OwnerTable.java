package org.allocman.xous;

import org.allocman.qual.Bytes;

/**
 * Who owns which page. There are two forms with equal answers: {@link ArrayTable} has a byte for every page there is,
 * {@link SparseTable} searches for the page among those that somebody owns.
 */
interface OwnerTable {
    /** The owner of a page, 0 if nobody. */
    int owner(long page);

    /** Makes sure that {@link #setOwner} can be called for a page; false, with nothing changed, if memory is short. */
    boolean prepare(long page);

    /** Enters an owner; 0 for nobody. */
    void setOwner(long page, int pid);

    /** The first page from a number on that a process owns, or -1. */
    long next(long from, int pid);

    /** What the table takes now. */
    @Bytes
    long bytes();
}
