package org.allocman.manager;

import static org.allocman.manager.ClientReserveRecord.SIZE;

import org.allocman.vka.Memory;

/** A reserve of pieces of memory of one size. */
record MemoryReserve(Memory memory, ReserveStack stack, ManagedMemory pieces) implements ReserveContent {
    @Override
    public long allocate(long reserve) {
        return pieces.allocate((int) SIZE.get(memory, reserve));
    }

    @Override
    public long take(long reserve) {
        return stack.pop(reserve);
    }

    /** A piece is a client's, and can be freed, only when it is no longer in the reserve; and then it is not refused. */
    @Override
    public long releaseTop(long reserve) {
        return pieces.free(take(reserve), (int) SIZE.get(memory, reserve));
    }

    @Override
    public String text(long reserve) {
        return "pieces of " + SIZE.get(memory, reserve) + " bytes";
    }
}
