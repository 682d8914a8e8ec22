package org.allocman.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.BootstrapPlan;
import org.allocman.bootstrap.InitialState;
import org.allocman.lab.machine.MachineBoot;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;

/** Carries a plan out on a simulated machine, and sees whether everything is as it says. */
record PlanCheck(MachineBoot boot, Workload workload, Plan plan) {
    private static final int PAGE = 4096;
    private static final long[] LARGE_POOLS = {16 * PAGE, 128 * PAGE, 1024 * PAGE};

    static Plan check(MachineBoot boot, Workload workload, Plan.Pool pool) throws Exception {
        Plan plan = new Planner(boot, workload, pool).plan().get();
        PlanCheck check = new PlanCheck(boot, workload, plan);
        check.oneByteLessIsRefused();
        check.theRunGoesAsPlanned();
        if (plan.fits()) {
            check.onePageOfStaticPoolLessIsTooSmall();
            check.onePageOfVirtualPoolLessIsTooSmall();
        } else {
            check.noLargerPoolIsEnough(pool);
        }
        return plan;
    }

    private Machine machine() throws Exception {
        return boot.machine(plan.start().options().staticPoolBytes(), 0);
    }

    private static Either<BootstrapFailure, Allocman> bootstrap(Machine machine, BootstrapOptions options) {
        return Bootstrap.start(machine.kernel(), machine.rootMemory(), InitialState.of(machine.bootInfo()), options);
    }

    private void oneByteLessIsRefused() throws Exception {
        if (plan.staticPoolBytes() != plan.staticPool().bytes()
                || plan.staticPool().obstacle() != null) {
            return;
        }
        Machine machine = machine();
        Fingerprint before = machine.memory().fingerprint();
        Either<BootstrapFailure, Allocman> booted =
                bootstrap(machine, plan.options().withStaticPoolBytes(plan.staticPoolBytes() - 1));
        assertTrue(booted.isLeft(), "one byte less is enough");
        assertEquals(
                BootstrapFailure.Reason.STATIC_POOL_TOO_SMALL, booted.getLeft().reason());
        assertEquals(1, booted.getLeft().missingBytes());
        assertEquals(before, machine.memory().fingerprint(), "a bootstrap that fails changes nothing");
    }

    private void theRunGoesAsPlanned() throws Exception {
        Machine machine = machine();
        Either<BootstrapFailure, Allocman> booted = bootstrap(machine, plan.options());
        Shortfall shortage = plan.shortage();
        if (booted.isLeft()) {
            assertNotNull(shortage, () -> "planned to fit, but: " + booted.getLeft());
            assertEquals(booted.getLeft().message(), shortage.why());
            return;
        }
        Allocman allocman = booted.get();
        Outcome outcome = run(allocman);
        assertEquals(plan.fits(), outcome.refusal() == 0, () -> "planned " + plan + ", came " + outcome);
        assertEquals(plan.virtualPagesMapped(), allocman.statistics().virtualPagesMapped());
        if (boot.cspace().levels() < 2) {
            assertEquals(
                    plan.slots().empty() - plan.slots().taken(),
                    allocman.statistics().freeSlots());
        }
        assertEquals(plan.memory().largestLeft(), allocman.untypeds().manager().largestFree(MemoryKind.KERNEL));
        if (shortage != null) {
            assertEquals(shortage.demand(), outcome.demand());
            assertEquals(shortage.met(), outcome.met());
        }
    }

    /** A static pool that holds more than bootstrap needs is as large as the workload needs. */
    private void onePageOfStaticPoolLessIsTooSmall() throws Exception {
        if (plan.staticPoolBytes() == plan.staticPool().bytes()) {
            return;
        }
        long bytes = plan.staticPoolBytes() - PAGE;
        BootstrapOptions options = boot.with(bytes, 0).get().options();
        Either<BootstrapFailure, Allocman> booted =
                bootstrap(boot.machine(bytes, 0), options.withVirtualPool(options.window(), 0));
        assertTrue(booted.isLeft() || run(booted.get()).refusal() == Refusal.OUT_OF_BOOK_KEEPING);
    }

    private void onePageOfVirtualPoolLessIsTooSmall() throws Exception {
        boolean paging = plan.start().bootInfo().architecture().hasPaging();
        if (plan.pool() != Plan.Pool.VIRTUAL || !paging) {
            return;
        }
        ManagedMachine.Pools less =
                new ManagedMachine.Pools(-1, plan.virtualPoolBytes() - PAGE, boot.manager(), boot.cspace());
        Machine machine = ManagedMachine.boot(boot.board(), less);
        BootstrapOptions options = ManagedMachine.options(machine, less);
        long needed = BootstrapPlan.of(machine.bootInfo(), options).bytes();
        Outcome outcome =
                run(bootstrap(machine, options.withStaticPoolBytes(needed)).get());
        assertEquals(Refusal.OUT_OF_BOOK_KEEPING, outcome.refusal());
    }

    /** What does not fit does not fit with pools far larger than any that the workload needs. */
    private void noLargerPoolIsEnough(Plan.Pool pool) throws Exception {
        if (pool != Plan.Pool.VIRTUAL) {
            for (long bytes : LARGE_POOLS) {
                noneIsEnough(new ManagedMachine.Pools(bytes, 0, boot.manager(), boot.cspace()));
            }
        }
        if (pool != Plan.Pool.STATIC) {
            noneIsEnough(new ManagedMachine.Pools(-1, boot.mostVirtual(), boot.manager(), boot.cspace()));
        }
    }

    private void noneIsEnough(ManagedMachine.Pools pools) throws Exception {
        assertFalse(isEnough(boot, workload, pools), () -> plan + ", but it fits with " + pools);
    }

    /** Whether a workload can be done with pools, on a machine and without a plan. */
    static boolean isEnough(MachineBoot boot, Workload workload, ManagedMachine.Pools pools) {
        Machine machine;
        try {
            machine = ManagedMachine.boot(boot.board(), pools);
        } catch (BootFailure tooLarge) {
            return false;
        }
        Either<BootstrapFailure, Allocman> booted = bootstrap(machine, ManagedMachine.options(machine, pools));
        return booted.isRight() && run(booted.get(), workload).refusal() == 0;
    }

    private record Outcome(Demand demand, long met, long refusal) {}

    private Outcome run(Allocman allocman) {
        return run(allocman, workload);
    }

    private static Outcome run(Allocman allocman, Workload workload) {
        for (Demand demand : workload.demands()) {
            for (long i = 0; i < demand.count(); i++) {
                long answer = switch (demand.what()) {
                    case OBJECT -> allocman.allocate(demand.type(), demand.size(), 0);
                    case SLOT -> allocman.slots().take();
                    case MEMORY -> allocman.memory().allocate(demand.size());
                };
                assertFalse(answer == 0);
                if (answer < 0) {
                    return new Outcome(demand, i, answer);
                }
            }
        }
        return new Outcome(null, 0, 0);
    }
}
