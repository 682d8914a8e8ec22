package org.allocman.untyped;

import java.util.List;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;

/** Allocates only. */
public record TwinkleDesign() implements UntypedDesign {
    @Override
    public String name() {
        return "twinkle";
    }

    @Override
    public List<RecordKind> records() {
        return List.of(WatermarkRecord.WATERMARK);
    }

    @Override
    public RecordKind rootRecord() {
        return WatermarkRecord.WATERMARK;
    }

    @Override
    public int stateBytes() {
        return ManagerState.BYTES_WITHOUT_LISTS;
    }

    @Override
    public boolean canFree() {
        return false;
    }

    /** An object takes no record, and what is made in place no slot. */
    @Override
    public Need worstCase(Architecture architecture, int largestBits, Request request) {
        return request.inPlace() ? Need.NONE : Need.of(request.count());
    }

    @Override
    public UntypedManager open(
            Kernel kernel, Memory memory, long state, RecordStore records, SlotRuns slots, UntypedTable table) {
        return new TwinkleUntypeds(kernel, memory, state, slots, table);
    }

    @Override
    public String toString() {
        return name();
    }
}
