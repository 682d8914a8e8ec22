package org.allocman.cspace;

import org.allocman.untyped.RecordStore;
import org.allocman.vka.Memory;

/** The slots of one CNode, one behind the other; what is given back is lost unless it was taken last. */
public record BumpDesign() implements CSpaceDesign {
    @Override
    public String name() {
        return "bump";
    }

    @Override
    public boolean hasSecondLevel() {
        return false;
    }

    @Override
    public boolean canGiveBack() {
        return false;
    }

    @Override
    public int stateBytes() {
        return SimpleCSpace.STATE_BYTES;
    }

    @Override
    public long setBytes(CSpaceForm form) {
        return 0;
    }

    @Override
    public CSpace open(Memory memory, long state, long sets, RecordStore records, CSpaceForm form) {
        return new SimpleCSpace(memory, state, form.root(), form.depth());
    }
}
