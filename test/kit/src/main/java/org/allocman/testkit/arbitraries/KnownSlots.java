package org.allocman.testkit.arbitraries;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.allocman.qual.CPtr;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;

/**
 * What is in which slot of a root CNode, as far as somebody knows who made it and sees the kernel's answers only. With it an
 * {@link Invocation} finds something to work on, on whichever kernel.
 */
public final class KnownSlots {
    private static final int MOST = 24;
    private static final int ANY_OF = 4;

    private final Kernel kernel;
    private final TreeMap<Long, ObjectType> filled = new TreeMap<>();
    private final long start;
    private final long end;
    private final long spare;
    private final long roomy;

    /**
     * What is known at the start: the untypeds, and slots that are empty.
     *
     * @param kernel the kernel, which is asked again when something was deleted
     * @param bootInfo where they are; at least two slots are empty
     */
    public KnownSlots(Kernel kernel, BootInfo bootInfo) {
        this.kernel = kernel;
        this.start = bootInfo.empty().start();
        this.spare = bootInfo.empty().end() - 1;
        this.end = Math.min(start + MOST, spare);
        for (long slot = bootInfo.untyped().start(); slot < bootInfo.untyped().end(); slot++) {
            filled.put(slot, ObjectType.UNTYPED);
        }
        this.roomy = bootInfo.untypeds().stream()
                .filter(untyped -> !untyped.device())
                .max(Comparator.comparingInt(Untyped::sizeBits))
                .map(Untyped::slot)
                .orElse(start);
    }

    /**
     * An untyped; mostly that which had most room at the start.
     *
     * @param which any number
     * @return its cptr
     */
    @CPtr
    long untyped(long which) {
        boolean isThere = filled.get(roomy) == ObjectType.UNTYPED;
        return isThere && which % ANY_OF != 0 ? roomy : used(which, ObjectType.UNTYPED);
    }

    /**
     * Whether there is an object of a type.
     *
     * @param type the type
     * @return true if a slot holds one
     */
    boolean has(ObjectType type) {
        return filled.containsValue(type);
    }

    /**
     * One of the slots with an object of some types; if there is none, any slot that is in use.
     *
     * @param which any number
     * @param types the types, or none for any
     * @return its cptr; that of an empty slot if nothing is in use
     */
    @CPtr
    long used(long which, ObjectType... types) {
        List<Long> good = new ArrayList<>();
        filled.forEach((slot, type) -> {
            if (types.length == 0 || List.of(types).contains(type)) {
                good.add(slot);
            }
        });
        if (good.isEmpty()) {
            good.addAll(filled.keySet());
        }
        return good.isEmpty() ? start : good.get(Math.floorMod(which, good.size()));
    }

    /**
     * One of the empty slots.
     *
     * @param which any number
     * @return its cptr; that of a slot in use if none is empty
     */
    @CPtr
    long empty(long which) {
        List<Long> empty = new ArrayList<>();
        for (long slot = start; slot < end; slot++) {
            if (!filled.containsKey(slot)) {
                empty.add(slot);
            }
        }
        return empty.isEmpty() ? start : empty.get(Math.floorMod(which, empty.size()));
    }

    /**
     * What a slot holds.
     *
     * @param slot its cptr
     * @return the type of its object; an endpoint if nobody knows
     */
    ObjectType type(@CPtr long slot) {
        return filled.getOrDefault(slot, ObjectType.ENDPOINT);
    }

    /**
     * Notes what a slot holds now.
     *
     * @param slot its cptr; one that is none of ours is passed over
     * @param type the type of its object
     */
    void fill(@CPtr long slot, ObjectType type) {
        if (slot >= start && slot < end) {
            filled.put(slot, type);
        }
    }

    /** Asks of each slot that was in use whether it is, without changing anything: a copy of nothing is refused either way. */
    void lookAgain() {
        int depth = kernel.architecture().wordBits();
        filled.keySet().removeIf(slot -> {
            KernelError answer = kernel.copy(
                    new CapPath(BootSlots.CNODE, slot, depth),
                    new CapPath(BootSlots.CNODE, spare, depth),
                    CapRights.ALL);
            return answer.code() != KernelError.Code.DELETE_FIRST;
        });
    }
}
