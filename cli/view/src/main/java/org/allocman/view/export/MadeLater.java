package org.allocman.view.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was made between two states of a machine: the objects that the first did not have, what is in their slots, and what
 * their tables lead to. Untypeds are where objects were taken from, and are left out unless they were wanted for themselves.
 */
final class MadeLater {
    private record Key(String kind, long address, int sizeBits) {}

    private MadeLater() {}

    static MachineState of(MachineState after, MachineState before, Set<Long> named) {
        Set<Key> old = new HashSet<>();
        before.objects().forEach(object -> old.add(key(object)));
        Set<Integer> holding = new HashSet<>();
        for (StateObject object : after.objects()) {
            Integer within = object.within();
            if (within != null) {
                holding.add(within);
            }
        }
        Set<Integer> wanted = new HashSet<>();
        for (StateCapability capability : after.capabilities()) {
            Integer object = capability.object();
            if (object != null && named.contains(capability.index())) {
                wanted.add(object);
            }
        }
        Map<Integer, Integer> objects = new HashMap<>();
        List<StateObject> kept = new ArrayList<>();
        for (StateObject object : after.objects()) {
            if (!old.contains(key(object))
                    && !(object.isUntyped() && (holding.contains(object.id()) || !wanted.contains(object.id())))) {
                objects.put(object.id(), kept.size());
                kept.add(new StateObject(
                        kept.size(),
                        object.kind(),
                        object.address(),
                        object.sizeBits(),
                        null,
                        object.watermark(),
                        object.slots()));
            }
        }
        return new MachineState(
                after.board(),
                after.architecture(),
                after.wordBits(),
                after.regions(),
                kept,
                capabilities(after, objects),
                mappings(after, objects, kept));
    }

    private static Key key(StateObject object) {
        return new Key(object.kind(), object.address(), object.sizeBits());
    }

    /** Those in the slots of what was made that lead to what was made. An ASID is the root task's to give, so none is said. */
    private static List<StateCapability> capabilities(MachineState after, Map<Integer, Integer> objects) {
        Map<Integer, Integer> ids = new HashMap<>();
        List<StateCapability> all = new ArrayList<>();
        for (StateCapability one : after.capabilities()) {
            if (isKept(one, objects)) {
                ids.put(one.id(), ids.size());
            }
        }
        for (StateCapability one : after.capabilities()) {
            Integer holder = one.holder();
            Integer object = one.object();
            Integer parent = one.parent();
            if (isKept(one, objects) && holder != null && object != null) {
                all.add(new StateCapability(
                        all.size(),
                        one.place(),
                        one.slot(),
                        objects.get(holder),
                        one.index(),
                        one.kind(),
                        objects.get(object),
                        one.detail(),
                        one.rights(),
                        one.badge(),
                        one.guard(),
                        one.guardBits(),
                        null,
                        null,
                        parent == null ? null : ids.get(parent)));
            }
        }
        return all;
    }

    private static boolean isKept(StateCapability one, Map<Integer, Integer> objects) {
        Integer holder = one.holder();
        Integer object = one.object();
        return holder != null && object != null && objects.containsKey(holder) && objects.containsKey(object);
    }

    private static List<StateMapping> mappings(
            MachineState after, Map<Integer, Integer> objects, List<StateObject> kept) {
        Set<Long> tables = new HashSet<>();
        for (StateObject object : kept) {
            if (!object.isUntyped() && !object.isFrame()) {
                tables.add(object.address());
            }
        }
        List<StateMapping> all = new ArrayList<>();
        for (StateMapping mapping : after.mappings()) {
            Integer object = mapping.object();
            Integer number = object == null ? null : objects.get(object);
            if (number != null
                    && (tables.contains(mapping.table()) || mapping.kind().equals(StateMapping.ROOT))) {
                all.add(mapping.leadingTo(number));
            }
        }
        return all;
    }
}
