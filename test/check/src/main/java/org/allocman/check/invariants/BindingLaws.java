package org.allocman.check.invariants;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.sim.kernel.Bindings;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.VcpuBindings;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.ObjectType;

/** A law about what threads, notifications, scheduling contexts and virtual CPUs know of one another. */
final class BindingLaws {
    private final KernelView view;
    private final Bindings bindings;
    private final Set<Long> threads = new HashSet<>();
    private final Set<Long> notifications = new HashSet<>();
    private final Set<Long> contexts = new HashSet<>();
    private final Set<Long> vcpus = new HashSet<>();
    private final List<String> broken = new ArrayList<>();

    private BindingLaws(KernelView view) {
        this.view = view;
        this.bindings = new Bindings(
                view.memory().words(), view.slots(), view.architecture().hasMcs());
    }

    /** What an object is bound to lives, and is bound to it. */
    static List<String> bindingsAreMutual(KernelView view) {
        BindingLaws laws = new BindingLaws(view);
        try {
            laws.check();
        } catch (MemoryFault fault) {
            laws.broken.add("an object that can be bound is not in memory: " + fault.getMessage());
        }
        return laws.broken;
    }

    private void check() {
        for (Capability capability : view.capabilities()) {
            if (capability.type() == CapabilityType.TCB) {
                threads.add(capability.base());
            } else if (capability.type() == CapabilityType.NOTIFICATION) {
                notifications.add(capability.base());
            } else if (capability.type() == CapabilityType.OBJECT) {
                ObjectType type = view.types().type(capability.slot());
                if (type == ObjectType.SCHED_CONTEXT) {
                    contexts.add(capability.base());
                } else if (type == ObjectType.VCPU) {
                    vcpus.add(capability.base());
                }
            }
        }
        for (long thread : threads) {
            expect("thread", thread, notifications, bindings.notification(thread), bindings::thread);
        }
        for (long notification : notifications) {
            expect("notification", notification, threads, bindings.thread(notification), bindings::notification);
        }
        if (view.architecture().hasMcs()) {
            checkContexts();
        }
        if (view.architecture().has(ObjectType.VCPU)) {
            VcpuBindings bound = new VcpuBindings(view.memory().words(), view.slots());
            for (long thread : threads) {
                expect("thread", thread, vcpus, bound.vcpu(thread), bound::thread);
            }
            for (long vcpu : vcpus) {
                expect("VCPU", vcpu, threads, bound.thread(vcpu), bound::vcpu);
            }
        }
    }

    private void checkContexts() {
        for (long thread : threads) {
            expect("thread", thread, contexts, bindings.contextOfThread(thread), bindings::threadOfContext);
        }
        for (long notification : notifications) {
            long context = bindings.contextOfNotification(notification);
            expect("notification", notification, contexts, context, bindings::notificationOfContext);
        }
        for (long context : contexts) {
            expect("sched context", context, threads, bindings.threadOfContext(context), bindings::contextOfThread);
            long notification = bindings.notificationOfContext(context);
            expect("sched context", context, notifications, notification, bindings::contextOfNotification);
        }
    }

    /** What an object is bound to, read from there. */
    private interface Back {
        long of(long object);
    }

    private void expect(String what, long object, Set<Long> live, long bound, Back back) {
        if (bound < 0) {
            return;
        }
        String told = "the " + what + " at 0x" + Long.toHexString(object) + " is bound to 0x" + Long.toHexString(bound);
        if (!live.contains(bound)) {
            broken.add(told + ", where no object of that kind has a capability");
        } else if (back.of(bound) != object) {
            broken.add(told + ", which is not bound to it");
        }
    }
}
