package org.allocman.check.contract;

import static org.allocman.check.contract.KernelRig.LARGE;

import java.util.List;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/** Rules about who is derived from whom. */
final class DerivationRules {
    private DerivationRules() {}

    static List<KernelRule> all() {
        return List.of(
                KernelRule.manager(
                        "revokeReachesGrandchildren",
                        KernelPart.DERIVATION,
                        "A revoke takes what is derived from what is derived, however deep.",
                        DerivationRules::grandchildren),
                KernelRule.manager(
                        "deleteTakesOneCapabilityOnly",
                        KernelPart.DERIVATION,
                        "A delete empties one slot; other capabilities to the object stay.",
                        DerivationRules::deleteTakesOne),
                KernelRule.manager(
                        "revokeAndDeleteOfNothingAreCarriedOut",
                        KernelPart.DERIVATION,
                        "Revoke and delete of an empty slot do nothing and are no error.",
                        DerivationRules::ofNothing),
                KernelRule.seL4(
                        "revokeTakesWhatIsDerivedAndNothingElse",
                        KernelPart.DERIVATION,
                        "A revoke takes copies and badged capabilities of one capability, not its siblings.",
                        DerivationRules::nothingElse),
                KernelRule.seL4(
                        "anUntypedWithChildrenHasNoCopies",
                        KernelPart.DERIVATION,
                        "An untyped with children cannot be copied, and one with a copy counts as full.",
                        DerivationRules::noCopies),
                KernelRule.seL4(
                        "childrenOfADeletedUntypedFallToItsParent",
                        KernelPart.DERIVATION,
                        "If an untyped is deleted, what was made of it is derived from its parent.",
                        DerivationRules::fallToParent),
                KernelRule.seL4(
                        "aMovedCapabilityKeepsItsPlaceInTheTree",
                        KernelPart.DERIVATION,
                        "A capability that was moved is derived from the same one, and the same ones from it.",
                        DerivationRules::moved),
                KernelRule.seL4(
                        "derivationsAreAsAModelSays",
                        KernelPart.DERIVATION,
                        "After any copies, mints, moves and retypes, a revoke takes exactly what a model says.",
                        DerivationModel::check));
    }

    /** Untyped, untyped, untyped, endpoint: in slots that rise, that fall, and that do neither. */
    private static void grandchildren(KernelRig rig) {
        int[][] orders = {{1, 2, 3}, {3, 2, 1}, {2, 3, 1}, {2, 1, 3}};
        for (int[] slots : orders) {
            rig.ok(rig.make(ObjectType.UNTYPED, LARGE - 1, slots[0]));
            rig.ok(rig.retype(rig.slot(slots[0]), ObjectType.UNTYPED, LARGE - 2, rig.slot(slots[1]), 1));
            rig.ok(rig.retype(rig.slot(slots[1]), ObjectType.ENDPOINT, 0, rig.slot(slots[2]), 1));
            rig.ok(rig.revoke(0));
            rig.isTrue(rig.isEmpty(slots[0]), "the child is gone");
            rig.isTrue(rig.isEmpty(slots[1]), "the grandchild is gone");
            rig.isTrue(rig.isEmpty(slots[2]), "the great-grandchild is gone");
            rig.ok(rig.make(ObjectType.UNTYPED, LARGE, slots[0]), "the whole memory is there again");
            rig.ok(rig.delete(slots[0]));
        }
    }

    private static void deleteTakesOne(KernelRig rig) {
        rig.ok(rig.make(ObjectType.UNTYPED, LARGE - 1, 1));
        rig.ok(rig.make(ObjectType.UNTYPED, LARGE - 1, 2));
        rig.ok(rig.delete(1));
        rig.isTrue(rig.isEmpty(1), "the slot is empty");
        rig.isTrue(!rig.isEmpty(2), "the other one is there");
        rig.isTrue(!rig.isEmpty(0), "the parent is there");
    }

    private static void ofNothing(KernelRig rig) {
        rig.ok(rig.revoke(7));
        rig.ok(rig.delete(7));
        rig.isTrue(!rig.isEmpty(0), "nothing else went");
    }

    private static void nothingElse(KernelRig rig) {
        rig.ok(rig.retype(rig.slot(0), ObjectType.ENDPOINT, 0, rig.slot(1), 2));
        rig.ok(rig.mint(3, 1, 5));
        rig.ok(rig.copy(4, 3));
        rig.ok(rig.mint(5, 1, 6));
        rig.ok(rig.revoke(3));
        rig.isTrue(rig.isEmpty(4), "the copy of what was revoked is gone");
        rig.isTrue(!rig.isEmpty(3), "what was revoked itself is there");
        rig.isTrue(!rig.isEmpty(5), "another badge is there");
        rig.ok(rig.revoke(1));
        rig.isTrue(rig.isEmpty(3) && rig.isEmpty(5), "both badges are gone");
        rig.isTrue(!rig.isEmpty(2), "the other endpoint is there");
        rig.ok(rig.revoke(0));
        rig.isTrue(rig.isEmpty(1) && rig.isEmpty(2), "all that was made of the untyped is gone");
    }

    private static void noCopies(KernelRig rig) {
        rig.ok(rig.make(ObjectType.ENDPOINT, 0, 1));
        rig.expect(KernelError.revokeFirst(), rig.copy(2, 0), "there is a child");
        rig.ok(rig.revoke(0));
        rig.isTrue(rig.isEmpty(1), "the child is gone");
        rig.ok(rig.copy(2, 0), "there is no child");
        rig.expect(
                KernelError.notEnoughMemory(0),
                rig.make(ObjectType.ENDPOINT, 0, 1),
                "the source counts as full while there is a copy");
        rig.ok(rig.delete(2));
        rig.ok(rig.make(ObjectType.ENDPOINT, 0, 1));
    }

    private static void fallToParent(KernelRig rig) {
        rig.ok(rig.make(ObjectType.UNTYPED, 10, 1));
        rig.ok(rig.retype(rig.slot(1), ObjectType.ENDPOINT, 0, rig.slot(2), 1));
        rig.ok(rig.delete(1));
        rig.isTrue(!rig.isEmpty(2), "the child is there");
        rig.ok(rig.revoke(0));
        rig.isTrue(rig.isEmpty(2), "the child fell to the parent");
        rig.ok(rig.make(ObjectType.UNTYPED, LARGE, 1));
    }

    private static void moved(KernelRig rig) {
        rig.ok(rig.make(ObjectType.UNTYPED, 10, 1));
        rig.ok(rig.retype(rig.slot(1), ObjectType.ENDPOINT, 0, rig.slot(2), 1));
        rig.ok(rig.move(3, 1));
        rig.ok(rig.revoke(3));
        rig.isTrue(rig.isEmpty(2), "what was made of it goes, although it was moved");
        rig.ok(rig.retype(rig.slot(3), ObjectType.ENDPOINT, 0, rig.slot(2), 1));
        rig.ok(rig.move(4, 2));
        rig.ok(rig.revoke(0));
        rig.isTrue(rig.isEmpty(3) && rig.isEmpty(4), "it goes with its parent, although it was moved");
    }
}
