package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.TestKernel.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelScheduling;
import org.allocman.vka.KernelScheduling.Allotment;
import org.allocman.vka.KernelScheduling.SchedParams;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels with MCS: what holds what, and that all of it is let go. */
class SchedulingTest {
    private static final int CONTEXT_BITS = 9;

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#withMcs")
    void everyTypeComesAndGoes(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        Fingerprint before = on.settled();
        for (ObjectType type : architecture.types()) {
            if (architecture.sizeBits(type, architecture.leastSize(type)) > 21) {
                continue;
            }
            long made = on.make(type, type.isSizedByCaller() ? architecture.leastSize(type) : 0);
            long copy = on.free();
            KernelError copied = on.copy(made, copy);
            boolean canBeCopied = !copied.failed();
            assertTrue(canBeCopied || CapabilityType.of(type).isTable(), type + ": " + copied);
            ok(on.delete(made));
            ok(on.delete(copy));
        }
        assertEquals(before, on.settled());
        assertEquals(
                KernelError.invalidArgument(1),
                on.kernel.retype(
                        on.untyped,
                        architecture.number(ObjectType.SCHED_CONTEXT),
                        6,
                        TestKernel.ROOT,
                        0,
                        0,
                        on.free(),
                        1));
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#withMcs")
    void bindingsGoWithEitherSide(Architecture architecture) {
        for (int gone = 0; gone < 3; gone++) {
            TestKernel on = new TestKernel(architecture);
            Fingerprint before = on.settled();
            KernelScheduling scheduling = on.kernel.scheduling();
            long[] objects = {
                on.make(ObjectType.SCHED_CONTEXT, CONTEXT_BITS),
                on.make(ObjectType.TCB, 0),
                on.make(ObjectType.NOTIFICATION, 0)
            };
            long context = objects[0];
            long tcb = objects[1];
            long notification = objects[2];
            ok(scheduling.bindContext(context, tcb));
            ok(scheduling.bindContext(context, notification));
            ok(scheduling.bindNotification(tcb, notification));
            assertEquals(KernelError.illegalOperation(), scheduling.bindContext(context, tcb));
            assertEquals(KernelError.illegalOperation(), scheduling.bindContext(context, notification));
            assertEquals(KernelError.illegalOperation(), scheduling.bindNotification(tcb, notification));
            assertEquals(KernelError.invalidCapability(1), scheduling.bindContext(context, context));
            Bindings bindings = new Bindings(on.machine.memory().words(), on.slots, true);
            long[] at = {
                on.slots.object(on.slot(context)), on.slots.object(on.slot(tcb)), on.slots.object(on.slot(notification))
            };
            assertEquals(at[0], bindings.contextOfThread(at[1]));
            assertEquals(at[0], bindings.contextOfNotification(at[2]));
            assertEquals(at[2], bindings.notification(at[1]));
            assertEquals(at[1], bindings.thread(at[2]));
            ok(on.delete(objects[gone]));
            assertEquals(gone == 0 || gone == 1, bindings.contextOfThread(at[1]) < 0);
            assertEquals(gone == 0 || gone == 1, bindings.threadOfContext(at[0]) < 0);
            assertEquals(gone == 0 || gone == 2, bindings.contextOfNotification(at[2]) < 0);
            assertEquals(gone == 0 || gone == 2, bindings.notificationOfContext(at[0]) < 0);
            assertEquals(gone == 1 || gone == 2, bindings.notification(at[1]) < 0);
            assertEquals(gone == 1 || gone == 2, bindings.thread(at[2]) < 0);
            assertEquals(before, on.settled());
        }
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#withMcs")
    void timeIsAllottedWithinLimits(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelScheduling scheduling = on.kernel.scheduling();
        long control = on.machine.bootInfo().schedControl().start();
        long context = on.make(ObjectType.SCHED_CONTEXT, CONTEXT_BITS);
        ok(scheduling.configure(control, context, new Allotment(1000, 5000, 3, 7, true)));
        long at = on.slots.object(on.slot(context));
        assertEquals(5, SchedContextLayout.REFILLS.get(on.machine.memory().words(), at));
        assertEquals(1, SchedContextLayout.SPORADIC.get(on.machine.memory().words(), at));
        assertEquals(7, SchedContextLayout.BADGE.get(on.machine.memory().words(), at));
        assertEquals(
                KernelError.Code.RANGE_ERROR,
                scheduling
                        .configure(control, context, new Allotment(19, 5000, 0, 0, false))
                        .code());
        assertEquals(
                KernelError.rangeError(20, 5000),
                scheduling.configure(control, context, new Allotment(5001, 5000, 0, 0, false)));
        assertEquals(
                KernelError.invalidCapability(1),
                scheduling.configure(control, BootSlots.TCB, new Allotment(1000, 5000, 0, 0, false)));
        assertEquals(
                KernelError.Code.RANGE_ERROR,
                scheduling
                        .configure(control, context, new Allotment(1000, 5000, 1000, 0, false))
                        .code());
        ok(scheduling.configure(control, context, new Allotment(5000, 5000, 3, 0, false)));
        assertEquals(2, SchedContextLayout.REFILLS.get(on.machine.memory().words(), at), "a full budget is one refill");
        assertEquals(Either.right(0L), scheduling.consumed(context));
        assertEquals(Either.left(KernelError.illegalOperation()), scheduling.yieldTo(context));
        assertEquals(KernelError.illegalOperation(), scheduling.unbindContext(BootSlots.SCHED_CONTEXT), "it runs");
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#withMcs")
    void handlersAreCapabilitiesOfTheThread(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        Fingerprint before = on.settled();
        KernelScheduling scheduling = on.kernel.scheduling();
        long tcb = on.make(ObjectType.TCB, 0);
        long endpoint = on.make(ObjectType.ENDPOINT, 0);
        long weak = on.free();
        ok(on.kernel.copy(
                new CapPath(TestKernel.ROOT, weak, on.bits),
                new CapPath(TestKernel.ROOT, endpoint, on.bits),
                CapRights.READ_WRITE));
        assertEquals(KernelError.invalidCapability(1), scheduling.setTimeoutEndpoint(tcb, weak));
        ok(scheduling.setTimeoutEndpoint(tcb, endpoint));
        assertEquals(
                KernelError.invalidCapability(3),
                scheduling.setSchedParams(tcb, BootSlots.TCB, new SchedParams(100, 90, 0, weak)));
        assertEquals(
                KernelError.rangeError(0, 255),
                scheduling.setSchedParams(tcb, BootSlots.TCB, new SchedParams(256, 90, 0, 0)));
        ok(scheduling.setSchedParams(tcb, BootSlots.TCB, new SchedParams(100, 90, 0, endpoint)));
        long thread = on.slots.object(on.slot(tcb));
        assertEquals(CapabilityType.ENDPOINT, on.slots.type(on.slots.at(thread, TcbLayout.FAULT_HANDLER)));
        assertEquals(CapabilityType.ENDPOINT, on.slots.type(on.slots.at(thread, TcbLayout.TIMEOUT_HANDLER)));
        assertEquals(KernelError.rangeError(0, 100), scheduling.setPriority(tcb, tcb, 101));
        ok(scheduling.setPriority(tcb, tcb, 100));
        ok(on.kernel.revoke(TestKernel.ROOT, endpoint, on.bits));
        assertTrue(on.slots.isEmpty(on.slots.at(thread, TcbLayout.FAULT_HANDLER)), "derived from the endpoint");
        assertEquals(before, on.settled());
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#withMcs")
    void aHandlerTakesMessagesWithAReply(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long tcb = on.make(ObjectType.TCB, 0);
        long endpoint = on.make(ObjectType.ENDPOINT, 0);
        for (int bits = 0; bits <= CapRights.ALL.bits(); bits++) {
            long copy = on.free();
            CapRights rights = new CapRights(bits);
            ok(on.kernel.copy(
                    new CapPath(TestKernel.ROOT, copy, on.bits),
                    new CapPath(TestKernel.ROOT, endpoint, on.bits),
                    rights));
            boolean isWritten = (bits & CapRights.WRITE) != 0;
            boolean isAnswered = (bits & (CapRights.GRANT | CapRights.GRANT_REPLY)) != 0;
            KernelScheduling scheduling = on.kernel.scheduling();
            assertEquals(
                    isWritten && isAnswered ? KernelError.NO_ERROR : KernelError.invalidCapability(1),
                    scheduling.setTimeoutEndpoint(tcb, copy),
                    rights::toString);
            assertEquals(
                    isWritten && isAnswered ? KernelError.NO_ERROR : KernelError.invalidCapability(3),
                    scheduling.setSchedParams(tcb, BootSlots.TCB, new SchedParams(100, 90, 0, copy)),
                    rights::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void withoutMcsThereAreNoContexts(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelScheduling scheduling = on.kernel.scheduling();
        long tcb = on.make(ObjectType.TCB, 0);
        Fingerprint before = on.machine.memory().fingerprint();
        assertEquals(KernelError.illegalOperation(), scheduling.setTimeoutEndpoint(tcb, BootSlots.NULL));
        assertEquals(KernelError.illegalOperation(), scheduling.bindContext(tcb, tcb));
        assertEquals(Either.left(KernelError.illegalOperation()), scheduling.consumed(tcb));
        assertEquals(before, on.machine.memory().fingerprint());
        ok(scheduling.setSchedParams(tcb, BootSlots.TCB, new SchedParams(5, 4, 0, 0)));
    }
}
