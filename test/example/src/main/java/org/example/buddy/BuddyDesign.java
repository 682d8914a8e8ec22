package org.example.buddy;

import java.util.List;
import org.allocman.untyped.Need;
import org.allocman.untyped.RecordKind;
import org.allocman.untyped.RecordStore;
import org.allocman.untyped.Request;
import org.allocman.untyped.SlotRuns;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedManager;
import org.allocman.untyped.UntypedTable;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;

/** The design of a buddy that finds free blocks by bits. */
public record BuddyDesign() implements UntypedDesign {
    @Override
    public String name() {
        return "bitmap-buddy";
    }

    @Override
    public List<RecordKind> records() {
        return List.of(Block.KIND);
    }

    @Override
    public RecordKind rootRecord() {
        return Block.KIND;
    }

    @Override
    public int stateBytes() {
        return BuddyUntypeds.STATE_BYTES;
    }

    @Override
    public boolean canFree() {
        return true;
    }

    /**
     * Halving from the largest untyped down to the smallest object leaves a free block of every size between, so each object
     * needs at most one halving more, or one for each bit by which it is smaller. A halving takes two records and two slots.
     */
    @Override
    public Need worstCase(Architecture architecture, int largestBits, Request request) {
        int steps = Math.max(0, largestBits - request.least());
        int halvings = steps + request.count() * (1 + request.greatest() - request.least());
        return Need.of(2 * halvings + (request.inPlace() ? 0 : request.count()), 2 * halvings);
    }

    @Override
    public UntypedManager open(
            Kernel kernel, Memory memory, long state, RecordStore records, SlotRuns slots, UntypedTable table) {
        return new BuddyUntypeds(kernel, memory, state, records, slots, table);
    }

    @Override
    public String toString() {
        return name();
    }
}
