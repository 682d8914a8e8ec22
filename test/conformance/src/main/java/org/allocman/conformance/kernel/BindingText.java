package org.allocman.conformance.kernel;

import org.allocman.sim.kernel.Bindings;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What objects hold of one another, in the words of a recording. */
final class BindingText {
    private final Slots slots;
    private final Bindings bindings;

    BindingText(RecordedMachine machine) {
        this.slots = machine.slots;
        this.bindings = new Bindings(machine.memory.words(), slots);
    }

    /** A field of a {@code B} line, or null if objects of this kind have no such field. */
    @Nullable
    String field(long slot, String key) {
        long object = slots.object(slot);
        if (key.equals("paddr")) {
            return address(object);
        }
        CapabilityType type = slots.type(slot);
        if (type == CapabilityType.TCB) {
            return key.equals("ntfn") ? address(bindings.notification(object)) : null;
        }
        if (type != CapabilityType.NOTIFICATION) {
            return null;
        }
        return switch (key) {
            case "tcb" -> address(bindings.thread(object));
            case "state" -> Integer.toString(bindings.state(object));
            case "badge" -> "0x" + Long.toHexString(bindings.badge(object));
            default -> null;
        };
    }

    private static String address(long object) {
        return object < 0 ? "-" : "0x" + Long.toHexString(object);
    }
}
