package org.allocman.view.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.check.invariants.Capability;
import org.allocman.check.invariants.KernelView;
import org.allocman.qual.PhysAddr;
import org.allocman.script.CapabilityText;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Interrupts;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.kernel.paging.ArchitectureBehaviour;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.sim.kernel.paging.Mappings;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads a machine's state out of its memory. */
final class StateReader {

    private final Slots slots;
    private final CapabilityText texts;
    private final Architecture architecture;
    private final ArchitectureBehaviour behaviour;
    private final List<StateObject> objects = new ArrayList<>();
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> frames = new HashMap<>();
    private final Map<Long, Integer> tables = new HashMap<>();
    private final TreeMap<Long, StateObject> holders = new TreeMap<>();
    private final List<StateCapability> capabilities = new ArrayList<>();
    private final List<StateMapping> mappings = new ArrayList<>();

    /** What makes two capabilities stand for one object. */
    private record Key(String kind, long address, int sizeBits) {}

    StateReader(PhysicalMemory memory, Architecture architecture, @PhysAddr long state) {
        this.architecture = architecture;
        this.behaviour = Behaviours.of(architecture);
        this.slots = new Slots(memory.words(), architecture);
        this.texts = new CapabilityText(memory, architecture);
        KernelView view = new KernelView(memory, architecture, state);
        long thread = KernelState.thread(memory.words(), state);
        objects.addAll(readObjects(view, thread));
        for (StateObject object : objects) {
            numbers.put(new Key(object.kind(), object.address(), object.sizeBits()), object.id());
            if (object.slots() != null) {
                holders.put(object.address(), object);
            } else if (object.isFrame()) {
                frames.put(object.address(), object.id());
            } else if (!object.isUntyped()) {
                tables.put(object.address(), object.id());
            }
        }
        readCapabilities(
                view,
                new SlotNames(slots, new Interrupts(memory.words(), slots, state), architecture, thread, holders));
        new Mappings(memory.words(), architecture, state).visit(new MappingReader(architecture, this::entry));
    }

    List<StateObject> objects() {
        return objects;
    }

    List<StateCapability> capabilities() {
        return capabilities;
    }

    List<StateMapping> mappings() {
        return mappings;
    }

