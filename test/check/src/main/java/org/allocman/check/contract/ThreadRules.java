package org.allocman.check.contract;

import java.util.List;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.ThreadSpaces;

/** Rules about threads, notifications and interrupts. */
final class ThreadRules {
    private static final int MOST_LOOKED_AT = 300;

    private ThreadRules() {}

    static List<KernelRule> all() {
        return List.of(
                KernelRule.seL4(
                        "aThreadGetsACNodeAndAnAddressSpace",
                        KernelPart.THREADS,
                        "A thread's spaces are a CNode and the root of an address space, and nothing else.",
                        ThreadRules::spaces),
                KernelRule.seL4(
                        "prioritiesAreBoundedByTheAuthority",
                        KernelPart.THREADS,
                        "Nobody gives a priority above the greatest one of the thread that it names as authority.",
                        ThreadRules::priorities),
                KernelRule.seL4(
                        "aThreadHearsOfOneNotification",
                        KernelPart.THREADS,
                        "A thread has one bound notification, a notification one thread, and it has to be readable.",
                        ThreadRules::notifications),
                KernelRule.seL4(
                        "anInterruptHasOneHandler",
                        KernelPart.INTERRUPTS,
                        "A second handler for an interrupt is refused until the first one is deleted.",
                        ThreadRules::interrupts));
    }

    private static void spaces(KernelRig rig) {
        rig.ok(rig.make(ObjectType.TCB, 0, 1));
        rig.ok(rig.make(ObjectType.ENDPOINT, 0, 2));
        KernelError illegal = KernelError.illegalOperation();
        rig.expect(
                illegal,
                rig.kernel.tcbSetSpace(rig.slot(1), new ThreadSpaces(0, rig.slot(2), 0, BootSlots.VSPACE, 0)),
                "an endpoint is no CNode");
        rig.expect(
                illegal,
                rig.kernel.tcbSetSpace(rig.slot(1), new ThreadSpaces(0, BootSlots.CNODE, 0, rig.slot(2), 0)),
                "an endpoint is no address space");
        rig.ok(rig.kernel.tcbSetSpace(rig.slot(1), new ThreadSpaces(0, BootSlots.CNODE, 0, BootSlots.VSPACE, 0)));
        rig.refused(
                rig.kernel.tcbSetSpace(rig.slot(2), new ThreadSpaces(0, BootSlots.CNODE, 0, BootSlots.VSPACE, 0)),
                "an endpoint has no spaces");
    }

    private static void priorities(KernelRig rig) {
        rig.ok(rig.make(ObjectType.TCB, 0, 1));
        rig.ok(rig.kernel.scheduling().setPriority(rig.slot(1), BootSlots.TCB, 5), "the root task gives it");
        rig.expect(
                KernelError.rangeError(0, 0),
                rig.kernel.scheduling().setPriority(rig.slot(1), rig.slot(1), 1),
                "a new thread may give priority 0 only");
        rig.ok(rig.kernel.scheduling().setMaxPriority(rig.slot(1), BootSlots.TCB, 9));
        rig.ok(rig.kernel.scheduling().setPriority(rig.slot(1), rig.slot(1), 9));
        rig.expect(
                KernelError.rangeError(0, 9),
                rig.kernel.scheduling().setMaxPriority(rig.slot(1), rig.slot(1), 10),
                "it may give priority 9 at most");
    }

    private static void notifications(KernelRig rig) {
        KernelError illegal = KernelError.illegalOperation();
        rig.ok(rig.retype(rig.slot(0), ObjectType.NOTIFICATION, 0, rig.slot(1), 2));
        rig.ok(rig.make(ObjectType.TCB, 0, 3));
        rig.ok(rig.copy(4, 1, new CapRights(CapRights.WRITE)));
        rig.expect(illegal, bind(rig, 3, 4), "it may not be read");
        rig.ok(bind(rig, 3, 1));
        rig.expect(illegal, bind(rig, 3, 2), "the thread has one");
        long other = rig.made(ObjectType.TCB);
        rig.expect(
                illegal, rig.kernel.scheduling().bindNotification(other, rig.slot(1)), "the notification has a thread");
        rig.ok(rig.kernel.scheduling().unbindNotification(rig.slot(3)));
        rig.expect(illegal, rig.kernel.scheduling().unbindNotification(rig.slot(3)), "it has none");
        rig.ok(rig.kernel.scheduling().bindNotification(other, rig.slot(1)));
        rig.ok(rig.kernel.delete(rig.at(other)));
        rig.ok(bind(rig, 3, 1), "its thread is deleted");
    }

    private static KernelError bind(KernelRig rig, int tcb, int notification) {
        return rig.kernel.scheduling().bindNotification(rig.slot(tcb), rig.slot(notification));
    }

    private static KernelError get(KernelRig rig, int interrupt, int to) {
        return rig.kernel.interrupts().get(BootSlots.IRQ_CONTROL, interrupt, rig.path(to));
    }

    private static void interrupts(KernelRig rig) {
        int number = 1;
        KernelError error = get(rig, number, 1);
        if (error.code() == KernelError.Code.ILLEGAL_OPERATION) {
            throw new RuleLeftOut("handlers are not made by number on this architecture");
        }
        while (error.failed() && number < MOST_LOOKED_AT) {
            number++;
            error = get(rig, number, 1);
        }
        rig.ok(error, "some interrupt has no handler yet");
        rig.expect(KernelError.revokeFirst(), get(rig, number, 2), "it has a handler");
        rig.ok(rig.make(ObjectType.ENDPOINT, 0, 3));
        rig.expect(
                KernelError.invalidCapability(0),
                rig.kernel.interrupts().setNotification(rig.slot(1), rig.slot(3)),
                "an endpoint is no notification");
        rig.ok(rig.make(ObjectType.NOTIFICATION, 0, 4));
        rig.ok(rig.kernel.interrupts().setNotification(rig.slot(1), rig.slot(4)));
        rig.ok(rig.delete(1));
        rig.ok(get(rig, number, 2), "its handler is deleted");
        rig.expect(KernelError.Code.RANGE_ERROR, get(rig, 1 << 20, 5), "there is no such interrupt");
    }
}
