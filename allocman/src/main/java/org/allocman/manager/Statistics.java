package org.allocman.manager;

import org.allocman.untyped.Need;

/**
 * What a manager has in use at one moment.
 *
 * @param liveObjects objects that users hold, without those in {@link ClientReserves}
 * @param staticPoolBytes size of the static pool
 * @param staticPagesReady pages of the static pool, of 4 KiB, that hold nothing
 * @param virtualPagesMapped pages of the virtual pool
 * @param virtualPagesReady those among them that hold nothing
 * @param pagingStructures paging structures made for the virtual pool
 * @param slotsThere capability slots whose CNode is there
 * @param freeSlots those of them that are free
 * @param reserve what users have to leave now; nothing for what cannot grow any more
 * @param reserveFull whether it is there
 */
public record Statistics(
        long liveObjects,
        long staticPoolBytes,
        long staticPagesReady,
        long virtualPagesMapped,
        long virtualPagesReady,
        long pagingStructures,
        long slotsThere,
        long freeSlots,
        Need reserve,
        boolean reserveFull) {}
