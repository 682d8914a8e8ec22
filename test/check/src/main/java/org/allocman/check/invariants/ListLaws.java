package org.allocman.check.invariants;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.CapRights;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Laws about the derivation list. */
final class ListLaws {
    private ListLaws() {}

    static List<String> linksJoinCapabilities(KernelView view) {
        List<String> broken = new ArrayList<>();
        for (Capability capability : view.capabilities()) {
            long next = view.slots().mdb().next(capability.slot());
            long previous = view.slots().mdb().previous(capability.slot());
            if (next >= 0 && view.at(next) == null) {
                broken.add(capability + " has an empty slot behind it, 0x" + Long.toHexString(next));
            }
            if (previous >= 0 && view.at(previous) == null) {
                broken.add(capability + " has an empty slot before it, 0x" + Long.toHexString(previous));
            }
        }
        return broken;
    }

    static List<String> noLoop(KernelView view) {
        List<String> broken = new ArrayList<>();
        Slots slots = view.slots();
        for (Capability capability : view.capabilities()) {
            Capability next = view.at(slots.mdb().next(capability.slot()));
            if (next != null && slots.mdb().previous(next.slot()) != capability.slot()) {
                broken.add(next + " does not lead back to " + capability);
            }
            Capability previous = view.at(slots.mdb().previous(capability.slot()));
            if (previous != null && slots.mdb().next(previous.slot()) != capability.slot()) {
                broken.add(previous + " does not lead on to " + capability);
            }
            if (!view.isPlaced(capability)) {
                broken.add(capability + " stands on a cycle");
            }
        }
        return broken;
    }

    static List<String> untypedsRevocable(KernelView view) {
        List<String> broken = new ArrayList<>();
        for (Capability capability : view.capabilities()) {
            if (capability.isUntyped() && !view.slots().mdb().isRevocable(capability.slot())) {
                broken.add(capability + " is not marked revocable");
            }
        }
        return broken;
    }

    /** What a law asks of an entry of the derivation list and the one before it; null for the first of its chain. */
    private interface NeighbourLaw {
        @Nullable
        String broken(Capability capability, @Nullable Capability before);
    }

    private static List<String> ofNeighbours(KernelView view, NeighbourLaw law) {
        List<String> broken = new ArrayList<>();
        for (List<Capability> chain : view.chains()) {
            Capability before = null;
            for (Capability capability : chain) {
                String sentence = law.broken(capability, before);
                if (sentence != null) {
                    broken.add(sentence);
                }
                before = capability;
            }
        }
        return broken;
    }

    private static boolean isBadged(Capability capability) {
        return capability.type() == CapabilityType.ENDPOINT || capability.type() == CapabilityType.NOTIFICATION;
    }

    /** A badge that another stands before begins a family. */
    static List<String> badgesBeginFamilies(KernelView view) {
        Slots slots = view.slots();
        return ofNeighbours(view, (capability, before) -> {
            if (before == null || !isBadged(capability) || !view.isSameObject(before, capability)) {
                return null;
            }
            long badge = slots.endpoint().badge(capability.slot());
            boolean begins = badge != 0 && badge != slots.endpoint().badge(before.slot());
            return begins && !slots.mdb().isFirstBadged(capability.slot())
                    ? capability + " has badge " + badge + " behind " + before + " with another, and begins no family"
                    : null;
        });
    }

    /** Only what is first of its object, or of a badge, can be revocable, and it begins a family then. */
    static List<String> revocableAreFirst(KernelView view) {
        Slots slots = view.slots();
        return ofNeighbours(view, (capability, before) -> {
            if (!slots.mdb().isRevocable(capability.slot())) {
                return null;
            }
            if (!slots.mdb().isFirstBadged(capability.slot())) {
                return capability + " is revocable and begins no family";
            }
            boolean isNew = before == null
                    || capability.isUntyped()
                    || isBadged(capability) && slots.endpoint().badge(capability.slot()) != 0
                    || !view.isSameObject(before, capability);
            return isNew ? null : capability + " is a copy, behind " + before + ", and is revocable";
        });
    }

