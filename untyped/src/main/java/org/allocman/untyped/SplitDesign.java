package org.allocman.untyped;

import java.util.List;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;

/**
 * The binary buddy.
 *
 * <p>In what a request can need: halving from the largest untyped down to the smallest of the objects once leaves a free
 * block of every size between, so none of the others needs more than one halving, or one for each bit by which it is
 * smaller.
 *
 * @param halving how slots for the halves are taken
 */
public record SplitDesign(SplitUntypeds.Halving halving) implements UntypedDesign {
    // a page is counted as on the kernel with the most paging structures: a frame and three
    private static final int OBJECTS_OF_PAGE = 4;

    @Override
    public String name() {
        return "split";
    }

    @Override
    public List<RecordKind> records() {
        return List.of(PairRecord.PAIR);
    }

    @Override
    public RecordKind rootRecord() {
        return PairRecord.PAIR;
    }

    @Override
    public int stateBytes() {
        return ManagerState.BYTES;
    }

    @Override
    public boolean canFree() {
        return true;
    }

    @Override
    public Need worstCase(Architecture architecture, int largestBits, Request request) {
        int steps = Math.max(0, largestBits - request.least());
        int others = request.inPlace() ? request.count() - 1 : Math.max(OBJECTS_OF_PAGE, request.count());
        int pairs = steps + others * (1 + request.greatest() - request.least());
        return Need.of(2 * pairs + (request.inPlace() ? 0 : others), pairs);
    }

    @Override
    public UntypedManager open(
            Kernel kernel, Memory memory, long state, RecordStore records, SlotRuns slots, UntypedTable table) {
        return new SplitUntypeds(kernel, memory, state, records, slots, table, halving);
    }

    @Override
    public String toString() {
        return name();
    }
}
