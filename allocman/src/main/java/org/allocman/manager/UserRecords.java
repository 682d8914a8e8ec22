package org.allocman.manager;

import org.allocman.untyped.RecordKind;
import org.allocman.untyped.RecordStore;
import org.allocman.untyped.Requester;

/** Records in memory that a client may have, so that what is the pools' own stays theirs. */
record UserRecords(ManagedMemory memory) implements RecordStore {
    @Override
    public long take(RecordKind kind, Requester requester) {
        return Math.max(0, memory.allocate(kind.bytes()));
    }

    @Override
    public void giveBack(RecordKind kind, long record) {
        memory.free(record, kind.bytes());
    }

    @Override
    public boolean holds(RecordKind kind, long record) {
        return memory.holds(record, kind.bytes());
    }
}
