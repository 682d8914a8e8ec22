package org.allocman.check.explore;

import java.util.List;

/** The toy of three slots as if its key were a fingerprint of two words. */
class WideToy implements TransitionSystem {
    private final ToySystem toy = new ToySystem(3, false);

    @Override
    public int first() {
        return toy.first();
    }

    @Override
    public int next(int action) {
        return toy.next(action);
    }

    @Override
    public boolean take(int action) {
        return toy.take(action);
    }

    @Override
    public Step tell(int action) {
        return toy.tell(action);
    }

    @Override
    public int checkpoint() {
        return toy.checkpoint();
    }

    @Override
    public void rewind(int checkpoint) {
        toy.rewind(checkpoint);
    }

    @Override
    public boolean isExact() {
        return false;
    }

    @Override
    public long high() {
        return ~toy.low();
    }

    @Override
    public long low() {
        return toy.low() & 0xffff_ffffL;
    }

    @Override
    public boolean isSound() {
        return toy.isSound();
    }

    @Override
    public List<String> broken() {
        return toy.broken();
    }
}
