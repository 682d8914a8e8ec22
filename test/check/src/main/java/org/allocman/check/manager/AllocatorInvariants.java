package org.allocman.check.manager;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.invariants.Invariant;
import org.allocman.manager.Allocman;
import org.allocman.manager.Statistics;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.Slots;

/** The laws of a resource manager between two operations, each by its name. {@link OperationLaws} has those of operations. */
public final class AllocatorInvariants {
    /** Every byte is in one state. */
    public static final Invariant<Managed> PARTITION = of(
            "partition",
            "every byte of every untyped handed over is free, an object's, or divided further, and never two of these",
            List.of("partition", "roots", "halves", "merging", "lists", "live objects"));

    /** Records and blocks belong together one to one. */
    public static final Invariant<Managed> ONE_RECORD_PER_BLOCK = of(
            "one record per block",
            "every block has one record, and every record in use is reached from the state at the pool's base",
            List.of("one record per block"));

    /** Records are in the pools. */
    public static final Invariant<Managed> RECORDS_INSIDE_POOLS = new Invariant<>(
            "records inside pools",
            "every record lies in pool memory that can be read, and no two overlap",
            managed -> RecordAddresses.violations(managed.allocman));

    /** Kernel and manager agree about slots. */
    public static final Invariant<Managed> SLOTS_AGREE = of(
            "slots agree",
            "a slot the manager calls free is empty in the kernel, a slot in use holds what it should",
            List.of("slots agree", "slots"));

    /** Kernel and manager agree about watermarks. */
    public static final Invariant<Managed> WATERMARK_AGREES = of(
            "watermark agrees",
            "what the manager believes of an untyped's watermark is what the kernel has",
            List.of("watermark agrees", "watermarks"));

    /** The reserve is there if the manager says so. */
    public static final Invariant<Managed> RESERVE_FULL_WHEN_IDLE = new Invariant<>(
            "reserve full when idle",
            "the reserve is at its computed level, or the manager says that it is low",
            AllocatorInvariants::reserve);

    /** All of them, in the order above. */
    public static final List<Invariant<Managed>> ALL = List.of(
            PARTITION,
            ONE_RECORD_PER_BLOCK,
            RECORDS_INSIDE_POOLS,
            SLOTS_AGREE,
            WATERMARK_AGREES,
            RESERVE_FULL_WHEN_IDLE);

    private static final int SLOTS_IN_WORD = 64;

    /**
     * A manager on a simulated machine.
     *
     * @param allocman the manager
     * @param slots reads the kernel's slots
     * @param cnode physical address of the CNode whose slots are managed
     */
    public record Managed(
            Allocman allocman, Slots slots, @PhysAddr long cnode) {}

    private AllocatorInvariants() {}

    /**
     * Checks all laws.
     *
     * @param managed the manager
     * @return what is broken, each with the law's name in front; empty if all is well
     */
    public static List<String> check(Managed managed) {
        return Invariant.check(ALL, managed);
    }

    /** A law whose violations the managers' own checks report, under names of theirs. */
    private static Invariant<Managed> of(String name, String meaning, List<String> reportedAs) {
        return new Invariant<>(name, meaning, managed -> {
            List<String> broken = new ArrayList<>();
            for (String report : new ManagerInvariants(managed.allocman, managed.slots, managed.cnode).check()) {
                int colon = report.indexOf(": ");
                if (colon > 0 && reportedAs.contains(report.substring(0, colon))) {
                    broken.add(report.substring(colon + 2));
                }
            }
            return broken;
        });
    }

    private static List<String> reserve(Managed managed) {
        Statistics now = managed.allocman.statistics();
        if (!now.reserveFull()) {
            return List.of();
        }
        int inWord = Math.min(SLOTS_IN_WORD, managed.allocman.slots().cspace().longestRun());
        long words = 0;
        for (long first = 0; first < managed.allocman.slots().cspace().end(); first += inWord) {
            int free = 0;
            while (free < inWord && managed.allocman.slots().cspace().isFree(first + free)) {
                free++;
            }
            words += free / inWord;
        }
        long needed = (long) now.reserve().slotWords() * SLOTS_IN_WORD / inWord;
        return words >= needed
                ? List.of()
                : List.of("the manager says that it is full, but of " + needed + " runs of " + inWord + " slots only "
                        + words + " are free");
    }
}
