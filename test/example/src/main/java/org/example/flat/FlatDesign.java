package org.example.flat;

import org.allocman.cspace.CSpace;
import org.allocman.cspace.CSpaceDesign;
import org.allocman.cspace.CSpaceForm;
import org.allocman.untyped.RecordStore;
import org.allocman.vka.Memory;

/** The design of a CSpace manager with two flat bitmaps. */
public record FlatDesign() implements CSpaceDesign {
    @Override
    public String name() {
        return "flat";
    }

    @Override
    public boolean hasSecondLevel() {
        return false;
    }

    @Override
    public int stateBytes() {
        return FlatCSpace.STATE_BYTES;
    }

    @Override
    public long setBytes(CSpaceForm form) {
        return 2 * FlatCSpace.words(form.slots()) * Long.BYTES;
    }

    @Override
    public CSpace open(Memory memory, long state, long sets, RecordStore records, CSpaceForm form) {
        return new FlatCSpace(memory, state, sets, form);
    }
}
