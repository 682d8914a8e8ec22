package org.allocman.plan;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.BootstrapPlan;
import org.allocman.manager.Allocman;
import org.allocman.untyped.Refusal;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootInfo.SlotRegion;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One rehearsal with pools of one size.
 *
 * @param start what the root task started with
 * @param bootInfo the same, with the untyped that was added
 * @param options what bootstrap was given
 * @param staticPool what the static pool has to hold
 * @param dryRun how it went
 */
record Trial(
        StartingPoint start, BootInfo bootInfo, BootstrapOptions options, BootstrapPlan staticPool, DryRun dryRun) {
    // a larger static pool leaves fewer untypeds, whose records may need a page more; a few boots settle it
    private static final int MOST_BOOTS = 64;

    /**
     * Boots and rehearses.
     *
     * @param moreSlotBits by how much the root CNode's radix is larger than what is asked for
     * @param untypedBits size bits of an untyped to be added; 0 for none
     * @param staticPages pages of the static pool; 0 for just as many as bootstrap needs
     * @param windowPages pages of the virtual pool; negative for as many as there can be
     * @return the attempt, or why the board does not boot like that
     */
    static Either<String, Trial> of(
            StartingPoint.Boot boot,
            Workload workload,
            int moreSlotBits,
            int untypedBits,
            long staticPages,
            long windowPages) {
        long bytes = Math.max(1, staticPages) * PAGE;
        for (int boots = 0; boots < MOST_BOOTS; boots++) {
            Either<String, StartingPoint> booted = boot(boot, bytes, moreSlotBits);
            if (booted.isLeft()) {
                return Either.left(booted.getLeft());
            }
            StartingPoint start = booted.get();
            BootInfo bootInfo = untypedBits == 0 ? start.bootInfo() : withUntyped(start.bootInfo(), untypedBits);
            BootstrapOptions options = windowPages < 0
                    ? start.options()
                    : start.options().withVirtualPool(start.options().window(), windowPages * PAGE);
            options = options.withCSpace(options.cspace().wider(moreSlotBits));
            BootstrapPlan staticPool = BootstrapPlan.of(bootInfo, options);
            if (staticPages > 0 || staticPool.bytes() <= bytes) {
                options = options.withStaticPoolBytes(staticPages > 0 ? bytes : staticPool.bytes());
                return Either.right(
                        new Trial(start, bootInfo, options, staticPool, DryRun.of(start, bootInfo, options, workload)));
            }
            bytes = staticPool.bytes();
        }
        return Either.left("the static pool that is needed grows with the static pool there is");
    }

    private static Either<String, StartingPoint> boot(StartingPoint.Boot boot, long bytes, int moreSlotBits) {
        Either<String, StartingPoint> usual = boot.with(bytes, 0);
        if (moreSlotBits == 0
                || usual.isLeft()
                || usual.get().options().cspace().isNew()) {
            return usual;
        }
        return boot.with(bytes, usual.get().bootInfo().initThreadCNodeSizeBits() + moreSlotBits);
    }

    /** Slots that the manager can give at most. */
    long slots() {
        return staticPool.layout().cspace().slots() - staticPool.firstFree();
    }

    /** Slots in use at the end. */
    long slotsTaken() {
        Allocman allocman = dryRun.allocman();
        if (allocman == null) {
            return 0;
        }
        return allocman.slots().cspace().slotsThere()
                - staticPool.firstFree()
                - allocman.statistics().freeSlots();
    }

    /** The boot info of a board with one more untyped, behind all others. */
    private static BootInfo withUntyped(BootInfo bootInfo, int sizeBits) {
        List<Untyped> untypeds = new ArrayList<>(bootInfo.untypeds());
        long last = 0;
        for (Untyped untyped : untypeds) {
            last = Math.max(last, untyped.last());
        }
        long paddr = (last >>> sizeBits) + 1 << sizeBits;
        long slot = bootInfo.empty().start();
        untypeds.add(new Untyped(slot, paddr, sizeBits, false));
        return new BootInfo(
                bootInfo.architecture(),
                bootInfo.ipcBuffer(),
                bootInfo.initThreadCNodeSizeBits(),
                new SlotRegion(slot + 1, bootInfo.empty().end()),
                bootInfo.userImageFrames(),
                bootInfo.userImagePaging(),
                bootInfo.extraBootInfoPages(),
                bootInfo.schedControl(),
                bootInfo.untyped(),
                untypeds);
    }

    boolean succeeds() {
        return dryRun.succeeds();
    }

    /** What ran out first; null if nothing did. */
    Shortfall.@Nullable Resource shortOf() {
        BootstrapFailure failure = dryRun.failure();
        if (failure != null) {
            return switch (failure.reason()) {
                case TOO_FEW_SLOTS -> Shortfall.Resource.SLOTS;
                case STATIC_POOL_TOO_SMALL -> Shortfall.Resource.BOOK_KEEPING;
                case NO_UNTYPED, BAD_UNTYPEDS, POOL_NOT_ZERO, NO_MEMORY_FOR_CSPACE, KERNEL_REFUSED, NO_VIRTUAL_POOL ->
                    Shortfall.Resource.MEMORY;
            };
        }
        return switch (Refusal.which(dryRun.refusal())) {
            case 0 -> null;
            case (int) Refusal.OUT_OF_SLOTS -> Shortfall.Resource.SLOTS;
            case (int) Refusal.OUT_OF_BOOK_KEEPING -> Shortfall.Resource.BOOK_KEEPING;
            default -> Shortfall.Resource.MEMORY;
        };
    }
}
