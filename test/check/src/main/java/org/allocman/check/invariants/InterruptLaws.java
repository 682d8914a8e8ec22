package org.allocman.check.invariants;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.ControlKind;
import org.allocman.sim.kernel.Interrupts;

/** Laws about interrupts and their handlers. */
final class InterruptLaws {
    private InterruptLaws() {}

    /** An interrupt is handled exactly if it has a handler, and handlers are IRQ control's descendants as long as it is there. */
    static List<String> handledHaveHandlers(KernelView view) {
        List<String> broken = new ArrayList<>();
        Set<Integer> handled = new HashSet<>();
        Capability control = null;
        List<Capability> issued = new ArrayList<>();
        for (Capability capability : view.capabilities()) {
            if (capability.type() == CapabilityType.CONTROL) {
                ControlKind kind = view.slots().control().kind(capability.slot());
                control = kind == ControlKind.IRQ_CONTROL ? capability : control;
                if (kind == ControlKind.IRQ_HANDLER) {
                    handled.add(view.slots().control().number(capability.slot()));
                }
                if (kind == ControlKind.IRQ_HANDLER || kind == ControlKind.SGI_SIGNAL) {
                    issued.add(capability);
                }
            }
        }
        for (int interrupt = 0; interrupt < view.interrupts().count(); interrupt++) {
            boolean isHandled = view.interrupts().state(interrupt) == Interrupts.HANDLED;
            if (isHandled != handled.remove(interrupt)) {
                broken.add("interrupt " + interrupt
                        + (isHandled ? " has no handler" : " has a handler that it should not have"));
            }
        }
        handled.forEach(
                interrupt -> broken.add("there is a handler for interrupt " + interrupt + ", which there is not"));
        for (Capability capability : issued) {
            if (control != null && !view.isDescendant(control, capability)) {
                broken.add(capability + " is not derived from IRQ control");
            }
        }
        return broken;
    }

    /** The kernel's slot of an interrupt holds a notification, if anything, and nothing if nobody handles the interrupt. */
    static List<String> slotsHoldNotifications(KernelView view) {
        List<String> broken = new ArrayList<>();
        for (int interrupt = 0; interrupt < view.interrupts().count(); interrupt++) {
            Capability held = view.at(view.interrupts().slot(interrupt));
            if (held == null) {
                continue;
            }
            if (held.type() != CapabilityType.NOTIFICATION) {
                broken.add("the kernel's slot of interrupt " + interrupt + " holds " + held);
            } else if (view.interrupts().state(interrupt) != Interrupts.HANDLED) {
                broken.add("nobody handles interrupt " + interrupt + ", and the kernel's slot of it holds " + held);
            }
        }
        return broken;
    }
}
