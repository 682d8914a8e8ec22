package org.allocman.untyped;

/** A manager whose records stay where they are. */
enum NoMoves implements RecordMoves {
    NONE;

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
