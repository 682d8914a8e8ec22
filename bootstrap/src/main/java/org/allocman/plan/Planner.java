package org.allocman.plan;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import java.util.List;
import java.util.Objects;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.manager.Allocman;
import org.allocman.plan.Shortfall.Remedy;
import org.allocman.plan.Shortfall.Resource;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.vka.Architecture;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the least pools with which a workload can be allocated. */
public final class Planner {
    /*
     * Too small a pool shows as a refusal for want of book-keeping. The search doubles the pool until the rehearsal ends
     * otherwise, and then halves the interval; so the answer is a size with which it does not end like that, while with one
     * page less it does. This holds even if the manager's need does not grow evenly with the size.
     */

    private static final long MOST_STATIC_PAGES = 1L << 18;
    private static final int MOST_CNODE_BITS = 24;

    private final StartingPoint.Boot boot;
    private final Workload workload;
    private final Plan.Pool pool;

    /**
     * Makes a planner.
     *
     * @param boot boots the machine that is planned for
     * @param workload what is to be allocated
     * @param pool which pool is to hold the book-keeping
     */
    public Planner(StartingPoint.Boot boot, Workload workload, Plan.Pool pool) {
        Objects.requireNonNull(boot, "boot");
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(pool, "pool");
        this.boot = boot;
        this.workload = workload;
        this.pool = pool;
    }

    /**
     * Plans.
     *
     * @return the plan; or a sentence, if the board does not boot at all
     */
    public Either<String, Plan> plan() {
        if (pool != Plan.Pool.EITHER) {
            return least(0, 0).map(attempt -> plan(attempt, shortage(attempt)));
        }
        Either<String, Trial> virtual = new Planner(boot, workload, Plan.Pool.VIRTUAL).least(0, 0);
        if (virtual.isLeft() || virtual.get().succeeds()) {
            return virtual.map(attempt -> plan(attempt, null));
        }
        Either<String, Trial> fixed = new Planner(boot, workload, Plan.Pool.STATIC).least(0, 0);
        if (fixed.isRight() && fixed.get().succeeds()) {
            return fixed.map(attempt -> plan(attempt, null));
        }
        // a virtual pool that is full, or that the manager cannot have, does not say what else is lacking
        boolean isPoolFull = virtual.get().shortOf() == Resource.BOOK_KEEPING;
        Plan.Pool told = isPoolFull && fixed.isRight() ? Plan.Pool.STATIC : Plan.Pool.VIRTUAL;
        return new Planner(boot, workload, told).plan();
    }

    /** The attempt with the least pool that is not too small; if all are, the one with the largest. */
    private Either<String, Trial> least(int moreSlotBits, int untypedBits) {
        long most = MOST_STATIC_PAGES;
        long enough = 1;
        if (pool == Plan.Pool.VIRTUAL) {
            Either<String, Trial> all = attempt(moreSlotBits, untypedBits, -1);
            if (all.isLeft() || !all.get().start().bootInfo().architecture().hasPaging()) {
                // without paging the window is where memory is, so there is nothing to choose
                return all;
            }
            most = all.get().start().options().windowBytes() / PAGE;
            enough = 0;
        }
        long least = enough;
        long tooFew = enough - 1;
        while (enough < most && isTooSmall(attempt(moreSlotBits, untypedBits, enough))) {
            tooFew = enough;
            enough = Math.min(most, Math.max(1, 2 * enough));
        }
        while (enough - tooFew > 1) {
            long middle = tooFew + (enough - tooFew) / 2;
            if (isTooSmall(attempt(moreSlotBits, untypedBits, middle))) {
                tooFew = middle;
            } else {
                enough = middle;
            }
        }
        Either<String, Trial> found = attempt(moreSlotBits, untypedBits, enough);
        return found.isLeft() && tooFew >= least ? attempt(moreSlotBits, untypedBits, tooFew) : found;
    }

    private static boolean isTooSmall(Either<String, Trial> attempt) {
        return attempt.isRight() && attempt.get().dryRun().wantsPool();
    }

    private Either<String, Trial> attempt(int moreSlotBits, int untypedBits, long pages) {
        return pool == Plan.Pool.VIRTUAL
                ? Trial.of(boot, workload, moreSlotBits, untypedBits, 0, pages)
                : Trial.of(boot, workload, moreSlotBits, untypedBits, pages, 0);
    }

    private Plan plan(Trial attempt, @Nullable Shortfall shortage) {
        Allocman allocman = attempt.dryRun().allocman();
        long handedOver = 0;
        for (Untyped untyped : attempt.bootInfo().untypeds()) {
            handedOver += untyped.device() ? 0 : 1L << untyped.sizeBits();
        }
        return new Plan(
                attempt.start(),
                attempt.options(),
                attempt.staticPool(),
                allocman == null ? 0 : allocman.statistics().virtualPagesMapped(),
                new Plan.Slots(attempt.bootInfo().initThreadCNodeSizeBits(), attempt.slots(), attempt.slotsTaken()),
                allocman == null
                        ? new Plan.Memory(handedOver, handedOver, -1)
                        : new Plan.Memory(
                                handedOver,
                                free(allocman),
                                allocman.untypeds().manager().largestFree(MemoryKind.KERNEL)),
                shortage);
    }

