package org.allocman.cspace;

import java.util.List;
import org.allocman.untyped.Need;
import org.allocman.untyped.RecordKind;
import org.allocman.untyped.RecordStore;
import org.allocman.vka.Memory;

/** The slots of CNodes that come and go, by bitmaps of up to 1024 slots. */
public record TwoLevelDesign() implements CSpaceDesign {
    @Override
    public String name() {
        return "two-level";
    }

    @Override
    public boolean hasSecondLevel() {
        return true;
    }

    @Override
    public List<RecordKind> records() {
        return List.of(SlotBitmap.RECORD);
    }

    @Override
    public Need forNode(int secondBits) {
        return Need.NONE.with(SlotBitmap.RECORD, SlotBitmaps.bitmapsOf(secondBits));
    }

    @Override
    public int stateBytes() {
        return TwoLevelCSpace.STATE_BYTES;
    }

    @Override
    public long setBytes(CSpaceForm form) {
        return TwoLevelCSpace.setBytes(form.firstBits(), form.secondBits());
    }

    @Override
    public CSpace open(Memory memory, long state, long sets, RecordStore records, CSpaceForm form) {
        return new TwoLevelCSpace(
                memory, state, sets, records, form.root(), form.depth(), form.firstBits(), form.secondBits());
    }
}
