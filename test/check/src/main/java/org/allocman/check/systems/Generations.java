package org.allocman.check.systems;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.check.action.LiveObjects;
import org.allocman.check.action.Subject;
import org.allocman.check.manager.SlotWords;
import org.allocman.manager.Allocman;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.paging.CurrentSpace;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.untyped.HandleGenerations;

/**
 * Takes states of a manager for one that differ in generations and stale watermarks only. A generation tells an object from earlier
 * ones in its place, and a handle is good if both have the same; which it is makes no difference to who has no handle from
 * earlier. So the words with generations are taken out of the memory's fingerprint, and live handles go in without theirs.
 * The order of a user's book does not depend on them: no two live handles are of one place.
 *
 * <p>A kernel leaves the watermark of an untyped without children where it was, and begins it anew with the next retype. So how far
 * an untyped has once come that is free now makes no difference either.
 */
final class Generations implements Subject.StateReduction {

    private final PhysicalMemory physical;
    private final PagedMemory memory;
    private final CurrentSpace space;
    private final Allocman allocman;
    private final HandleGenerations generations;
    private final long handleBits;
    private final LiveObjects live;
    private final Slots slots;
    private final SlotWords slotWords;

    private boolean isKnown;
    private long memoryHigh;
    private long memoryLow;
    private long high;
    private long low;

    Generations(
            PhysicalMemory physical,
            CurrentSpace space,
            Allocman allocman,
            HandleGenerations generations,
            LiveObjects live,
            Slots slots,
            SlotWords slotWords) {
        this.slots = slots;
        this.slotWords = slotWords;
        this.physical = physical;
        this.memory = physical.words();
        this.space = space;
        this.allocman = allocman;
        this.generations = generations;
        this.handleBits = generations.handleBits();
        this.live = live;
    }

    @Override
    public void compute() {
        Fingerprint all = physical.fingerprint();
        if (isKnown && all.high() == memoryHigh && all.low() == memoryLow) {
            return;
        }
        isKnown = true;
        memoryHigh = all.high();
        memoryLow = all.low();
        high = all.high();
        low = all.low();
        generations.visitWords(word -> replace(physical(word), 0));
        generations.visitIdleUntypeds(this::withoutWatermark);
        allocman.visitHandles(word -> withoutGeneration(word));
        for (int row = 0; row < live.count(); row++) {
            replace(live.at(row), live.word(row, 0) & ~handleBits);
        }
    }

    private void withoutGeneration(long word) {
        long at = physical(word);
        replace(at, memory.load64(at, 0) & ~handleBits);
    }

    private void withoutWatermark(long slot) {
        long at = slots.untyped().freeIndexWord(slotWords.at(slot));
        replace(at, slots.untyped().withoutFreeIndex(memory.load64(at, 0)));
    }

    private long physical(long word) {
        return (space.translate(word) & -PAGE) + (word & PAGE - 1);
    }

    private void replace(long at, long by) {
        long now = memory.load64(at, 0);
        high ^= Fingerprint.high(at, now) ^ Fingerprint.high(at, by);
        low ^= Fingerprint.low(at, now) ^ Fingerprint.low(at, by);
    }

    @Override
    public long high() {
        return high;
    }

    @Override
    public long low() {
        return low;
    }
}
