package org.allocman.manager;

/** A reserve of empty slots. */
record SlotReserve(ReserveStack stack, ManagedSlots slots) implements ReserveContent {
    @Override
    public long allocate(long reserve) {
        return slots.takeReserved();
    }

    @Override
    public long take(long reserve) {
        long slot = stack.pop(reserve);
        slots.cspace().unhold(slot);
        return slot;
    }

    @Override
    public long releaseTop(long reserve) {
        long refusal = slots.freeReserved(stack.top(reserve));
        if (refusal == 0) {
            stack.pop(reserve);
        }
        return refusal;
    }

    @Override
    public String text(long reserve) {
        return "slots";
    }
}
