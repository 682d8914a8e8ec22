package org.allocman.manager;

import org.allocman.cspace.CSpace;
import org.allocman.mspace.SlabMspace;
import org.allocman.untyped.Need;
import org.allocman.untyped.RecordKind;
import org.allocman.vka.Memory;

/**
 * The needs of one growth of the pool and of one growth of the CSpace, in memory; and their sum, which records and slots keep
 * from clients.
 */
final class GrowthNeeds {
    private final RecordKind[] kinds;
    private final GrowthReserveState forPages;
    private final GrowthReserveState forSlots;
    private final SlabMspace mspace;
    private final CSpace cspace;

    GrowthNeeds(Memory memory, PoolLayout layout, SlabMspace mspace, CSpace cspace) {
        this.kinds = layout.records().toArray(RecordKind[]::new);
        this.forPages = new GrowthReserveState(memory, layout.reserveForPages());
        this.forSlots = new GrowthReserveState(memory, layout.reserveForSlots());
        this.mspace = mspace;
        this.cspace = cspace;
    }

    void set(Need ofPage, Need ofNode) {
        forPages.set(kinds, ofPage);
        forSlots.set(kinds, ofNode);
    }

    /** Keeps from clients what the growths need that can still happen. */
    void reserve(boolean pagesGrow, boolean slotsGrow) {
        for (RecordKind kind : kinds) {
            mspace.reserve(kind, (pagesGrow ? forPages.records(kind) : 0) + (slotsGrow ? forSlots.records(kind) : 0));
        }
        cspace.reserve((pagesGrow ? forPages.slotWords() : 0) + (slotsGrow ? forSlots.slotWords() : 0));
    }

    /** The need of the growths that can still happen. */
    Need sum(boolean pagesGrow, boolean slotsGrow) {
        return (pagesGrow ? forPages.get(kinds) : Need.NONE).plus(slotsGrow ? forSlots.get(kinds) : Need.NONE);
    }
}
