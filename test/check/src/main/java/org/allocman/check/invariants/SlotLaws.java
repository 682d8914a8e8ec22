package org.allocman.check.invariants;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Laws about single capabilities and the slots they lie in. */
final class SlotLaws {
    private SlotLaws() {}

    /** Slots are readable, and an empty one is all zero. */
    static List<String> wellFormedObjects(KernelView view) {
        List<String> broken = new ArrayList<>(view.malformed());
        for (long slot : view.uncleared()) {
            broken.add("slot 0x" + Long.toHexString(slot) + " is empty but not all zero");
        }
        if (view.thread() >= 0) {
            expect(view, broken, TcbLayout.CSPACE, CapabilityType.CNODE);
            expect(view, broken, TcbLayout.buffer(view.architecture()), CapabilityType.FRAME);
            if (TcbLayout.slots(view.architecture()) > TcbLayout.EPT_ROOT) {
                expect(view, broken, TcbLayout.EPT_ROOT, CapabilityType.OBJECT);
            }
        }
        return broken;
    }

    private static void expect(KernelView view, List<String> broken, int number, CapabilityType type) {
        Capability held = view.at(view.slots().at(view.thread(), number));
        if (held != null && held.type() != type) {
            broken.add("slot " + number + " of the current thread holds " + held);
        }
    }

    static List<String> wellFormedCapabilities(KernelView view) {
        List<String> broken = new ArrayList<>();
        Map<Long, Capability> objects = new HashMap<>();
        for (Capability capability : view.capabilities()) {
            String fault = fault(view, capability);
            if (fault != null) {
                broken.add(capability + " " + fault);
            }
            if (!capability.isUntyped() && capability.isMemory()) {
                Capability other = objects.putIfAbsent(capability.base(), capability);
                boolean zombie = other != null
                        && (other.type() == CapabilityType.ZOMBIE || capability.type() == CapabilityType.ZOMBIE);
                if (other != null && !zombie && (other.type() != capability.type() || !other.isSameRange(capability))) {
                    broken.add(capability + " and " + other + " do not agree what is there");
                }
            }
        }
        return broken;
    }

    private static @Nullable String fault(KernelView view, Capability capability) {
        Slots slots = view.slots();
        Architecture architecture = view.architecture();
        long slot = capability.slot();
        return switch (capability.type()) {
            case UNTYPED -> {
                boolean size = capability.sizeBits() >= architecture.minUntypedBits()
                        && capability.sizeBits() <= architecture.maxUntypedBits();
                boolean free = capability.free() <= 1L << capability.sizeBits();
                yield size ? free ? null : "has its watermark beyond its end" : "is of no legal size";
            }
            case CNODE -> {
                int guardBits = slots.cnode().guardSize(slot);
                boolean fits = slots.cnode().radix(slot) >= 1
                        && slots.cnode().radix(slot) + guardBits <= architecture.wordBits();
                boolean guard = guardBits == Long.SIZE || slots.cnode().guard(slot) >>> guardBits == 0;
                yield fits ? guard ? null : "has a guard wider than its size" : "resolves more bits than a word has";
            }
            case ZOMBIE -> {
                long all = slots.zombie().isTcb(slot)
                        ? TcbLayout.slots(view.architecture())
                        : 1L << slots.zombie().radix(slot);
                yield slots.zombie().number(slot) <= all ? null : "has more slots left than it had";
            }
            case FRAME ->
                slots.frame().size(slot) < architecture.frames().size() ? null : "is of no size that frames have";
            case OBJECT ->
                view.types().isSound(slot) ? null : "is of no type or size that the kernel's own objects have";
            default -> null;
        };
    }

    /** Slots in use lie in CNodes, at multiples of their size, below the CNode's number of slots. */
    static List<String> slotsInCNodes(KernelView view) {
        List<String> broken = new ArrayList<>();
        List<Capability> holders = new ArrayList<>();
        for (Capability capability : view.capabilities()) {
            if (capability.type() == CapabilityType.CNODE
                    || capability.type() == CapabilityType.TCB
                    || capability.type() == CapabilityType.ZOMBIE) {
                holders.add(capability);
            }
        }
        Ranges ranges = new Ranges(holders);
        Map<Long, Integer> radices = new HashMap<>();
        for (Capability capability : view.capabilities()) {
            long slot = capability.slot();
            boolean ownThread = view.thread() >= 0
                    && slot >= view.thread()
                    && slot < view.slots().at(view.thread(), TcbLayout.slots(view.architecture()));
            boolean isHeld = ownThread || view.isOfInterrupt(slot) || ranges.contains(slot);
            if ((slot & view.slots().bytes() - 1) != 0 || !isHeld) {
                broken.add(capability + " does not lie in a slot of a CNode or thread");
            }
            if (capability.type() == CapabilityType.CNODE) {
                Integer radix = radices.putIfAbsent(
                        capability.base(), view.slots().cnode().radix(slot));
                if (radix != null && radix != view.slots().cnode().radix(slot)) {
                    broken.add(capability + " has another radix than another capability to the CNode");
                }
            }
        }
        return broken;
    }

    static List<String> reachable(KernelView view) {
        List<String> broken = new ArrayList<>();
        for (Capability capability : view.capabilities()) {
            if (!view.isReachable(capability.slot())) {
                broken.add(capability + " lies in no CNode that a capability refers to");
            }
        }
        return broken;
    }

    /** The current thread, and every thread or CNode that holds capabilities, has a capability if it came from one. */
    static List<String> liveIsReferred(KernelView view) {
        Set<Long> bases = new HashSet<>();
        List<Capability> objects = new ArrayList<>();
        List<Capability> untypeds = new ArrayList<>();
        for (Capability capability : view.capabilities()) {
            if (capability.isUntyped()) {
                untypeds.add(capability);
            } else if (capability.isMemory()) {
                objects.add(capability);
                bases.add(capability.base());
            }
        }
        Ranges managed = new Ranges(untypeds);
        Ranges referred = new Ranges(objects);
        List<String> broken = new ArrayList<>();
        if (view.thread() >= 0 && managed.contains(view.thread()) && !bases.contains(view.thread())) {
            broken.add("the current thread at 0x" + Long.toHexString(view.thread()) + " has no capability");
        }
        for (Capability capability : view.capabilities()) {
            if (managed.contains(capability.slot()) && !referred.contains(capability.slot())) {
                broken.add(capability + " lives in an object without a capability");
            }
        }
        return broken;
    }
}
