package org.allocman.check.invariants;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.kernel.CapabilityType;

/** Laws about objects and untypeds in memory. */
final class MemoryLaws {
    // Where nobody said where the kernel's window on memory starts, it starts at a multiple of this.
    private static final int WINDOW_BITS = 38;

    private MemoryLaws() {}

    static List<String> aligned(KernelView view) {
        List<String> broken = new ArrayList<>();
        long offset = view.windowOffset();
        for (Capability capability : view.capabilities()) {
            int bits = offset == 0 ? Math.min(capability.sizeBits(), WINDOW_BITS) : capability.sizeBits();
            if (capability.isMemory() && (capability.base() + offset & (1L << bits) - 1) != 0) {
                broken.add(capability + " is not aligned to its size");
            }
        }
        return broken;
    }

    static List<String> distinct(KernelView view) {
        List<String> broken = new ArrayList<>();
        view.forEachOverlap((outer, inner) -> {
            if (!outer.isUntyped() && !inner.isUntyped() && !isOneObject(outer, inner)) {
                broken.add(outer + " overlaps " + inner);
            }
        });
        return broken;
    }

    private static boolean isOneObject(Capability one, Capability other) {
        boolean zombie = one.type() == CapabilityType.ZOMBIE || other.type() == CapabilityType.ZOMBIE;
        return one.isSameRange(other) && (zombie || one.type() == other.type());
    }

    static List<String> objectsInUntypeds(KernelView view) {
        List<String> broken = new ArrayList<>();
        view.forEachOverlap((outer, inner) -> {
            if (outer.isUntyped() && !inner.isUntyped()) {
                if (!outer.contains(inner)) {
                    broken.add(inner + " lies partly in " + outer);
                } else if (inner.end() > outer.base() + outer.free()) {
                    broken.add(inner + " lies in the free part of " + outer);
                }
            } else if (!outer.isUntyped() && inner.isUntyped()) {
                broken.add(outer + " reaches beyond " + inner);
            }
        });
        return broken;
    }

    static List<String> objectsDescend(KernelView view) {
        List<String> broken = new ArrayList<>();
        view.forEachOverlap((outer, inner) -> {
            if (outer.isUntyped() && !inner.isUntyped() && !view.isDescendant(outer, inner)) {
                broken.add(inner + " lies in " + outer + " but is not derived from it");
            }
        });
        return broken;
    }

    static List<String> untypedsNest(KernelView view) {
        List<String> broken = new ArrayList<>();
        view.forEachOverlap((outer, inner) -> {
            if (!outer.isUntyped() || !inner.isUntyped()) {
                return;
            }
            if (outer.isSameRange(inner)) {
                Capability parent = view.isDescendant(outer, inner) ? outer : inner;
                Capability child = parent == outer ? inner : outer;
                if (!view.isDescendant(parent, child)) {
                    broken.add(outer + " and " + inner + " are one range, and neither is derived from the other");
                } else if (parent.base() + parent.free() != parent.end()) {
                    broken.add(parent + " was given to " + child + " but is not full");
                }
            } else if (!outer.contains(inner)) {
                broken.add(outer + " overlaps " + inner);
            } else if (!view.isDescendant(outer, inner)) {
                broken.add(inner + " lies in " + outer + " but is not derived from it");
            } else if (inner.end() > outer.base() + outer.free()) {
                broken.add(inner + " lies in the free part of " + outer);
            }
        });
        return broken;
    }

    static List<String> devicesApart(KernelView view) {
        List<String> broken = new ArrayList<>();
        view.forEachOverlap((outer, inner) -> {
            if (outer.device() != inner.device()) {
                broken.add(outer + " and " + inner + " do not agree whether they are device memory");
            }
        });
        return broken;
    }

    static List<String> resetIsSafe(KernelView view) {
        List<String> broken = new ArrayList<>();
        view.forEachOverlap((outer, inner) -> {
            if (outer.isUntyped() && !outer.isSameRange(inner) && !view.list().hasChildren(outer.slot())) {
                broken.add(outer + " would be reset over " + inner);
            }
        });
        return broken;
    }

    static List<String> targetIsFree(KernelView view) {
        List<String> broken = new ArrayList<>();
        view.forEachOverlap((outer, inner) -> {
            if (outer.isUntyped() && !inner.isUntyped() && inner.end() > freeStart(view, outer)) {
                broken.add("the next retype of " + outer + " could hit " + inner);
            }
        });
        return broken;
    }

    static List<String> targetIsReserved(KernelView view) {
        List<String> broken = new ArrayList<>();
        view.forEachOverlap((outer, inner) -> {
            if (!outer.isUntyped() || !inner.isUntyped()) {
                return;
            }
            long start = Math.max(freeStart(view, outer), freeStart(view, inner));
            if (start < Math.min(outer.end(), inner.end())) {
                broken.add("0x" + Long.toHexString(start) + " is free in " + outer + " and in " + inner);
            }
        });
        return broken;
    }

    /** Where the next retype would look for room. */
    private static long freeStart(KernelView view, Capability untyped) {
        return untyped.base() + (view.list().hasChildren(untyped.slot()) ? untyped.free() : 0);
    }

    /** Words that are not zero lie in objects: what lost its last capability was cleared. */
    static List<String> freedIsClear(KernelView view) {
        List<Capability> untypeds = new ArrayList<>();
        List<Capability> objects = new ArrayList<>();
        for (Capability capability : view.capabilities()) {
            if (capability.isMemory() && !capability.device()) {
                (capability.isUntyped() ? untypeds : objects).add(capability);
            }
        }
        Ranges covered = new Ranges(objects);
        Ranges judged = new Ranges(untypeds);
        List<String> broken = new ArrayList<>();
        view.memory().forEachWord((address, value) -> {
            if (judged.contains(address) && !covered.contains(address)) {
                broken.add("0x" + Long.toHexString(address) + " holds 0x" + Long.toHexString(value)
                        + " and lies in no object");
            }
        });
        return broken;
    }
}
