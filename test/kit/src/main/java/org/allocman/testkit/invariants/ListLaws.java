package org.allocman.testkit.invariants;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;

/** Laws about the derivation list. */
final class ListLaws {
    private ListLaws() {}

    static List<String> linksJoinCapabilities(KernelView view) {
        List<String> broken = new ArrayList<>();
        for (Capability capability : view.capabilities()) {
            long next = view.slots().next(capability.slot());
            long previous = view.slots().previous(capability.slot());
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
            Capability next = view.at(slots.next(capability.slot()));
            if (next != null && slots.previous(next.slot()) != capability.slot()) {
                broken.add(next + " does not lead back to " + capability);
            }
            Capability previous = view.at(slots.previous(capability.slot()));
            if (previous != null && slots.next(previous.slot()) != capability.slot()) {
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
            if (capability.isUntyped() && !view.slots().isRevocable(capability.slot())) {
                broken.add(capability + " is not marked revocable");
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
            Capability next = view.at(view.slots().next(last.slot()));
            if (next != null) {
                broken.add(next + " belongs to two chains");
            }
        }
        Set<Capability> heads = new HashSet<>();
        view.chains().forEach(chain -> heads.add(chain.get(0)));
        for (Capability capability : view.capabilities()) {
            if (!seen.containsKey(capability.slot())) {
                broken.add(capability + " belongs to no chain");
            } else if (view.slots().previous(capability.slot()) < 0 && !heads.contains(capability)) {
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
