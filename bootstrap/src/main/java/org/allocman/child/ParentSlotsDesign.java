package org.allocman.child;

import org.allocman.cspace.CSpace;
import org.allocman.cspace.CSpaceDesign;
import org.allocman.cspace.CSpaceForm;
import org.allocman.cspace.OneLevelCSpace;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.RecordStore;
import org.allocman.vka.Memory;

/**
 * Slots of the parent's CSpace that a child was given: any of them, in any order. CNodes are the parent's business.
 *
 * @param nodeBits radix of the CNodes that the slots are in; 0 if that is the root
 */
record ParentSlotsDesign(@SizeBits int nodeBits) implements CSpaceDesign {
    @Override
    public String name() {
        return "parent's slots";
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
        return new OneLevelCSpace(memory, state, sets, form.root(), form.depth(), form.slots(), nodeBits);
    }
}
