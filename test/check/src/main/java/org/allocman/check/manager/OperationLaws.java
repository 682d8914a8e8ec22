package org.allocman.check.manager;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.invariants.Invariant;
import org.allocman.manager.Allocman;
import org.allocman.qual.Bytes;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedRoots;

/** The laws of a resource manager that are about operations: what they may leave behind. */
public final class OperationLaws {
    /** A refusal costs nothing. */
    public static final Invariant<Operation> NOTHING_LOST = new Invariant<>(
            "nothing lost",
            "after a failed operation all that was available before is available; after freeing everything each untyped "
                    + "is one block again",
            OperationLaws::lost);

    /** What was allocated can be freed. */
    public static final Invariant<Operation> FREE_NEVER_FAILS = new Invariant<>(
            "free never fails",
            "a live object can be freed, whatever the state, unless the kernel itself refuses",
            operation -> operation.isFree && operation.refused && !operation.refusedByKernel
                    ? List.of(operation.name + " was refused")
                    : List.of());

    /** The same work ends the same. */
    public static final Invariant<Twice> DETERMINISTIC = new Invariant<>(
            "deterministic",
            "the same machine and the same operations give the same fingerprint",
            OperationLaws::different);

    /**
     * What can be had of a manager.
     *
     * @param slots free slots
     * @param bytes free bytes of each kind of memory, in the order of {@link MemoryKind}
     * @param objects live objects
     * @param broken physical addresses of the untypeds that are not one block
     */
    public record Available(long slots, List<Long> bytes, long objects, List<Long> broken) {
        /**
         * Keeps the lists as they are now.
         *
         * @param slots free slots
         * @param bytes free bytes of each kind of memory
         * @param objects live objects
         * @param broken physical addresses of the untypeds that are not one block
         */
        public Available {
            bytes = List.copyOf(bytes);
            broken = List.copyOf(broken);
        }

        /**
         * Looks at a manager.
         *
         * @param allocman the manager; what it keeps for speed alone counts as in use, so it is best trimmed before
         * @return what can be had
         */
        public static Available of(Allocman allocman) {
            List<Long> bytes = new ArrayList<>();
            for (MemoryKind kind : MemoryKind.values()) {
                long free = 0;
                for (int bits = 0; bits < Long.SIZE - 1; bits++) {
                    free += allocman.untypeds().manager().freeBlocks(kind, bits) << bits;
                }
                bytes.add(free);
            }
            UntypedRoots roots = allocman.untypeds().roots();
            List<Long> broken = new ArrayList<>();
            for (int i = 0; i < roots.count(); i++) {
                if (!roots.isWhole(i)) {
                    broken.add(roots.physicalAddress(i));
                }
            }
            return new Available(
                    allocman.slots().cspace().freeSlots(),
                    bytes,
                    allocman.untypeds().manager().liveObjects(),
                    broken);
        }

        private @Bytes long bytesInAll() {
            return bytes.stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * An operation that was carried out or refused.
     *
     * @param name what it was
     * @param isFree whether it was to free a live object
     * @param refused whether it was refused
     * @param refusedByKernel whether it was the kernel that refused
     * @param before what could be had before
     * @param after what can be had now
     */
    public record Operation(
            String name, boolean isFree, boolean refused, boolean refusedByKernel, Available before, Available after) {}

    /**
     * The same operations on the same machine, twice.
     *
     * @param first the memory's fingerprint after each operation, the first time
     * @param second the same, the second time
     */
    public record Twice(List<Fingerprint> first, List<Fingerprint> second) {
        /**
         * Keeps the lists as they are now.
         *
         * @param first the memory's fingerprint after each operation, the first time
         * @param second the same, the second time
         */
        public Twice {
            first = List.copyOf(first);
            second = List.copyOf(second);
        }
    }

    private OperationLaws() {}

    private static List<String> lost(Operation operation) {
        List<String> broken = new ArrayList<>();
        Available before = operation.before;
        Available after = operation.after;
        if (operation.refused) {
            if (after.slots < before.slots) {
                broken.add(operation.name + " was refused and cost " + (before.slots - after.slots) + " slots");
            }
            if (after.bytesInAll() < before.bytesInAll()) {
                broken.add(operation.name + " was refused and cost " + (before.bytesInAll() - after.bytesInAll())
                        + " bytes");
            }
        }
        if (after.objects == 0) {
            for (long paddr : after.broken) {
                broken.add("nothing is live after " + operation.name + ", and the untyped at 0x"
                        + Long.toHexString(paddr) + " is not one block");
            }
        }
        return broken;
    }

    private static List<String> different(Twice twice) {
        for (int i = 0; i < Math.min(twice.first.size(), twice.second.size()); i++) {
            if (!twice.first.get(i).equals(twice.second.get(i))) {
                return List.of("operation " + (i + 1) + " ended in " + twice.first.get(i) + ", then in "
                        + twice.second.get(i));
            }
        }
        return twice.first.size() == twice.second.size()
                ? List.of()
                : List.of("of " + twice.first.size() + " operations only " + twice.second.size() + " were done again");
    }
}