    private static long free(Allocman allocman) {
        long free = 0;
        for (int bits = 0; bits <= allocman.architecture().maxUntypedBits(); bits++) {
            free += allocman.untypeds().manager().freeBlocks(MemoryKind.KERNEL, bits) << bits;
        }
        return free;
    }

    private @Nullable Shortfall shortage(Trial attempt) {
        Resource resource = attempt.shortOf();
        if (resource == null) {
            return null;
        }
        DryRun dryRun = attempt.dryRun();
        BootstrapFailure failure = dryRun.failure();
        List<Demand> demands = workload.demands();
        int next = dryRun.demandsMet();
        Demand demand = failure != null ? null : demands.get(next);
        long unmet = -dryRun.metOfNext();
        for (Demand left : demands.subList(next, demands.size())) {
            unmet += left.count();
        }
        return new Shortfall(
                resource,
                demand,
                dryRun.metOfNext(),
                unmet,
                workload.bytes(attempt.bootInfo().architecture(), next, dryRun.metOfNext()),
                failure != null ? failure.message() : why(resource, demand, dryRun),
                demand != null && resource == Resource.MEMORY && demand.paddr() != Demand.ANYWHERE
                        ? null
                        : remedy(attempt));
    }

    private static String why(Resource resource, @Nullable Demand demand, DryRun dryRun) {
        if (demand != null && demand.paddr() != Demand.ANYWHERE && resource == Resource.MEMORY) {
            String cause = switch (Refusal.which(dryRun.refusal())) {
                case (int) Refusal.NOT_MANAGED -> Shortfall.NO_UNTYPED;
                case (int) Refusal.IN_USE -> "part of it is in use, by the manager itself or by what came before";
                case (int) Refusal.UNALIGNED -> "the address is no multiple of its size";
                case (int) Refusal.WRONG_KIND -> "it is device memory, of which there can be only frames and untypeds";
                case (int) Refusal.NOT_NEXT -> "this manager allocates in address order, and it is not the next";
                case (int) Refusal.NO_BLOCK_FOR_SLOTS -> "no block is large enough for a CNode with its slot";
                case (int) Refusal.NO_BLOCK_FOR_PAGE -> "no block is large enough for a page with its record";
                default -> "the manager refuses it";
            };
            long one = demand.bytesOfOne(dryRun.architecture());
            return "the " + demand.text() + " at 0x" + Long.toHexString(demand.paddr() + dryRun.metOfNext() * one)
                    + " cannot be had: " + cause;
        }
        return switch (resource) {
            case MEMORY ->
                switch (Refusal.which(dryRun.refusal())) {
                    case (int) Refusal.NO_BLOCK_FOR_SLOTS ->
                        "no slot is free, and no block of untyped memory is large enough for a CNode with more";
                    case (int) Refusal.NO_BLOCK_FOR_PAGE ->
                        "the pools are full, and no block of untyped memory is large enough for one more page";
                    default -> "no block of untyped memory is large enough";
                };
            case SLOTS -> "no run of slots is free beyond the reserve";
            case BOOK_KEEPING -> "the pools have no room for more records";
        };
    }

    /** Tries larger CNodes while slots run out, and larger untypeds while memory does. */
    private @Nullable Remedy remedy(Trial first) {
        Architecture architecture = first.bootInfo().architecture();
        CSpaceGeometry geometry = first.options().cspace();
        int usual = first.bootInfo().initThreadCNodeSizeBits();
        int mostMore = geometry.isNew()
                ? CSpaceGeometry.MOST_BITS - geometry.firstBits() - geometry.secondBits()
                : MOST_CNODE_BITS - usual;
        int more = 0;
        int untypedBits = 0;
        Trial attempt = first;
        while (!attempt.succeeds()) {
            if (attempt.shortOf() == Resource.SLOTS) {
                more++;
            } else if (attempt.shortOf() == Resource.MEMORY) {
                untypedBits = untypedBits == 0 ? leastBits(architecture, attempt) : untypedBits + 1;
            }
            if (attempt.shortOf() == Resource.BOOK_KEEPING
                    || more > mostMore
                    || untypedBits > architecture.maxUntypedBits()) {
                return null;
            }
            Either<String, Trial> larger = least(more, untypedBits);
            if (larger.isLeft()) {
                return null;
            }
            attempt = larger.get();
        }
        while (untypedBits > architecture.minUntypedBits()) {
            Either<String, Trial> smaller = least(more, untypedBits - 1);
            if (smaller.isLeft() || !smaller.get().succeeds()) {
                break;
            }
            untypedBits--;
        }
        return new Remedy(
                untypedBits,
                more == 0 || geometry.isNew() ? 0 : usual + more,
                more == 0 ? CSpaceGeometry.CURRENT : attempt.options().cspace(),
                more == 0 ? 0 : Math.max(0, attempt.slotsTaken() - first.slots()));
    }

    private int leastBits(Architecture architecture, Trial attempt) {
        long bytes = workload.bytes(
                architecture, attempt.dryRun().demandsMet(), attempt.dryRun().metOfNext());
        return Math.max(architecture.minUntypedBits(), Long.SIZE - Long.numberOfLeadingZeros(bytes - 1));
    }
}
