package org.allocman.bootstrap;

import io.vavr.control.Either;
import java.util.List;
import java.util.Objects;
import org.allocman.bootstrap.BootstrapFailure.Reason;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.manager.Allocman;
import org.allocman.manager.PoolLayout;
import org.allocman.qual.Bytes;
import org.allocman.untyped.Refusal;
import org.allocman.vka.BootInfo;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;

/** Builds a manager, in the CSpace there is or in a new one. */
public final class Bootstrap {
    private Bootstrap() {}

    /**
     * Builds the manager in the CSpace that the root task was started with.
     *
     * @param kernel the kernel
     * @param memory the root task's memory
     * @param bootInfo what the kernel leaves the root task with; nothing has been made of its untypeds
     * @param options the pools
     * @return the manager, or why there is none, with nothing changed
     */
    public static Either<BootstrapFailure, Allocman> inCurrentCSpace(
            Kernel kernel, Memory memory, BootInfo bootInfo, BootstrapOptions options) {
        Objects.requireNonNull(kernel, "kernel");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(bootInfo, "bootInfo");
        Objects.requireNonNull(options, "options");
        BootstrapOptions current = options.cspace().isNew() ? options.withCSpace(CSpaceGeometry.CURRENT) : options;
        return start(kernel, memory, InitialState.of(bootInfo), current);
    }

    /**
     * Builds the manager: its state in the static pool, then the CSpace that the options ask for, then the first page of the
     * virtual pool. Everything that can be known is known before the first invocation.
     *
     * <p>In a new CSpace every capability has the number that it had in the old one. The slot that was the first free one
     * leads to the other CSpace: in the new one to the old root CNode, in the old one to the new. The old CNode keeps copies of
     * the thread's and the address space's capabilities, and is otherwise empty.
     *
     * @param kernel the kernel
     * @param memory the root task's memory
     * @param start what there is: of a root task, {@link InitialState#of}
     * @param options the pools and the CSpace
     * @return the manager, or why there is none, with nothing changed
     */
    public static Either<BootstrapFailure, Allocman> start(
            Kernel kernel, Memory memory, InitialState start, BootstrapOptions options) {
        Objects.requireNonNull(kernel, "kernel");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(options, "options");
        return execute(kernel, memory, BootstrapPlan.of(start, options));
    }

    /**
     * Carries a plan out, as {@link #start} does with the one it computes.
     *
     * @param kernel the kernel
     * @param memory the root task's memory
     * @param plan what to do; nothing of it has been done
     * @return the manager, or why there is none, with nothing changed
     */
    public static Either<BootstrapFailure, Allocman> execute(Kernel kernel, Memory memory, BootstrapPlan plan) {
        Objects.requireNonNull(kernel, "kernel");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(plan, "plan");
        BootstrapOptions options = plan.options();
        BootstrapFailure obstacle = plan.obstacle();
        if (obstacle != null) {
            return Either.left(obstacle);
        }
        long missing = plan.shortfall();
        if (missing > 0) {
            return failure(
                    Reason.STATIC_POOL_TOO_SMALL,
                    "the static pool of " + options.staticPoolBytes() + " bytes is too small: "
                            + plan.roots().size() + " untypeds, "
                            + plan.layout().cspace().slots()
                            + " slots and the reserve need " + plan.bytes() + " bytes, " + missing + " more",
                    missing);
        }
        PoolLayout layout = plan.layout().withBytes(options.staticPoolBytes());
        long used = firstNotZero(memory, layout);
        if (used >= 0) {
            return failure(
                    Reason.POOL_NOT_ZERO,
                    "the static pool is not all zero: there is something at 0x"
                            + Long.toHexString(layout.base() + used),
                    0);
        }
        Allocman allocman = new Allocman(kernel, memory, layout, options.listener());
        allocman.initialise(plan.reserve(), plan.slotReserve(), plan.firstFree(), plan.end());
        if (!allocman.untypeds().adopt(plan.roots())) {
            memory.clear(layout.base(), layout.bytes());
            return failure(Reason.STATIC_POOL_TOO_SMALL, "the static pool has no room for its records", 0);
        }
        List<BootstrapStep> steps = plan.steps();
        for (int i = 0; i < steps.size(); i++) {
            KernelError error = steps.get(i).make(kernel);
            if (error.failed()) {
                memory.clear(layout.base(), layout.bytes());
                String message =
                        "the kernel refused " + steps.get(i).text() + " with " + error + undo(kernel, steps, i);
                return Either.left(new BootstrapFailure(
                        Reason.KERNEL_REFUSED, message, 0, steps.get(i).invocation(), error));
            }
        }
        long refusal = layout.windowPages() > 0 && options.pageAtOnce() ? allocman.addPage() : 0;
        if (refusal != 0) {
            allocman.trim();
            memory.clear(layout.base(), layout.bytes());
            return Either.left(noVirtualPool(refusal, layout, undo(kernel, steps, steps.size())));
        }
        return Either.right(allocman);
    }

    /** The offset of the first word of the static pool that is not zero, or -1. */
    private static @Bytes long firstNotZero(Memory memory, PoolLayout layout) {
        for (long offset = 0; offset < layout.bytes(); offset += Long.BYTES) {
            if (memory.load64(layout.base() + offset, 0) != 0) {
                return offset;
            }
        }
        return -1;
    }

    private static BootstrapFailure noVirtualPool(long refusal, PoolLayout layout, String undone) {
        String message = "the first page of the virtual pool could not be made at 0x"
                + Long.toHexString(layout.windowBase()) + ": " + Refusal.text(refusal) + undone;
        return Refusal.isKernel(refusal)
                ? new BootstrapFailure(
                        Reason.NO_VIRTUAL_POOL, message, 0, Refusal.invocation(refusal), Refusal.kernelError(refusal))
                : new BootstrapFailure(Reason.NO_VIRTUAL_POOL, message, 0);
    }

    /** Undoes the first steps, the last of them first, and tells how that went: nothing if it went well. */
    private static String undo(Kernel kernel, List<BootstrapStep> steps, int count) {
        for (int i = count - 1; i >= 0; i--) {
            KernelError error = steps.get(i).undo(kernel);
            if (error.failed()) {
                return "; and it refused to undo " + steps.get(i).text() + " with " + error + ", so " + (i + 1)
                        + " steps are not undone";
            }
        }
        return "";
    }

    private static Either<BootstrapFailure, Allocman> failure(Reason reason, String message, long missing) {
        return Either.left(new BootstrapFailure(reason, message, missing));
    }
}
