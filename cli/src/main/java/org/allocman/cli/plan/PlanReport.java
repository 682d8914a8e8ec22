package org.allocman.cli.plan;

import static org.allocman.vka.PageSize.PAGE;

import java.util.List;
import java.util.Locale;
import org.allocman.cli.frame.BoardNotes;
import org.allocman.cli.frame.RecordCount;
import org.allocman.plan.Demand;
import org.allocman.plan.Plan;
import org.allocman.plan.Shortfall;
import org.allocman.plan.Workload;
import org.allocman.sim.board.LeftOut;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A plan, as {@code --json} prints it. Sizes are in bytes.
 *
 * @param board the board's name
 * @param architecture its kernel's architecture
 * @param ramBytes RAM of the board
 * @param cspace the CSpace's geometry
 * @param manager which untyped manager
 * @param fits whether the workload can be allocated
 * @param workload what is to be allocated, in this order
 * @param objectBytes untyped memory that the objects take
 * @param pool which pool holds the book-keeping: virtual or static
 * @param staticPoolBytes size of the static pool, exactly
 * @param virtualPoolBytes size of the virtual pool's window; 0 for none
 * @param virtualMappedBytes how much of it is mapped at the end
 * @param reserve what is set apart for the virtual pool's growth
 * @param slots capability slots
 * @param memory untyped memory, devices left out
 * @param leftOut what is there and not to be had as memory
 * @param missing why it does not fit; null if it does
 */
record PlanReport(
        String board,
        String architecture,
        long ramBytes,
        String cspace,
        String manager,
        boolean fits,
        List<Entry> workload,
        long objectBytes,
        String pool,
        long staticPoolBytes,
        long virtualPoolBytes,
        long virtualMappedBytes,
        Reserve reserve,
        Slots slots,
        Memory memory,
        List<BoardNotes.Missing> leftOut,
        @Nullable Missing missing) {

    /**
     * A line of the workload.
     *
     * @param name what one is called
     * @param count how many
     * @param bytesEach untyped memory that one takes
     */
    record Entry(String name, long count, long bytesEach) {}

    /**
     * The reserve.
     *
     * @param records by the manager's kinds
     * @param bytes what the records take of the pools
     * @param slots slots, in aligned runs of 64
     */
    record Reserve(List<RecordCount> records, long bytes, long slots) {}

    /**
     * The slots.
     *
     * @param rootCNodeBits radix of the root CNode
     * @param empty slots that the manager can give at most, all second levels included
     * @param taken those it has given at the end
     * @param left those left
     */
    record Slots(int rootCNodeBits, long empty, long taken, long left) {}

    /**
     * The untyped memory.
     *
     * @param handedOverBytes at boot
     * @param leftBytes free at the end
     * @param largestLeftBytes the largest free block at the end; 0 if nothing is free
     */
    record Memory(long handedOverBytes, long leftBytes, long largestLeftBytes) {}

    /**
     * What is missing.
     *
     * @param resource memory, slots or book_keeping
     * @param demand what could not be allocated; null if there is not even a manager
     * @param met how many of it were allocated
     * @param unmet how many things in all are left over
     * @param unmetBytes untyped memory that these take
     * @param why the refusal in words
     * @param enough what would be enough; null if nothing that was tried is
     * @param advice what to do, or why nothing helps, if the boot info has no room for all untypeds; otherwise null
     */
    record Missing(
            String resource,
            @Nullable String demand,
            long met,
            long unmet,
            long unmetBytes,
            String why,
            @Nullable Enough enough,
            @Nullable String advice) {}

    /**
     * What would be enough, all of it together.
     *
     * @param untypedBytes one more untyped of that size; 0 if memory is enough
     * @param rootCNodeBits a root CNode of that radix; 0 if slots are enough, or a new CSpace was asked for
     * @param cspace a larger new CSpace; null if slots are enough, or no new one was asked for
     * @param slots how many more slots are taken then than there are now; 0 if slots are enough
     */
    record Enough(
            long untypedBytes, int rootCNodeBits, @Nullable String cspace, long slots) {}

    static PlanReport of(
            String board,
            long ramBytes,
            Workload workload,
            Plan plan,
            List<LeftOut> leftOut,
            @Nullable String cause,
            @Nullable String advice) {
        Architecture architecture = plan.start().bootInfo().architecture();
        Shortfall shortage = plan.shortage();
        return new PlanReport(
                board,
                architecture.text(),
                ramBytes,
                plan.options().cspace().text(),
                plan.options().manager().name(),
                plan.fits(),
                workload.demands().stream()
                        .map(demand -> new Entry(demand.text(), demand.count(), demand.bytesOfOne(architecture)))
                        .toList(),
                workload.bytes(architecture),
                plan.pool() == Plan.Pool.VIRTUAL ? "virtual" : "static",
                plan.staticPoolBytes(),
                plan.virtualPoolBytes(),
                plan.virtualPagesMapped() * PAGE,
                new Reserve(
                        RecordCount.of(plan.reserve(), plan.options().manager()),
                        plan.reserveBytes(),
                        plan.reserveSlots()),
                new Slots(
                        plan.slots().rootCNodeBits(),
                        plan.slots().empty(),
                        plan.slots().taken(),
                        plan.slots().empty() - plan.slots().taken()),
                new Memory(
                        plan.memory().handedOver(),
                        plan.memory().left(),
                        plan.memory().largestLeft() < 0
                                ? 0
                                : 1L << plan.memory().largestLeft()),
                BoardNotes.Missing.of(leftOut),
                shortage == null ? null : missing(shortage, cause, advice));
    }

    private static Missing missing(Shortfall shortage, @Nullable String cause, @Nullable String advice) {
        Demand demand = shortage.demand();
        Shortfall.Remedy remedy = shortage.remedy();
        return new Missing(
                shortage.resource().name().toLowerCase(Locale.ROOT),
                demand == null ? null : demand.text(),
                shortage.met(),
                shortage.unmet(),
                shortage.unmetBytes(),
                cause == null ? shortage.why() : shortage.why().replace(Shortfall.NO_UNTYPED, cause),
                remedy == null || advice != null
                        ? null
                        : new Enough(
                                remedy.untypedBits() == 0 ? 0 : 1L << remedy.untypedBits(),
                                remedy.rootCNodeBits(),
                                remedy.cspace().isNew() ? remedy.cspace().text() : null,
                                remedy.slotsMissing()),
                advice);
    }
}
