package org.allocman.resource;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * A kind of memory: equal units, each at a physical address and each with at most one owner. Pages of Xous and blocks of
 * uVisor are such kinds; whoever has another implements this, and the command lists, draws, exercises and explores it like
 * them, and {@code ResourceTypeContract} of the test kit tests what is promised here.
 *
 * <p>What an implementation promises:
 *
 * <ul>
 *   <li>A unit has no owner or one. It is obtained through a {@link org.allocman.vka.Vka} at its address before it has
 *       one, and given back when it has none.
 *   <li>A refusal is a {@link ResourceRefusal#code()}, a negative number, and has changed nothing. A release never allocates.
 *   <li>Nothing is kept in Java fields: the tables are memory, and their size does not depend on what is asked.
 *   <li>Finding a free unit does not take longer the more units there are or the fewer are free. Finding a run of units may.
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
     * What an owner is called, to be shown.
     *
     * @param owner an owner, or {@link #NOBODY}
     * @return a few words, for instance {@code owner 3}
     */
    default String ownerName(int owner) {
        return owner == NOBODY ? "free" : "owner " + owner;
    }

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
     * Where the units lie: those of one stretch have consecutive numbers and lie one behind the other.
     *
     * @return the stretches; together they have every unit once, in the order of their numbers
     */
    default List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        long first = 0;
        for (long unit = 1; unit <= units(); unit++) {
            if (unit == units() || address(unit) != address(unit - 1) + unitBytes()) {
                stretches.add(new Stretch("units", first, address(first), unit - first));
                first = unit;
            }
        }
        return stretches;
    }

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
     * Gives free units that lie one behind the other to an owner, all of them or none; a device that reads memory by itself
     * wants its buffer in one piece, and often below some address. Units that the owner has already are not free.
     *
     * <p>The default looks at one unit after the other and claims the first run that fits. If some unit of it is refused,
     * those that were claimed are released, and the search goes on behind it. Should the kernel refuse the release as well,
     * those units stay the owner's.
     *
     * @param count how many, 1 or more
     * @param placement where the run may be
     * @param owner who is to have it
     * @return the unit with the lowest address, the others having the numbers behind it; or a refusal
     */
    default long claimRun(long count, Placement placement, int owner) {
        if (count < 1 || count > units()) {
            return ResourceRefusal.ILLEGAL_COUNT.code();
        }
        long refusal = ResourceRefusal.EXHAUSTED.code();
        for (long unit = 0; unit <= units() - count; ) {
            long next = obstacleTo(unit, count);
            if (next < 0 && placement.allows(address(unit), count * unitBytes())) {
                refusal = claimAll(unit, count, owner);
                if (refusal == 0) {
                    return unit;
                }
                // the same would be refused elsewhere as well
                if (refusal == ResourceRefusal.OVER_QUOTA.code() || refusal == ResourceRefusal.NO_SUCH_OWNER.code()) {
                    return refusal;
                }
            }
            unit = next < 0 ? unit + 1 : next;
        }
        return refusal;
    }

    /** Where to go on if no run of free units can begin at a unit; -1 if one can. */
    private long obstacleTo(long unit, long count) {
        for (long i = unit + count - 1; i >= unit; i--) {
            if (owner(i) != NOBODY) {
                return i + 1;
            }
            if (i > unit && address(i) != address(i - 1) + unitBytes()) {
                return i;
            }
        }
        return -1;
    }

    /** 0, or why one of them was refused, with nothing claimed. */
    private long claimAll(long unit, long count, int owner) {
        for (long i = unit; i < unit + count; i++) {
            long answer = claimAt(address(i), owner);
            if (answer < 0) {
                for (long claimed = i - 1; claimed >= unit; claimed--) {
                    release(claimed, owner);
                }
                return answer;
            }
        }
        return 0;
    }

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
