package org.allocman.bootstrap;

import io.vavr.control.Either;
import org.allocman.bootstrap.BootstrapFailure.Reason;
import org.allocman.manager.Allocman;
import org.allocman.manager.PoolLayout;
import org.allocman.manager.Reserve;
import org.allocman.untyped.MemoryKind;
import org.allocman.vka.BootInfo;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;

/** Builds a manager in the CSpace that the root task was started with. */
public final class Bootstrap {
    private static final int SLOTS_IN_WORD = 64;

    private Bootstrap() {}

    /**
     * Builds the manager: its state in the static pool, then the first pages of the virtual pool.
     *
     * @param kernel the kernel
     * @param memory the root task's memory
     * @param bootInfo what the kernel leaves the root task with; nothing has been made of its untypeds
     * @param options the pools
     * @return the manager, or why there is none, with nothing changed
     */
    public static Either<BootstrapFailure, Allocman> inCurrentCSpace(
            Kernel kernel, Memory memory, BootInfo bootInfo, BootstrapOptions options) {
        StaticPoolPlan plan = StaticPoolPlan.of(bootInfo, options);
        if (plan.roots().stream().noneMatch(root -> root.kind() == MemoryKind.KERNEL)) {
            return failure(Reason.NO_UNTYPED, "the boot info hands over no untyped of normal memory", 0);
        }
        long missing = plan.bytes() - options.staticPoolBytes();
        if (missing > 0) {
            return failure(
                    Reason.STATIC_POOL_TOO_SMALL,
                    "the static pool of " + options.staticPoolBytes() + " bytes is too small: "
                            + plan.roots().size() + " untypeds, " + (1L << bootInfo.initThreadCNodeSizeBits())
                            + " slots and the reserve need " + plan.bytes() + " bytes, " + missing + " more",
                    missing);
        }
        PoolLayout layout = new PoolLayout(
                plan.layout().base(),
                options.staticPoolBytes(),
                plan.layout().cspace(),
                plan.layout().roots(),
                plan.layout().windowBase(),
                plan.layout().windowPages(),
                plan.layout().childrenBits(),
                plan.layout().manager());
        Allocman allocman = new Allocman(kernel, memory, layout, options.listener());
        allocman.initialise(
                plan.reserve(),
                Reserve.NONE,
                bootInfo.empty().start(),
                bootInfo.empty().end());
        if (!allocman.adopt(plan.roots())) {
            memory.clear(layout.base(), layout.bytes());
            return failure(Reason.STATIC_POOL_TOO_SMALL, "the static pool has no room for its records", 0);
        }
        if (!allocman.isReserveFull()) {
            memory.clear(layout.base(), layout.bytes());
            return failure(
                    Reason.TOO_FEW_SLOTS,
                    "the root CNode has " + bootInfo.empty().size() + " empty slots, and growing the pool can need "
                            + plan.reserve().slotWords() * SLOTS_IN_WORD + " in aligned runs of " + SLOTS_IN_WORD,
                    0);
        }
        if (layout.windowPages() > 0 && !allocman.grow()) {
            allocman.trim();
            memory.clear(layout.base(), layout.bytes());
            return failure(
                    Reason.NO_VIRTUAL_POOL,
                    "the first page of the virtual pool could not be made: no frame, or no paging structure, could be"
                            + " allocated and mapped at 0x" + Long.toHexString(layout.windowBase()),
                    0);
        }
        return Either.right(allocman);
    }

    private static Either<BootstrapFailure, Allocman> failure(Reason reason, String message, long missing) {
        return Either.left(new BootstrapFailure(reason, message, missing));
    }
}
