package org.allocman.script;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.Bindings;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.SchedContextLayout;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.VcpuBindings;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What threads, notifications and scheduling contexts know of one another, in words. */
final class BindingText {
    private final PhysicalMemory memory;
    private final Bindings bindings;
    private final VcpuBindings vcpus;
    private final boolean hasMcs;
    private final boolean hasVcpus;

    BindingText(PhysicalMemory memory, Slots slots, Architecture architecture) {
        this.memory = memory;
        this.bindings = new Bindings(memory.words(), slots, architecture.hasMcs());
        this.vcpus = new VcpuBindings(memory.words(), slots);
        this.hasMcs = architecture.hasMcs();
        this.hasVcpus = architecture.has(ObjectType.VCPU);
    }

    /** What an object is bound to, and how much time a scheduling context has; empty if there is nothing to tell. */
    String of(@Nullable ObjectType type, CapabilityType kind, @PhysAddr long object) {
        List<String> text = new ArrayList<>();
        if (kind == CapabilityType.TCB) {
            add(text, "notification", bindings.notification(object));
            add(text, "sched context", hasMcs ? bindings.contextOfThread(object) : -1);
            add(text, "VCPU", hasVcpus ? vcpus.vcpu(object) : -1);
        } else if (kind == CapabilityType.NOTIFICATION) {
            add(text, "TCB", bindings.thread(object));
            add(text, "sched context", hasMcs ? bindings.contextOfNotification(object) : -1);
        } else if (type == ObjectType.VCPU) {
            add(text, "TCB", vcpus.thread(object));
        } else if (type == ObjectType.SCHED_CONTEXT) {
            time(text, object);
            add(text, "TCB", bindings.threadOfContext(object));
            add(text, "notification", bindings.notificationOfContext(object));
        }
        return String.join(", ", text);
    }

    private void time(List<String> text, long context) {
        if (SchedContextLayout.REFILLS.get(memory.words(), context) != 0) {
            text.add(Long.toUnsignedString(SchedContextLayout.BUDGET.get(memory.words(), context)) + " of "
                    + Long.toUnsignedString(SchedContextLayout.PERIOD.get(memory.words(), context)) + " us");
        }
    }

    private static void add(List<String> text, String what, long object) {
        if (object >= 0) {
            text.add("bound to the " + what + " at 0x" + Long.toHexString(object));
        }
    }
}
