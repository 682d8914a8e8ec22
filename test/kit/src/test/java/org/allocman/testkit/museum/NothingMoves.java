package org.allocman.testkit.museum;

import org.allocman.untyped.RecordMoves;
import org.allocman.untyped.RecordStore;

/** The moves of a manager whose records stay where they are. */
final class NothingMoves implements RecordMoves {
    @Override
    public boolean canMove(RecordStore.Use use, long record) {
        return false;
    }

    @Override
    public void move(RecordStore.Use use, long from, long to) {
        throw new IllegalStateException("a record that cannot be moved");
    }

    @Override
    public long moved(long handle, long from, long to) {
        return handle;
    }
}
