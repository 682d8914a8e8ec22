package org.allocman.check.contract;

import java.util.List;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;

/** Rules about CNodes that are not the root. */
final class CNodeRules {
    private static final int WIDE_SHIFT = 6;
    private static final int NARROW_SHIFT = 8;
    private static final int GUARD = 5;
    private static final int GUARD_BITS = 3;

    private CNodeRules() {}

    static List<KernelRule> all() {
        return List.of(
                KernelRule.manager(
                        "aCNodeIsFilledAndItsSlotsAreNamed",
                        KernelPart.CNODES,
                        "Objects are made into a CNode that was made, and copied out of it by index and depth.",
                        CNodeRules::filled),
                KernelRule.manager(
                        "aRevokeEmptiesCNodesThatItDoesNotTake",
                        KernelPart.CNODES,
                        "What a revoke takes is gone from every CNode, not from the root alone.",
                        CNodeRules::emptied),
                KernelRule.seL4(
                        "theLastCapabilityToACNodeTakesItsContent",
                        KernelPart.CNODES,
                        "A CNode's content goes with its last capability, not before.",
                        CNodeRules::lastTakesContent),
                KernelRule.seL4(
                        "guardsAreMatched",
                        KernelPart.CNODES,
                        "A look-up takes a CNode's guard off the index, and tells a guard that differs, or is too long.",
                        CNodeRules::guards),
                KernelRule.seL4(
                        "aLookUpEndsWhereACNodeDoes",
                        KernelPart.CNODES,
                        "A depth that ends within a CNode is a DepthMismatch, a root that is no CNode an InvalidRoot.",
                        CNodeRules::depths));
    }

    private static KernelError into(KernelRig rig, int from, int node, long offset) {
        return rig.kernel.retype(rig.slot(from), rig.endpoint(), 0, rig.slot(node), 0, 0, offset, 1);
    }

    private static KernelError out(KernelRig rig, int to, CapPath from) {
        return rig.kernel.copy(rig.path(to), from, CapRights.ALL);
    }

    private static void filled(KernelRig rig) {
        rig.ok(rig.make(ObjectType.CNODE, 2, 1));
        rig.ok(into(rig, 0, 1, 2));
        rig.ok(out(rig, 2, new CapPath(rig.slot(1), 2, 2)));
        rig.isTrue(!rig.isEmpty(2), "the copy is there");
        rig.refused(out(rig, 3, new CapPath(rig.slot(1), 1, 2)), "that slot of the CNode is empty");
        rig.isTrue(rig.isEmpty(3), "nothing was copied");
    }

    private static void emptied(KernelRig rig) {
        rig.ok(rig.make(ObjectType.CNODE, 2, 1));
        rig.ok(rig.make(ObjectType.UNTYPED, KernelRig.LARGE - 1, 2));
        rig.ok(into(rig, 2, 1, 3));
        rig.ok(rig.revoke(2));
        rig.refused(out(rig, 3, new CapPath(rig.slot(1), 3, 2)), "the endpoint went with the revoke");
        rig.ok(into(rig, 2, 1, 3), "its slot is empty");
    }

    private static void lastTakesContent(KernelRig rig) {
        rig.ok(rig.make(ObjectType.CNODE, 1, 1));
        rig.ok(rig.make(ObjectType.UNTYPED, KernelRig.LARGE - 1, 2));
        rig.ok(into(rig, 2, 1, 1));
        rig.ok(rig.copy(3, 1));
        rig.ok(rig.delete(1));
        rig.expect(KernelError.revokeFirst(), rig.copy(4, 2), "the endpoint is there: a copy of its CNode is left");
        rig.ok(rig.delete(3));
        rig.ok(rig.copy(4, 2), "the endpoint went with its CNode, so the untyped has no children");
    }

    private static long guardData(KernelRig rig) {
        return rig.architecture.wordBits() == Long.SIZE
                ? (long) GUARD << WIDE_SHIFT | GUARD_BITS
                : (long) GUARD << NARROW_SHIFT | rig.architecture.guardOfZeros(GUARD_BITS);
    }

    private static void guards(KernelRig rig) {
        rig.ok(rig.make(ObjectType.CNODE, 1, 1));
        rig.ok(into(rig, 0, 1, 1));
        rig.ok(rig.mint(2, 1, guardData(rig)));
        int depth = GUARD_BITS + 1;
        rig.ok(out(rig, 3, new CapPath(rig.slot(2), GUARD << 1 | 1, depth)), "guard, then the slot");
        rig.expect(
                KernelError.failedLookup(true, LookupFault.guardMismatch(depth, GUARD, GUARD_BITS)),
                out(rig, 4, new CapPath(rig.slot(2), 3 << 1 | 1, depth)),
                "the guard differs");
        rig.expect(
                KernelError.failedLookup(true, LookupFault.guardMismatch(2, GUARD, GUARD_BITS)),
                out(rig, 4, new CapPath(rig.slot(2), 3, 2)),
                "the guard is longer than what is looked up");
        rig.isTrue(rig.isEmpty(4), "nothing was copied");
    }

    private static void depths(KernelRig rig) {
        rig.ok(rig.make(ObjectType.CNODE, 2, 1));
        rig.ok(into(rig, 0, 1, 0));
        rig.expect(
                KernelError.failedLookup(true, LookupFault.depthMismatch(1, 2)),
                out(rig, 3, new CapPath(rig.slot(1), 0, 1)),
                "one bit of a CNode that resolves two");
        rig.ok(rig.make(ObjectType.ENDPOINT, 0, 2));
        rig.expect(
                KernelError.failedLookup(true, LookupFault.invalidRoot()),
                out(rig, 3, new CapPath(rig.slot(2), 0, 1)),
                "an endpoint has no slots");
        rig.isTrue(rig.isEmpty(3), "nothing was copied");
    }
}
