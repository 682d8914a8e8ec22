package org.allocman.check.museum;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.allocman.check.action.Outcome;
import org.allocman.cspace.CSpace;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.untyped.Requester;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A CSpace on a small machine: slots are taken and given back, singly and in pairs, and something is made in each. */
final class CSpaceRig extends Rig {
    private static final int MOST_HELD = 4;
    private static final int PAIR = 2;

    private final CSpace cspace;
    private final long slotsInAll;
    private final long untyped;

    /** Makes what is under test for a rig. */
    interface Factory extends Function<CSpaceRig, CSpace> {}

    /**
     * A rig.
     *
     * @param machine the machine; its last untyped is for objects that are put into slots
     * @param slotsInAll how many slots the CSpace should have
     * @param factory makes the CSpace
     */
    @SuppressWarnings("nullness:argument") // a factory sees of it what a Rig has, and that is there
    CSpaceRig(PlainMachine machine, long slotsInAll, Factory factory) {
        super(machine);
        this.slotsInAll = slotsInAll;
        this.untyped = machine.bootInfo()
                .untypeds()
                .get(machine.bootInfo().untypeds().size() - 1)
                .slot();
        this.cspace = factory.apply(this);
        add("take a slot", this::hasRoom, () -> take(1));
        add("take two slots", this::hasRoom, () -> take(PAIR));
        for (int i = 0; i < MOST_HELD; i++) {
            int index = i;
            add("give back " + i, () -> held(index) != 0, () -> giveBack(index));
        }
    }

    private long held(int index) {
        return memory.load64(word(index), 0);
    }

    private boolean hasRoom() {
        return held(MOST_HELD - 1) == 0;
    }

    private Outcome take(int count) {
        long first = count == 1 ? cspace.take() : cspace.takeRun(count, Requester.CLIENT);
        if (first == 0) {
            return isFaulty() || count > 1 || slotsHeld() == slotsInAll
                    ? Outcome.refused("none")
                    : Outcome.wrong("none", "refusals have a reason: " + slotsHeld() + " slots are in use");
        }
        for (long slot = first; slot < first + count; slot++) {
            for (int i = 0; i < MOST_HELD; i++) {
                long start = held(i) >>> 2;
                if (held(i) != 0 && slot >= start && slot < start + (held(i) & 3)) {
                    return Outcome.wrong(slot, "slots are handed out once: " + slot);
                }
            }
        }
        String unusable = tryOut(first, count);
        if (unusable != null) {
            return Outcome.wrong(first, unusable);
        }
        int index = 0;
        while (held(index) != 0) {
            index++;
        }
        memory.store64(word(index), 0, first << 2 | count);
        return Outcome.DONE;
    }

    private long slotsHeld() {
        long count = 0;
        for (int i = 0; i < MOST_HELD; i++) {
            count += held(i) & 3;
        }
        return count;
    }

    /** Puts something into slots and deletes it again. */
    private @Nullable String tryOut(long first, int count) {
        KernelError error = machine.kernel()
                .retype(
                        untyped,
                        architecture.number(ObjectType.ENDPOINT),
                        0,
                        cspace.root(),
                        cspace.nodeIndex(first),
                        cspace.nodeDepth(first),
                        cspace.nodeOffset(first),
                        count);
        for (long slot = first; slot < first + count && !error.failed(); slot++) {
            error = machine.kernel().delete(cspace.root(), slot, cspace.depth());
        }
        return error.failed() ? "slots are empty and can be named: " + first + " " + error : null;
    }

    private Outcome giveBack(int index) {
        long held = held(index);
        for (int i = index; i + 1 < MOST_HELD; i++) {
            memory.store64(word(i), 0, held(i + 1));
        }
        memory.store64(word(MOST_HELD - 1), 0, 0);
        if ((held & 3) == 1) {
            cspace.giveBack(held >>> 2);
        } else {
            cspace.giveBackRun(held >>> 2, (int) held & 3);
        }
        return Outcome.DONE;
    }

    /** All slots that are not held can be taken, each is usable, and they come back. */
    @Override
    List<String> probe() {
        List<String> broken = new ArrayList<>();
        Set<Long> taken = new HashSet<>();
        for (long slot = cspace.take(); slot != 0 && broken.isEmpty(); slot = cspace.take()) {
            if (!taken.add(slot)) {
                broken.add("slots are handed out once: " + slot);
            }
            String unusable = tryOut(slot, 1);
            if (unusable != null) {
                broken.add(unusable);
            }
        }
        if (broken.isEmpty() && taken.size() != slotsInAll - slotsHeld()) {
            broken.add("nothing lost: " + slotsHeld() + " of " + slotsInAll + " slots are in use, and " + taken.size()
                    + " can be had");
        }
        return broken;
    }
}
