package org.allocman.check.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Trees of capabilities at random, beside a model of who is derived from whom. A copy of an endpoint is derived from the
 * capability that the object was made with, or with its badge; it is not one that others are derived from.
 */
final class DerivationModel {
    private static final int STEPS = 60;
    private static final int TREES = 6;
    private static final int USED = 12;
    private static final int SMALL = 9;

    private final KernelRig rig;
    private final Random random;
    private int badges;
    private final @Nullable Node[] slots = new Node[USED + 1];

    /** A capability in a slot. */
    private static final class Node {
        @Nullable
        Node parent;

        boolean isUntyped;
        boolean isParent;
        boolean hasBadge;

        Node(@Nullable Node parent, boolean isUntyped, boolean isParent, boolean hasBadge) {
            this.parent = parent;
            this.isUntyped = isUntyped;
            this.isParent = isParent;
            this.hasBadge = hasBadge;
        }

        /** Who the copies of this one are derived from. */
        @Nullable
        Node origin() {
            return isParent ? this : parent;
        }
    }

    private DerivationModel(KernelRig rig, long seed) {
        this.rig = rig;
        this.random = new Random(seed);
        slots[0] = new Node(null, true, true, false);
    }

    static void check(KernelRig rig) {
        for (int tree = 0; tree < TREES; tree++) {
            DerivationModel model = new DerivationModel(rig, rig.seed + tree);
            for (int step = 0; step < STEPS; step++) {
                model.step();
            }
            model.revoke(0);
            model.look();
        }
    }

    private void step() {
        int from = random.nextInt(USED);
        while (slots[from] == null) {
            from = random.nextInt(USED);
        }
        int to = 1 + random.nextInt(USED - 1);
        Node source = slots[from];
        if (source == null || from == to) {
            return;
        }
        boolean isFree = slots[to] == null;
        switch (random.nextInt(7)) {
            case 0, 1 -> retype(source, from, to, isFree);
            case 2 -> copy(source, from, to, isFree);
            case 3 -> mint(source, from, to, isFree);
            case 4 -> move(source, from, to, isFree);
            case 5 -> {
                if (random.nextBoolean()) {
                    delete(to);
                }
            }
            default -> {
                if (from > 0) {
                    revoke(from);
                    look();
                }
            }
        }
    }

    private void retype(Node source, int from, int to, boolean isFree) {
        if (!source.isUntyped || !isFree) {
            return;
        }
        boolean untyped = from == 0 && random.nextBoolean();
        KernelError error = rig.retype(
                rig.slot(from),
                untyped ? ObjectType.UNTYPED : ObjectType.ENDPOINT,
                untyped ? SMALL : 0,
                rig.slot(to),
                1);
        if (error.code() != KernelError.Code.NOT_ENOUGH_MEMORY) {
            rig.ok(error);
            slots[to] = new Node(source, untyped, true, false);
        }
    }

    private void copy(Node source, int from, int to, boolean isFree) {
        // copies of untypeds have a rule of their own
        if (source.isUntyped || !isFree) {
            return;
        }
        rig.ok(rig.copy(to, from));
        slots[to] = new Node(source.origin(), false, false, source.hasBadge);
    }

    private void mint(Node source, int from, int to, boolean isFree) {
        if (source.isUntyped || !isFree || source.hasBadge) {
            return;
        }
        rig.ok(rig.mint(to, from, ++badges));
        slots[to] = new Node(source.origin(), false, true, true);
    }

    private void move(Node source, int from, int to, boolean isFree) {
        if (from == 0 || !isFree) {
            return;
        }
        rig.ok(rig.move(to, from));
        slots[to] = source;
        slots[from] = null;
    }

    private void delete(int at) {
        Node gone = slots[at];
        rig.ok(rig.delete(at));
        slots[at] = null;
        if (gone != null) {
            for (Node node : live()) {
                if (node.parent == gone) {
                    node.parent = gone.parent;
                }
            }
        }
    }

    private void revoke(int at) {
        rig.ok(rig.revoke(at));
        Node root = slots[at];
        if (root == null) {
            return;
        }
        for (int i = 0; i < USED; i++) {
            Node node = slots[i];
            if (node != null && node != root && isBelow(node, root)) {
                slots[i] = null;
            }
        }
    }

    private static boolean isBelow(Node node, Node root) {
        Node at = node.parent;
        while (at != null && at != root) {
            at = at.parent;
        }
        return at == root;
    }

    private List<Node> live() {
        Set<Node> all = new HashSet<>();
        for (Node node : slots) {
            if (node != null) {
                all.add(node);
            }
        }
        return new ArrayList<>(all);
    }

    private void look() {
        for (int i = 0; i < USED; i++) {
            boolean isEmpty = rig.isEmpty(i);
            if (isEmpty != (slots[i] == null)) {
                throw new RuleBroken("slot " + rig.slot(i) + " is " + (isEmpty ? "empty" : "in use")
                        + " after a revoke, and the model says otherwise");
            }
        }
    }
}
