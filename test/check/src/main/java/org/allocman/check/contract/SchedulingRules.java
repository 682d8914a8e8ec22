package org.allocman.check.contract;

import java.util.List;
import org.allocman.vka.BootSlots;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelScheduling.Allotment;
import org.allocman.vka.ObjectType;

/** Rules about scheduling contexts, for kernels with MCS. */
final class SchedulingRules {
    private static final int SIZE = 9;
    private static final long BUDGET = 5_000;
    private static final long PERIOD = 10_000;
    private static final int REFILLS_BEYOND = 1 << 20;

    private SchedulingRules() {}

    static List<KernelRule> all() {
        return List.of(
                KernelRule.seL4(
                        "timeIsAllottedWithinLimits",
                        KernelPart.MCS,
                        "A budget is no longer than its period, and a context has no more refills than its size has room for.",
                        SchedulingRules::limits),
                KernelRule.seL4(
                        "aContextHasOneThreadAndOneNotification",
                        KernelPart.MCS,
                        "Whoever is bound is not bound again, until the binding is undone or either side is deleted.",
                        SchedulingRules::bindings),
                KernelRule.seL4(
                        "theThreadThatRunsKeepsItsTime",
                        KernelPart.MCS,
                        "The context of the thread that runs is not taken from it.",
                        SchedulingRules::running));
    }

    private static void leaveOutWithoutMcs(KernelRig rig) {
        if (!rig.architecture.hasMcs() || rig.bootInfo.schedControl().size() == 0) {
            throw new RuleLeftOut("the kernel has no MCS");
        }
    }

    private static KernelError configure(KernelRig rig, long context, long budget, int refills) {
        return rig.kernel
                .scheduling()
                .configure(
                        rig.bootInfo.schedControl().start(), context, new Allotment(budget, PERIOD, refills, 0, false));
    }

    private static void limits(KernelRig rig) {
        leaveOutWithoutMcs(rig);
        rig.ok(rig.make(ObjectType.SCHED_CONTEXT, SIZE, 1));
        rig.ok(configure(rig, rig.slot(1), BUDGET, 0));
        rig.ok(configure(rig, rig.slot(1), PERIOD, 0), "the whole period");
        rig.expect(
                KernelError.Code.RANGE_ERROR,
                configure(rig, rig.slot(1), PERIOD + 1, 0),
                "the budget is longer than the period");
        rig.expect(KernelError.Code.RANGE_ERROR, configure(rig, rig.slot(1), 0, 0), "there is no budget");
        rig.expect(
                KernelError.Code.RANGE_ERROR,
                configure(rig, rig.slot(1), BUDGET, REFILLS_BEYOND),
                "there is no room for as many refills");
        rig.ok(rig.make(ObjectType.TCB, 0, 2));
        rig.expect(
                KernelError.invalidCapability(1),
                configure(rig, rig.slot(2), BUDGET, 0),
                "a thread is no scheduling context");
    }

    private static void bindings(KernelRig rig) {
        leaveOutWithoutMcs(rig);
        KernelError illegal = KernelError.illegalOperation();
        rig.ok(rig.retype(rig.slot(0), ObjectType.SCHED_CONTEXT, SIZE, rig.slot(1), 2));
        long thread = rig.made(ObjectType.TCB);
        long notification = rig.made(ObjectType.NOTIFICATION);
        rig.ok(bind(rig, 1, thread));
        rig.ok(bind(rig, 1, notification), "it has no notification yet");
        rig.expect(illegal, bind(rig, 2, thread), "the thread has a context");
        rig.expect(illegal, bind(rig, 2, notification), "the notification has a context");
        rig.expect(illegal, bind(rig, 1, rig.made(ObjectType.TCB)), "the context has a thread");
        rig.expect(KernelError.invalidCapability(1), bind(rig, 2, rig.slot(2)), "a context is no thread");
        rig.expect(
                illegal,
                rig.kernel.scheduling().unbindContextFrom(rig.slot(2), thread),
                "it is bound to another context");
        rig.ok(rig.kernel.scheduling().unbindContext(rig.slot(1)));
        rig.ok(bind(rig, 2, thread), "the context let go of both");
        rig.ok(bind(rig, 2, notification), "the context let go of both");
        rig.ok(rig.delete(2));
        rig.ok(bind(rig, 1, thread), "its context is deleted");
        rig.ok(rig.kernel.delete(rig.at(thread)));
        rig.ok(bind(rig, 1, rig.made(ObjectType.TCB)), "its thread is deleted");
    }

    private static KernelError bind(KernelRig rig, int context, long object) {
        return rig.kernel.scheduling().bindContext(rig.slot(context), object);
    }

    private static void running(KernelRig rig) {
        leaveOutWithoutMcs(rig);
        KernelError illegal = KernelError.illegalOperation();
        rig.expect(
                illegal, rig.kernel.scheduling().unbindContext(BootSlots.SCHED_CONTEXT), "the thread that runs has it");
        rig.expect(
                illegal,
                rig.kernel.scheduling().unbindContextFrom(BootSlots.SCHED_CONTEXT, BootSlots.TCB),
                "the thread that runs has it");
        rig.ok(rig.make(ObjectType.SCHED_CONTEXT, SIZE, 1));
        rig.expect(
                illegal,
                rig.kernel.scheduling().bindContext(rig.slot(1), BootSlots.TCB),
                "the thread that runs has a context");
    }
}