    /** Capabilities to one object stand side by side. */
    static List<String> objectsStandTogether(KernelView view) {
        List<String> broken = new ArrayList<>();
        for (List<Capability> chain : view.chains()) {
            Map<CapabilityType, Map<Long, Integer>> last = new EnumMap<>(CapabilityType.class);
            for (int i = 0; i < chain.size(); i++) {
                Capability capability = chain.get(i);
                if (!capability.isMemory() || capability.isUntyped()) {
                    continue;
                }
                Integer earlier = last.computeIfAbsent(capability.type(), type -> new HashMap<>())
                        .put(capability.base(), i);
                if (earlier != null && earlier != i - 1) {
                    broken.add(capability + " stands apart from " + chain.get(earlier));
                }
            }
        }
        return broken;
    }

    /** What is derived from a capability may do no more than it. */
    static List<String> rightsShrink(KernelView view) {
        List<String> broken = new ArrayList<>();
        for (List<Capability> chain : view.chains()) {
            for (int i = 0; i < chain.size(); i++) {
                Capability ancestor = chain.get(i);
                for (int j = i + 1; j < chain.size() && view.isDescendant(ancestor, chain.get(j)); j++) {
                    Capability capability = chain.get(j);
                    if (ancestor.isUntyped()) {
                        break;
                    }
                    int more = view.rights(capability) & ~view.rights(ancestor);
                    if (more != 0) {
                        broken.add(capability + " is derived from " + ancestor + " and has " + new CapRights(more)
                                + " beyond its rights");
                    }
                }
            }
        }
        return broken;
    }

    static List<String> zombiesAreLast(KernelView view) {
        Map<Long, Capability> zombies = new HashMap<>();
        List<String> broken = new ArrayList<>();
        for (Capability capability : view.capabilities()) {
            if (capability.type() == CapabilityType.ZOMBIE) {
                Capability other = zombies.put(capability.base(), capability);
                if (other != null) {
                    broken.add(capability + " and " + other + " are zombies of one object");
                }
            }
        }
        for (Capability capability : view.capabilities()) {
            Capability zombie = zombies.get(capability.base());
            boolean holder = capability.type() == CapabilityType.CNODE || capability.type() == CapabilityType.TCB;
            if (zombie != null && holder) {
                broken.add(capability + " still refers to what is being deleted as " + zombie);
            }
        }
        return broken;
    }

    /** Every capability stands exactly once, in one chain with one head. */
    static List<String> listIsWhole(KernelView view) {
        Map<Long, Capability> seen = new HashMap<>();
        List<String> broken = new ArrayList<>();
        for (List<Capability> chain : view.chains()) {
            for (Capability capability : chain) {
                if (seen.put(capability.slot(), capability) != null) {
                    broken.add(capability + " stands twice");
                }
            }
            Capability last = chain.get(chain.size() - 1);
            Capability next = view.at(view.slots().mdb().next(last.slot()));
            if (next != null) {
                broken.add(next + " belongs to two chains");
            }
        }
        Set<Capability> heads = new HashSet<>();
        view.chains().forEach(chain -> heads.add(chain.get(0)));
        for (Capability capability : view.capabilities()) {
            if (!seen.containsKey(capability.slot())) {
                broken.add(capability + " belongs to no chain");
            } else if (view.slots().mdb().previous(capability.slot()) < 0 && !heads.contains(capability)) {
                broken.add(capability + " has nothing before it but does not stand first");
            }
        }
        return broken;
    }

    /** What is revoked with a capability lies in its range, is memory of the same kind, and brings its own descendants. */
    static List<String> descendantsInside(KernelView view) {
        List<String> broken = new ArrayList<>();
        for (List<Capability> chain : view.chains()) {
            List<Capability> ancestors = new ArrayList<>();
            for (Capability capability : chain) {
                boolean left = false;
                for (int i = 0; i < ancestors.size(); i++) {
                    Capability ancestor = ancestors.get(i);
                    if (!view.isDescendant(ancestor, capability)) {
                        left = true;
                    } else if (left) {
                        broken.add(capability + " is derived from " + ancestor
                                + " but not from what that is derived from");
                    } else {
                        checkClass(broken, ancestor, capability);
                    }
                }
                ancestors.removeIf(ancestor -> !view.isDescendant(ancestor, capability));
                ancestors.add(capability);
            }
        }
        return broken;
    }

    private static void checkClass(List<String> broken, Capability ancestor, Capability capability) {
        if (ancestor.isMemory() != capability.isMemory() || ancestor.isMemory() && !ancestor.contains(capability)) {
            broken.add(capability + " is derived from " + ancestor + " but lies outside it");
        } else if (ancestor.device() != capability.device()) {
            broken.add(capability + " is derived from " + ancestor + " but is another kind of memory");
        }
    }
}
