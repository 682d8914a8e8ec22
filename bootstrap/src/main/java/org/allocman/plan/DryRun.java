package org.allocman.plan;

import io.vavr.control.Either;
import java.util.List;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.InitialState;
import org.allocman.manager.Allocman;
import org.allocman.untyped.Refusal;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How a rehearsal went.
 *
 * @param failure why bootstrapping failed, or null
 * @param allocman the manager at the end, in the rehearsal's memory, or null
 * @param demandsMet how many demands were met
 * @param metOfNext how many of the next one were allocated
 * @param refusal what the manager answered to the last request, 0 if it met everything
 */
record DryRun(
        @Nullable BootstrapFailure failure, @Nullable Allocman allocman, int demandsMet, long metOfNext, long refusal) {

    /** Bootstraps and allocates, in a memory of its own. */
    static DryRun of(StartingPoint start, BootInfo bootInfo, BootstrapOptions options, Workload workload) {
        DryRunKernel kernel = new DryRunKernel(
                bootInfo.architecture(), start.freeRegions(), options.cspace().levels() == 2);
        if (bootInfo.architecture().hasPaging()) {
            kernel.isMappedAtBoot(options.staticPool());
            kernel.isMappedAtBoot(options.staticPool() + options.staticPoolBytes() - 1);
            kernel.isMappedAtBoot(bootInfo.ipcBuffer());
            kernel.isMappedAtBoot(start.lastMapped());
        }
        Either<BootstrapFailure, Allocman> booted =
                Bootstrap.start(kernel, new DryRunMemory(), InitialState.of(bootInfo), options);
        if (booted.isLeft()) {
            return new DryRun(booted.getLeft(), null, 0, 0, 0);
        }
        Allocman allocman = booted.get();
        List<Demand> demands = workload.demands();
        for (int i = 0; i < demands.size(); i++) {
            for (long met = 0; met < demands.get(i).count(); met++) {
                long answer = allocate(allocman, demands.get(i), met);
                if (answer < 0) {
                    return new DryRun(null, allocman, i, met, answer);
                }
            }
        }
        return new DryRun(null, allocman, demands.size(), 0, 0);
    }

    private static long allocate(Allocman allocman, Demand demand, long index) {
        return switch (demand.what()) {
            case OBJECT -> {
                ObjectType type = demand.type();
                if (type == null) {
                    yield 0;
                }
                long bytes = demand.bytesOfOne(allocman.architecture());
                yield demand.paddr() == Demand.ANYWHERE
                        ? allocman.allocate(type, demand.size(), 0)
                        : allocman.allocateAt(type, demand.size(), demand.paddr() + index * bytes, 0);
            }
            case SLOT -> allocman.slots().take();
            case MEMORY -> allocman.memory().allocate(demand.size());
        };
    }

    /** The kernel's; there must be a manager. */
    Architecture architecture() {
        Allocman manager = allocman;
        if (manager == null) {
            throw new IllegalStateException("there is no manager");
        }
        return manager.architecture();
    }

    boolean succeeds() {
        return failure == null && refusal == 0;
    }

    /** Whether larger pools may help. */
    boolean wantsPool() {
        return refusal == Refusal.OUT_OF_BOOK_KEEPING
                || refusal == Refusal.NO_BLOCK_FOR_PAGE
                || failure != null && failure.reason() == BootstrapFailure.Reason.STATIC_POOL_TOO_SMALL;
    }
}
