package org.allocman.resource;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * A kind of memory: equal units, each at a physical address and each with at most one owner. Pages of Xous and blocks of
 * uVisor are such kinds; whoever has another implements this and can be listed, drawn and tested like them.
 *
 * <p>What an implementation promises:
 *
 * <ul>
 *   <li>A unit has no owner or one. It is obtained through a {@link org.allocman.vka.Vka} at its address before it has
 *       one, and given back when it has none.
 *   <li>A refusal is a {@link ResourceRefusal#code()}, a negative number, and has changed nothing. A release never allocates.
 *   <li>Nothing is kept in Java fields: the tables are memory, and their size does not depend on what is asked.
 *   <li>Finding a free unit does not take longer the more units there are or the fewer are free.
 *   <li>No object is made on the way to success.
 * </ul>
 */
public interface ResourceType {
    /** What {@link #owner} answers for a unit that nobody owns. */
    int NOBODY = -1;

    /**
     * What a unit is called.
     *
     * @return a word in the singular, for instance {@code page}
     */
    String unitName();

    /**
     * The size of a unit.
     *
     * @return bytes, the same for all units, 1 or more
     */
    @Bytes
    long unitBytes();

    /**
     * How many units there are, free or not.
     *
     * @return how many; units are numbered from 0
     */
    long units();

    /**
     * Where a unit is.
     *
     * @param unit 0 to {@link #units()} - 1
     * @return the physical address of its first byte
     */
    @PhysAddr
    long address(long unit);

    /**
     * Who owns a unit.
     *
     * @param unit 0 to {@link #units()} - 1
     * @return the owner, 0 or more, or {@link #NOBODY}
     */
    int owner(long unit);

    /**
     * Gives the unit at an address to an owner. An owner may claim what it has; that changes nothing.
     *
     * @param address any number
     * @param owner who is to have it
     * @return the unit, or a refusal
     */
    long claimAt(@PhysAddr long address, int owner);

    /**
     * Gives a free unit to an owner; which, the kind decides.
     *
     * @param owner who is to have it
     * @return the unit, or a refusal
     */
    long claimAny(int owner);

    /**
     * Takes a unit from its owner.
     *
     * @param unit any number
     * @param owner who has it
     * @return the unit, or a refusal
     */
    long release(long unit, int owner);

    /**
     * Takes all units from an owner, as when it ends.
     *
     * @param owner whose; one that has nothing loses nothing
     * @return how many units it had, or a refusal
     */
    long releaseAll(int owner);

    /**
     * What the book-keeping of owners takes.
     *
     * @return bytes of memory
     */
    @Bytes
    long tableBytes();
}
