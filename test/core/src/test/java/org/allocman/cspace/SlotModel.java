package org.allocman.cspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.allocman.untyped.Requester;

/** A CSpace manager and, beside it, a set of free slots that says what it has to answer. */
final class SlotModel {
    private static final int WHATS = 6;
    private static final int RUNS = 7;

    private record Run(int first, int count, boolean own) {}

    private final CSpace cspace;
    private final int blockSize;
    private final BitSet free = new BitSet();
    private final List<Run> taken = new ArrayList<>();

    /** A model of a CSpace that has no free slot yet; no run crosses a multiple of the block size. */
    SlotModel(CSpace cspace, int blockSize) {
        this.cspace = cspace;
        this.blockSize = blockSize;
    }

    void add(int start, int end) {
        free.set(start, end);
    }

    boolean isUnused(int start, int end) {
        return free.nextClearBit(start) >= end;
    }

    void remove(int start, int end) {
        free.clear(start, end);
    }

    /** One request; any number is one. */
    void step(int request) {
        int number = request / WHATS;
        switch (request % WHATS) {
            case 0 -> single(cspace.take());
            case 1 -> at(number % (int) (cspace.end() + 2));
            case 2 -> several(1 + number % 64);
            case 3 -> run(1 << number % RUNS);
            default -> {
                if (!taken.isEmpty()) {
                    giveBack(taken.remove(number % taken.size()));
                }
            }
        }
        assertEquals(free.cardinality(), cspace.freeSlots());
    }

    void giveBackAll() {
        taken.forEach(this::giveBack);
        taken.clear();
        assertEquals(free.cardinality(), cspace.freeSlots());
    }

    private void single(long slot) {
        assertEquals(free.isEmpty(), slot == 0, "a slot is found if one is free");
        take(slot, 1, false);
    }

    private void at(int slot) {
        assertEquals(free.get(slot), cspace.isFree(slot));
        boolean expected = free.get(slot);
        assertEquals(expected, cspace.takeAt(slot), "slot " + slot);
        if (expected) {
            take(slot, 1, false);
        }
    }

    private void several(int count) {
        long first = cspace.takeSeveral(count);
        assertEquals(has(count, 1), first != 0, "a run of " + count);
        take(first, count, false);
    }

    private void run(int count) {
        long first = cspace.takeRun(count, Requester.POOLS);
        assertEquals(has(count, count), first != 0, "an aligned run of " + count);
        assertEquals(0, first % count, "runs are aligned");
        take(first, count, true);
    }

    private void take(long at, int count, boolean own) {
        int first = (int) at;
        if (first == 0) {
            return;
        }
        assertTrue(isUnused(first, first + count), "all of it was free");
        assertEquals(first / blockSize, (first + count - 1) / blockSize, "no run crosses CNodes");
        free.clear(first, first + count);
        taken.add(new Run(first, count, own));
        for (int slot = first; slot < first + count; slot++) {
            assertEquals(!own, cspace.isTaken(slot));
            assertFalse(cspace.isFree(slot));
        }
    }

    private void giveBack(Run run) {
        if (run.own) {
            cspace.giveBackRun(run.first, run.count);
        } else {
            for (int slot = run.first; slot < run.first + run.count; slot++) {
                cspace.giveBack(slot);
                assertFalse(cspace.isTaken(slot), "a slot is given back once");
            }
        }
        free.set(run.first, run.first + run.count);
    }

    private boolean has(int count, int alignment) {
        int word = Math.min(64, blockSize);
        if (count > word) {
            return false;
        }
        for (int first = free.nextSetBit(0); first >= 0; first = free.nextSetBit(first + 1)) {
            if (first % alignment == 0
                    && first / word == (first + count - 1) / word
                    && isUnused(first, first + count)) {
                return true;
            }
        }
        return false;
    }
}
