package org.allocman.cspace;

import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;

/**
 * The CNodes of a second level, as a {@link CSpace} knows them that has one. A CNode is there or not: its maker makes it and
 * takes it away between two operations, and says so by {@link #prepare}, {@link #open} and {@link #close}.
 */
public interface SecondLevels {
    /**
     * The radix of the CNodes of the second level.
     *
     * @return in bits
     */
    @SizeBits
    int secondBits();

    /**
     * The first CNode of the second level that is not there.
     *
     * @return its index in the root, or -1 if all are there
     */
    int firstMissing();

    /**
     * The CNode that a slot belongs to.
     *
     * @param slot a slot number below {@link CSpace#end}
     * @return its index in the root
     */
    int nodeOf(@CPtr long slot);

    /**
     * Whether a CNode of the second level is there.
     *
     * @param node its index in the root
     * @return true if it is
     */
    boolean isThere(int node);

    /**
     * How many CNodes of the second level are there.
     *
     * @return how many, those that are there for ever included
     */
    int nodes();

    /**
     * How many CNodes of the second level were made.
     *
     * @return how many; those that are there for ever do not count
     */
    int made();

    /**
     * The next CNode of the second level that is there.
     *
     * @param from index in the root to start from
     * @return its index, or -1 if there is none
     */
    int nextNode(int from);

    /**
     * Takes the records that a CNode needs, those of the reserve if need be.
     *
     * @param node its index in the root; it is missing
     * @return false, with nothing changed, if there are too few
     */
    boolean prepare(int node);

    /**
     * Gives back what {@link #prepare} took: the CNode could not be made, or is gone.
     *
     * @param node its index in the root
     */
    void cancel(int node);

    /**
     * Says that a CNode is in its place, so its slots are free.
     *
     * @param node its index in the root; it was {@link #prepare}d, or {@link #close}d
     * @param handle what its maker knows it by, not 0
     */
    void open(int node, long handle);

    /**
     * Takes the slots of a CNode out of use. It is {@link #cancel}led when it is gone, or {@link #open}ed again.
     *
     * @param node its index in the root; all its slots are free
     */
    void close(int node);

    /**
     * The next CNode of which no slot is used, and which was made.
     *
     * @param from index in the root to start from
     * @return its index, or -1 if there is none
     */
    int nextUnused(int from);

    /**
     * Whether the reserve would be full without one of the CNodes that are not used.
     *
     * @return true if it would
     */
    boolean hasReserveWithoutOne();

    /**
     * What a CNode's maker knows it by.
     *
     * @param node its index in the root; it is there
     * @return the handle; 0 for one that is there for ever
     */
    long handle(int node);

    /**
     * A place in the root CNode itself, for the CNode that is to hang there.
     *
     * @param node its index in the root
     * @return a slot number beyond {@link CSpace#end} that a retype can be given
     */
    @CPtr
    long placeOf(int node);
}
