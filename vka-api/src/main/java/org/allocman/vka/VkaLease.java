package org.allocman.vka;

import org.checkerframework.checker.mustcall.qual.InheritableMustCall;

/** An object that is given back at the end of a try block. */
@InheritableMustCall("close")
public final class VkaLease implements AutoCloseable {
    private final Vka vka;
    private final VkaObject object;

    VkaLease(Vka vka, VkaObject object) {
        this.vka = vka;
        this.object = object;
    }

    /**
     * The leased object.
     *
     * @return a handle that is valid until the lease is closed
     */
    public VkaObject object() {
        return object;
    }

    /**
     * Gives the object back.
     *
     * @throws VkaException if the allocator refuses, for instance because the object was freed already
     */
    @Override
    public void close() {
        vka.freeOrThrow(object);
    }
}
