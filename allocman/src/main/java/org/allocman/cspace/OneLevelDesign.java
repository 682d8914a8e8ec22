package org.allocman.cspace;

import org.allocman.untyped.RecordStore;
import org.allocman.vka.Memory;

/** The slots of one CNode, by bitmap. */
public record OneLevelDesign() implements CSpaceDesign {
    @Override
    public String name() {
        return "one-level";
    }

    @Override
    public boolean hasSecondLevel() {
        return false;
    }

    @Override
    public int stateBytes() {
        return OneLevelCSpace.STATE_BYTES;
    }

    @Override
    public long setBytes(CSpaceForm form) {
        return OneLevelCSpace.bitmapBytes(form.slots());
    }

    @Override
    public CSpace open(Memory memory, long state, long sets, RecordStore records, CSpaceForm form) {
        return new OneLevelCSpace(memory, state, sets, form.root(), form.depth(), form.slots());
    }
}
