package org.allocman.untyped;

import org.allocman.vka.Untyped;

/** What a manager does with an untyped that comes or goes. Its record already says where, how large, and of what kind. */
interface RootHolder {
    /** Whether handles can name objects in it, as things are now. */
    default boolean canEnter(Untyped untyped) {
        return true;
    }

    /** Makes all of it free. */
    void enter(long record, Untyped untyped);

    /** Whether it is free as one block. */
    boolean isWhole(long record);

    /** Stops allocating from it; it is whole. */
    void leave(long record);

    /** The cptr of its capability. */
    long slot(long record);
}
