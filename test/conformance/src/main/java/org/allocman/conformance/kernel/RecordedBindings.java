package org.allocman.conformance.kernel;

import org.allocman.sim.kernel.Bindings;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.SchedContextLayout;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What objects hold of one another, in the words of a recording. */
final class RecordedBindings {
    private final Slots slots;
    private final Memory memory;
    private final ObjectTypes types;
    private final long shift;
    private final Bindings bindings;

    RecordedBindings(RecordedMachine machine, Architecture architecture) {
        this.slots = machine.slots;
        this.memory = machine.memory.words();
        this.types = new ObjectTypes(slots, architecture);
        this.shift = TcbLayout.wordsShift(slots);
        this.bindings = new Bindings(memory, slots, architecture.hasMcs());
    }

    /** A field of a {@code B} line, or null if objects of this kind have no such field. */
    @Nullable
    String field(long slot, String key) {
        long object = slots.object(slot);
        if (key.equals("paddr")) {
            return address(object);
        }
        return switch (slots.type(slot)) {
            case TCB -> ofThread(object, key);
            case NOTIFICATION -> ofNotification(object, key);
            case OBJECT ->
                // nobody calls, so nobody waits for a reply
                types.type(slot) == ObjectType.SCHED_CONTEXT ? ofContext(object, key) : key.equals("tcb") ? "-" : null;
            default -> null;
        };
    }

    private @Nullable String ofThread(long tcb, String key) {
        return switch (key) {
            case "ntfn" -> address(bindings.notification(tcb));
            case "sc" -> address(bindings.contextOfThread(tcb));
            case "priority" -> Long.toString(TcbLayout.PRIORITY.get(memory, tcb + shift));
            case "mcp" -> Long.toString(TcbLayout.MAX_PRIORITY.get(memory, tcb + shift));
            default -> null;
        };
    }

    private @Nullable String ofNotification(long notification, String key) {
        return switch (key) {
            case "tcb" -> address(bindings.thread(notification));
            case "sc" -> address(bindings.contextOfNotification(notification));
            case "state" -> Integer.toString(bindings.state(notification));
            case "badge" -> hex(bindings.badge(notification));
            default -> null;
        };
    }

    private @Nullable String ofContext(long context, String key) {
        return switch (key) {
            case "tcb" -> address(bindings.threadOfContext(context));
            case "ntfn" -> address(bindings.notificationOfContext(context));
            case "reply" -> "-";
            case "refill_max" -> Long.toString(SchedContextLayout.REFILLS.get(memory, context));
            case "badge" -> hex(SchedContextLayout.BADGE.get(memory, context));
            case "sporadic" -> Long.toString(SchedContextLayout.SPORADIC.get(memory, context));
            default -> null;
        };
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static String address(long object) {
        return object < 0 ? "-" : hex(object);
    }
}
