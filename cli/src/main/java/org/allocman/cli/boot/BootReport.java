package org.allocman.cli.boot;

import java.util.List;
import java.util.Map;
import org.allocman.cli.frame.BoardNotes;
import org.allocman.cli.frame.RecordCount;

/**
 * What a run did, as {@code --json} prints it. Sizes are in bytes.
 *
 * @param board the board's name
 * @param architecture its kernel's architecture
 * @param manager which untyped manager
 * @param givesBack whether it takes objects back
 * @param slotsComeBack whether slots that are given back can be taken again
 * @param ramBytes RAM of the board
 * @param seed of the work
 * @param untypeds what the kernel handed over
 * @param leftOut what is there and not to be had as memory
 * @param pools the pools
 * @param slots capability slots
 * @param cspace the CSpace that the manager works in
 * @param work what was made and freed
 * @param invocations answered by the kernel, by kind, bootstrap and work together
 * @param live book-keeping while the most objects were live
 * @param reserve what users have to leave
 * @param invariants what was checked
 * @param wholeAgain whether at the end each untyped is one free block, as at the beginning
 * @param sameAgain whether a second round of the same work ended in the same memory; where nothing is given back, a round on
 *     another machine
 */
record BootReport(
        String board,
        String architecture,
        String manager,
        boolean givesBack,
        boolean slotsComeBack,
        long ramBytes,
        String seed,
        Untypeds untypeds,
        List<BoardNotes.Missing> leftOut,
        Pools pools,
        Slots slots,
        CSpace cspace,
        Work work,
        Map<String, Long> invocations,
        Live live,
        Reserve reserve,
        Invariants invariants,
        boolean wholeAgain,
        boolean sameAgain) {
    /**
     * What the kernel handed over.
     *
     * @param memory untypeds of normal memory
     * @param memoryBytes their size
     * @param device untypeds of device memory
     * @param deviceRam untypeds of device memory that are RAM, after others were parted where RAM begins or ends
     * @param deviceRamBytes their bytes
     * @param largestBits size bits of the largest of normal memory
     */
    record Untypeds(int memory, long memoryBytes, int device, int deviceRam, long deviceRamBytes, int largestBits) {}

    /**
     * The pools.
     *
     * @param staticBytes size of the static pool
     * @param staticNeededBytes what was needed of it
     * @param staticUsedBytes how much of it is in use at the peak
     * @param virtualWindowBytes greatest size of the virtual pool
     * @param virtualMappedBytes its size at the peak
     * @param pagingStructures made for the virtual pool
     */
    record Pools(
            long staticBytes,
            long staticNeededBytes,
            long staticUsedBytes,
            long virtualWindowBytes,
            long virtualMappedBytes,
            long pagingStructures) {}

    /**
     * Capability slots.
     *
     * @param inCNode of the root CNode
     * @param emptyAtBoot of them empty when the root task started
     * @param freeAtPeak free when the most objects were live
     */
    record Slots(long inCNode, long emptyAtBoot, long freeAtPeak) {}

    /**
     * The CSpace.
     *
     * @param geometry as {@code --cspace} takes it
     * @param slotsAtPeak slots whose CNode was there when the most objects were live
     * @param slotsAtMost slots that there can be
     * @param oldRoot the slot that leads to the CSpace of the boot; 0 if that is the one
     */
    record CSpace(String geometry, long slotsAtPeak, long slotsAtMost, long oldRoot) {}

    /**
     * The work.
     *
     * @param asked how many objects were to be made
     * @param made how many were, by type
     * @param madeInAll how many were in all
     * @param madeAtAddress how many of them at an address that was asked for
     * @param freed how many were freed
     * @param peakLive the most that were live at one time
     * @param refused requests that were refused, by reason
     */
    record Work(
            int asked,
            Map<String, Integer> made,
            int madeInAll,
            int madeAtAddress,
            int freed,
            int peakLive,
            Map<String, Integer> refused) {}

    /**
     * Book-keeping of live objects.
     *
     * @param objects how many were live
     * @param bytesPerObject bytes of the pools beyond what was in use before the work
     * @param slotsPerObject slots beyond what was in use before the work
     */
    record Live(long objects, double bytesPerObject, double slotsPerObject) {}

    /**
     * The reserve.
     *
     * @param records records set apart, by the manager's kinds
     * @param slots slots set apart
     * @param full whether all that is there
     */
    record Reserve(List<RecordCount> records, int slots, boolean full) {}

    /**
     * What was checked.
     *
     * @param times how often
     * @param broken what did not hold
     */
    record Invariants(int times, List<String> broken) {}

    /** Whether nothing was found wrong. Where nothing is given back, memory comes to an end, and there is nothing wrong in that. */
    boolean isGood() {
        boolean cameBack = wholeAgain && reserve.full && work.madeInAll == work.asked;
        return invariants.broken.isEmpty() && sameAgain && (cameBack || !givesBack);
    }
}
