package org.allocman.lesson.course;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lesson.RootTask;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.CapRights;
import org.allocman.vka.ObjectType;

/** Copies, badges, rights and revoke. */
final class DerivationLesson extends KernelLesson {
    private static final long UNTYPED = 47;
    private static final long SERVER = 110;
    private static final long CLIENT_7 = 111;
    private static final long CLIENT_8 = 112;
    private static final long CLIENT_9 = 113;
    // more than anybody likes to delete one by one, and the lesson does not list them
    private static final List<Long> COPIES_7 = List.of(
            130L, 133L, 137L, 138L, 141L, 150L, 151L, 157L, 164L, 166L, 172L, 179L, 183L, 188L, 191L, 200L, 211L, 225L);
    private static final List<Long> COPIES_8 = List.of(131L, 134L);
    private static final int BADGE_7 = 7;
    private static final int BADGE_8 = 8;
    private static final int BADGE_9 = 9;
    private static final CapRights SEND = new CapRights(CapRights.WRITE);

    DerivationLesson() {
        super("derivation", Form.SCRIPT, Form.JAVA);
    }

    @Override
    void prepare(RootTask task) {
        must(task.retype(UNTYPED, ObjectType.ENDPOINT, 0, SERVER));
        must(task.mint(CLIENT_7, SERVER, SEND, BADGE_7));
        must(task.mint(CLIENT_8, SERVER, SEND, BADGE_8));
        long from = CLIENT_7;
        for (long copy : COPIES_7) {
            must(task.copy(copy, from, CapRights.ALL));
            from = copy;
        }
        for (long copy : COPIES_8) {
            must(task.copy(copy, CLIENT_8, CapRights.ALL));
        }
    }

    @Override
    List<Long> shown() {
        return List.of(SERVER, CLIENT_7, CLIENT_8, 130L, 131L, 133L, 134L);
    }

    @Override
    void check(Machine machine, SlotFindings found) {
        Look look = found.look();
        if (look.type(SERVER) != CapabilityType.ENDPOINT) {
            found.slot(
                    SERVER,
                    "server",
                    "the server's endpoint, as it was",
                    "A revoke leaves the capability that it is asked of, and takes all that descends from it. What you"
                            + " ask of the untyped goes for the endpoint too.");
            return;
        }
        List<Long> kept = look.held(COPIES_8);
        if (look.isEmpty(CLIENT_8) || kept.size() < COPIES_8.size()) {
            found.add(
                    "too-much",
                    "Client 8 had slots 112, 131 and 134; now "
                            + (look.isEmpty(CLIENT_8) && kept.isEmpty()
                                    ? "all of them are empty"
                                    : "some of them are empty")
                            + ".",
                    "Revoke asks one capability and takes all below it in the derivation tree. Clients 7 and 8 both descend"
                            + " from the endpoint in slot 110; only client 7 descends from slot 111.");
        }
        List<Long> left = heldBy7(machine, look);
        if (!left.isEmpty()) {
            found.add(
                    look.isEmpty(CLIENT_7) ? "deleted" : "copies",
                    "Client 7 still has " + some(left) + (look.isEmpty(CLIENT_7) ? ", though slot 111 is empty." : "."),
                    look.isEmpty(CLIENT_7)
                            ? "Delete empties one slot. Copies that were made of it live on, and now descend from its parent."
                            : "The copies descend from the capability in slot 111. One invocation takes them all.");
        } else if (!look.isEmpty(CLIENT_7)) {
            found.add(
                    "itself",
                    "All copies are gone, but slot 111 still holds client 7's own capability.",
                    "Revoke spares the capability that it is asked of. It takes one more invocation.");
        }
        newClient(found, look);
    }

    /** Slots with badge 7, wherever they were moved, but for the one that client 7 was given. */
    private static List<Long> heldBy7(Machine machine, Look look) {
        List<Long> held = new ArrayList<>();
        for (long slot = 0; slot < machine.bootInfo().empty().end(); slot++) {
            if (slot != CLIENT_7
                    && slot != CLIENT_9
                    && look.type(slot) == CapabilityType.ENDPOINT
                    && look.slots().endpoint().badge(look.slot(slot)) == BADGE_7
                    && look.object(slot) == look.object(SERVER)) {
                held.add(slot);
            }
        }
        return held;
    }

    private static String some(List<Long> slots) {
        return slots.size() == 1
                ? "a capability, in slot " + slots.get(0)
                : slots.size() + " capabilities, one of them in slot " + slots.get(0);
    }

    private static void newClient(SlotFindings found, Look look) {
        Slots slots = look.slots();
        if (look.type(CLIENT_9) != CapabilityType.ENDPOINT || look.object(CLIENT_9) != look.object(SERVER)) {
            found.slot(
                    CLIENT_9,
                    "client",
                    "a capability to the server's endpoint",
                    "A mint makes a copy with a badge. Its source is the server's own capability.");
            return;
        }
        long slot = look.slot(CLIENT_9);
        if (slots.endpoint().badge(slot) != BADGE_9) {
            found.add(
                    "badge",
                    "The capability in slot 113 has badge " + slots.endpoint().badge(slot) + "; wanted is 9.",
                    "The badge tells the server who is calling. Once a capability has one it keeps it: only the unbadged"
                            + " capability in slot 110 can be minted with a new one.");
        }
        if (slots.endpoint().rights(slot) != CapRights.WRITE) {
            found.add(
                    "rights",
                    "The capability in slot 113 has the rights "
                            + new CapRights(slots.endpoint().rights(slot))
                            + "; wanted is write alone, which is the right to send.",
                    "A copy has at most the rights of its source, and only those that are asked for. With read a client"
                            + " could receive other clients' messages.");
        }
    }
}
