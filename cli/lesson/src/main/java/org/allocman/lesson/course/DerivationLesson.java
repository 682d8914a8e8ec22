package org.allocman.lesson.course;

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
    private static final List<Long> COPIES_7 = List.of(130L, 133L, 137L);
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
        must(task.copy(130, CLIENT_7, CapRights.ALL));
        must(task.copy(131, CLIENT_8, CapRights.ALL));
        must(task.copy(133, 130, CapRights.ALL));
        must(task.copy(134, CLIENT_8, CapRights.ALL));
        must(task.copy(137, CLIENT_7, CapRights.ALL));
    }

    @Override
    List<Long> shown() {
        return List.of(SERVER, CLIENT_7, CLIENT_8, 130L, 131L, 133L, 134L, 137L);
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
        List<Long> left = look.held(COPIES_7);
        if (!left.isEmpty()) {
            found.add(
                    look.isEmpty(CLIENT_7) ? "deleted" : "copies",
                    "Client 7 still has " + Look.list(left)
                            + (look.isEmpty(CLIENT_7) ? ", though slot 111 is empty." : "."),
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
