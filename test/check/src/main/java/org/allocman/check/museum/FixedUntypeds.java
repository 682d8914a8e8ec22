package org.allocman.check.museum;

import org.allocman.untyped.UntypedManager;
import org.allocman.untyped.UntypedTable;
import org.allocman.vka.Untyped;

/** A manager whose untypeds are there from the start: none comes or goes, so it has no table of them. */
abstract class FixedUntypeds implements UntypedManager {
    @Override
    public final UntypedTable table() {
        throw nothingComesOrGoes();
    }

    @Override
    public final void attach(long root, Untyped untyped) {
        throw nothingComesOrGoes();
    }

    @Override
    public final void detach(long root) {
        throw nothingComesOrGoes();
    }

    @Override
    public final boolean isWhole(long root) {
        throw nothingComesOrGoes();
    }

    @Override
    public final long rootSlot(long root) {
        throw nothingComesOrGoes();
    }

    private static UnsupportedOperationException nothingComesOrGoes() {
        return new UnsupportedOperationException("nothing comes or goes here");
    }
}