    private List<StateObject> readObjects(KernelView view, long thread) {
        Map<Key, StateObject> found = new HashMap<>();
        for (Capability capability : view.capabilities()) {
            if (capability.sizeBits() >= 0 && capability.type() != CapabilityType.ZOMBIE) {
                StateObject object = object(capability);
                found.merge(new Key(object.kind(), object.address(), object.sizeBits()), object, StateReader::fuller);
            }
        }
        if (thread >= 0) {
            int bits = architecture.sizeBits(ObjectType.TCB, 0);
            found.putIfAbsent(
                    new Key(StateObject.TCB, thread, bits),
                    new StateObject(
                            0, StateObject.TCB, thread, bits, null, null, (long) TcbLayout.slots(architecture)));
        }
        List<StateObject> sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparingLong((StateObject object) -> object.address())
                .thenComparing(object -> -object.sizeBits())
                .thenComparing(object -> !object.isUntyped())
                .thenComparing(object -> object.kind()));
        return numbered(sorted);
    }

    /** Copies of an untyped's capability have watermarks of their own. */
    private static StateObject fuller(StateObject one, StateObject other) {
        Long left = one.watermark();
        Long right = other.watermark();
        return left != null && right != null && right > left ? other : one;
    }

    private StateObject object(Capability capability) {
        long slot = capability.slot();
        Long many = switch (capability.type()) {
            case CNODE -> 1L << slots.cnode().radix(slot);
            case TCB -> (long) TcbLayout.slots(architecture);
            default -> null;
        };
        Long watermark = capability.type() == CapabilityType.UNTYPED ? capability.free() : null;
        return new StateObject(0, texts.kind(slot), capability.base(), capability.sizeBits(), null, watermark, many);
    }

    /** Gives numbers, and finds the smallest untyped that each lies in. */
    private static List<StateObject> numbered(List<StateObject> sorted) {
        List<StateObject> all = new ArrayList<>();
        Deque<StateObject> around = new ArrayDeque<>();
        for (StateObject object : sorted) {
            while (!around.isEmpty() && around.getFirst().end() <= object.address()) {
                around.pop();
            }
            StateObject inner = around.peek();
            StateObject numbered = new StateObject(
                    all.size(),
                    object.kind(),
                    object.address(),
                    object.sizeBits(),
                    inner == null ? null : inner.id(),
                    object.watermark(),
                    object.slots());
            all.add(numbered);
            if (numbered.isUntyped()) {
                around.push(numbered);
            }
        }
        return all;
    }

    private void readCapabilities(KernelView view, SlotNames names) {
        Map<Long, Integer> ids = new HashMap<>();
        for (Capability capability : view.capabilities()) {
            ids.put(capability.slot(), ids.size());
        }
        Map<Long, Integer> parents = parents(view, ids);
        for (Capability capability : view.capabilities()) {
            long slot = capability.slot();
            Map.Entry<Long, StateObject> holder = holders.floorEntry(slot);
            boolean held = holder != null && slot < holder.getValue().end();
            long index = held && holder != null ? (slot - holder.getKey()) / slots.bytes() : 0;
            capabilities.add(capability(
                    capability,
                    capabilities.size(),
                    names.of(slot),
                    held && holder != null ? holder.getValue().id() : null,
                    index,
                    parents.get(slot)));
        }
    }

    /** The nearest ancestor of each capability; those behind one in the list are its descendants up to a point. */
    private static Map<Long, Integer> parents(KernelView view, Map<Long, Integer> ids) {
        Map<Long, Integer> parents = new HashMap<>();
        for (List<Capability> chain : view.chains()) {
            Deque<Capability> ancestors = new ArrayDeque<>();
            for (Capability capability : chain) {
                while (!ancestors.isEmpty() && !view.isDescendant(ancestors.getFirst(), capability)) {
                    ancestors.pop();
                }
                Capability parent = ancestors.peek();
                Integer id = parent == null ? null : ids.get(parent.slot());
                if (id != null) {
                    parents.put(capability.slot(), id);
                }
                ancestors.push(capability);
            }
        }
        return parents;
    }

    private StateCapability capability(
            Capability capability,
            int id,
            String place,
            @Nullable Integer holder,
            long index,
            @Nullable Integer parent) {
        long slot = capability.slot();
        CapabilityType type = capability.type();
        boolean cnode = type == CapabilityType.CNODE;
        boolean message = type == CapabilityType.ENDPOINT || type == CapabilityType.NOTIFICATION;
        boolean frame = type == CapabilityType.FRAME;
        boolean mapped = frame
                ? slots.mapping().asid(slot) != 0
                : type.isTable() && slots.table().isMapped(slot);
        String kind = texts.kind(slot);
        return new StateCapability(
                id,
                place,
                slot,
                holder,
                index,
                kind,
                numbers.get(new Key(kind, capability.base(), capability.sizeBits())),
                texts.detail(slot),
                message ? new CapRights(slots.endpoint().rights(slot)).toString() : frame ? frameRights(slot) : null,
                message ? hex(slots.endpoint().badge(slot)) : null,
                cnode ? hex(slots.cnode().guard(slot)) : null,
                cnode ? slots.cnode().guardSize(slot) : null,
                mapped && type != CapabilityType.VSPACE ? slots.mapping().vaddr(slot) : null,
                mapped ? slots.mapping().asid(slot) : null,
                parent);
    }

    /** A frame's rights are numbered, as its architecture does it. */
    private String frameRights(long slot) {
        return behaviour.frameRights(slots.frame().vmRights(slot)).toString();
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    /** Takes an entry; the object it leads to is one of the right kind at its address. */
    private void entry(StateMapping entry) {
        Map<Long, Integer> among = entry.kind().equals(StateMapping.FRAME) ? frames : tables;
        mappings.add(entry.leadingTo(among.get(entry.address())));
    }
}
