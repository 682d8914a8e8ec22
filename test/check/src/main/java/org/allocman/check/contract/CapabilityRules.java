package org.allocman.check.contract;

import static org.allocman.check.contract.KernelRig.missing;

import java.util.List;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/** Rules about copying and moving capabilities: places, rights, badges, rotation. */
final class CapabilityRules {
    private CapabilityRules() {}

    static List<KernelRule> all() {
        return List.of(
                KernelRule.manager(
                        "capabilitiesAreCopiedAndMoved",
                        KernelPart.CAPABILITIES,
                        "A copy is a second capability, a move leaves the source empty; the destination has to be empty.",
                        CapabilityRules::copiedAndMoved),
                KernelRule.seL4(
                        "copiesLookAtTheDestinationFirst",
                        KernelPart.CAPABILITIES,
                        "The destination is looked at before the source, and the depth before both.",
                        CapabilityRules::destinationFirst),
                KernelRule.seL4(
                        "aCopyHasNoMoreRightsThanItsSource",
                        KernelPart.CAPABILITIES,
                        "A copy has the rights that both its source has and the caller gives, and a copy of it no more.",
                        CapabilityRules::rights),
                KernelRule.seL4(
                        "badgesAreGivenOnce",
                        KernelPart.BADGES,
                        "What has a badge gets no other one; a mutate gives none; sends of an endpoint are cancelled only.",
                        CapabilityRules::badges),
                KernelRule.seL4(
                        "rotateSwapsAndShifts",
                        KernelPart.ROTATE,
                        "A rotate moves the pivot on and the source to the pivot, or swaps the two, and checks its places.",
                        CapabilityRules::rotates));
    }

    private static void copiedAndMoved(KernelRig rig) {
        rig.ok(rig.make(ObjectType.ENDPOINT, 0, 1));
        rig.ok(rig.copy(2, 1));
        rig.isTrue(!rig.isEmpty(1) && !rig.isEmpty(2), "source and copy are there");
        rig.expect(KernelError.Code.DELETE_FIRST, rig.copy(2, 1), "the destination is in use");
        rig.expect(KernelError.Code.DELETE_FIRST, rig.move(2, 1), "the destination is in use");
        rig.ok(rig.move(3, 1));
        rig.isTrue(rig.isEmpty(1), "the source of a move is empty");
        rig.isTrue(!rig.isEmpty(3), "the destination of a move is not");
        rig.expect(KernelError.Code.FAILED_LOOKUP, rig.copy(4, 1), "the source is empty");
        rig.isTrue(rig.isEmpty(4), "nothing was copied");
    }

    private static void destinationFirst(KernelRig rig) {
        rig.ok(rig.make(ObjectType.ENDPOINT, 0, 1));
        rig.expect(KernelError.deleteFirst(), rig.copy(1, 2), "a destination in use comes before an empty source");
        rig.expect(missing(true, rig.depth), rig.copy(3, 2), "the source is empty");
        rig.expect(KernelError.deleteFirst(), rig.move(1, 2), "a destination in use comes before an empty source");
        rig.expect(missing(true, rig.depth), rig.move(3, 2), "the source is empty");
        KernelError depth = KernelError.rangeError(1, rig.depth);
        rig.expect(
                depth,
                rig.kernel.move(new CapPath(BootSlots.CNODE, rig.slot(3), 0), rig.path(1)),
                "no bits of the destination are looked up");
        rig.expect(
                depth,
                rig.kernel.delete(BootSlots.CNODE, rig.slot(3), rig.depth + 1),
                "more bits are to be looked up than a word has");
        rig.ok(rig.copy(2, 1));
        rig.ok(rig.move(3, 1));
        rig.isTrue(rig.isEmpty(1) && !rig.isEmpty(3), "it was moved");
    }

    /** Sends are cancelled by who has all rights, and by nobody else; so rights are seen without a message being sent. */
    private static void rights(KernelRig rig) {
        rig.ok(rig.make(ObjectType.ENDPOINT, 0, 1));
        for (int left = 0; left < CapRights.ALL.bits(); left++) {
            rig.ok(rig.copy(2, 1, new CapRights(left)));
            KernelError illegal = KernelError.illegalOperation();
            String which = "a capability with rights " + new CapRights(left);
            rig.expect(illegal, rig.kernel.cancelBadgedSends(rig.path(2)), which);
            rig.ok(rig.copy(3, 2));
            rig.expect(illegal, rig.kernel.cancelBadgedSends(rig.path(3)), "a copy with all rights of " + which);
            rig.ok(rig.delete(3));
            rig.ok(rig.mint(3, 2, 7));
            rig.expect(illegal, rig.kernel.cancelBadgedSends(rig.path(3)), "minted with all rights of " + which);
            rig.ok(rig.delete(3));
            rig.ok(rig.delete(2));
        }
        rig.ok(rig.copy(2, 1));
        rig.ok(rig.kernel.cancelBadgedSends(rig.path(2)), "a capability with all rights");
    }

    private static void badges(KernelRig rig) {
        KernelError illegal = KernelError.illegalOperation();
        rig.ok(rig.make(ObjectType.ENDPOINT, 0, 1));
        rig.ok(rig.mint(2, 1, 5));
        rig.expect(illegal, rig.mint(3, 2, 5), "it has that badge");
        rig.expect(illegal, rig.mint(3, 2, 6), "it has another badge");
        rig.expect(illegal, rig.kernel.mutate(rig.path(3), rig.path(1), 5), "a mutate gives no badge");
        rig.ok(rig.kernel.cancelBadgedSends(rig.path(2)));
        rig.ok(rig.make(ObjectType.NOTIFICATION, 0, 3));
        rig.expect(illegal, rig.kernel.cancelBadgedSends(rig.path(3)), "nobody sends to a notification");
        if (!rig.architecture.hasMcs()) {
            rig.ok(rig.kernel.saveCaller(rig.path(4)));
            rig.expect(KernelError.deleteFirst(), rig.kernel.saveCaller(rig.path(3)), "the slot is in use");
        }
    }

    private static void rotates(KernelRig rig) {
        rig.ok(rig.make(ObjectType.TCB, 0, 1));
        rig.ok(rig.make(ObjectType.CNODE, 1, 2));
        KernelError illegal = KernelError.illegalOperation();
        rig.expect(illegal, rotate(rig, 3, 2, 2), "pivot and source are one slot");
        rig.expect(illegal, rotate(rig, 2, 2, 1), "pivot and destination are one slot");
        rig.ok(rotate(rig, 3, 2, 1));
        rig.isTrue(rig.isEmpty(1), "the source has moved on");
        rig.ok(rotate(rig, 2, 3, 2));
        rig.expect(KernelError.deleteFirst(), rotate(rig, 3, 2, 1), "the destination is in use");
        rig.ok(
                rig.kernel.retype(rig.slot(0), rig.endpoint(), 0, rig.slot(2), 0, 0, 1, 1),
                "after the swap the CNode is in its slot again");
    }

    private static KernelError rotate(KernelRig rig, int to, int pivot, int from) {
        return rig.kernel.rotate(rig.path(to), 0, rig.path(pivot), 0, rig.path(from));
    }
}
