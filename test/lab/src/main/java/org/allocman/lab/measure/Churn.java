package org.allocman.lab.measure;

import org.allocman.manager.Allocman;
import org.allocman.vka.ObjectType;

/** churn and churn-sizes: objects of four kinds are freed and made at random, so many of them are live. */
public final class Churn {
    /** The untyped it works in, in bits, at the address of the same number. */
    public static final int UNTYPED_BITS = 32;

    private static final ObjectType[] KINDS = {
        ObjectType.ENDPOINT, ObjectType.CNODE, ObjectType.TCB, ObjectType.SMALL_PAGE
    };
    private static final int CNODE_RADIX = 4;

    private final Allocman allocman;
    private final ChurnDraws draws;
    private final long[] handles;

    /**
     * Prepares the work.
     *
     * @param allocman who does it, on an untyped of 2^32 bytes at 2^32
     * @param live how many objects are live
     */
    public Churn(Allocman allocman, int live) {
        this.allocman = allocman;
        this.draws = new ChurnDraws(live);
        this.handles = new long[live];
    }

    /** Makes the objects to begin with. Once only, before the first step. */
    public void fill() {
        for (int i = 0; i < handles.length; i++) {
            handles[i] = make();
        }
    }

    /**
     * Frees one object and makes one, so many times.
     *
     * @param steps how often
     */
    public void steps(int steps) {
        for (int i = 0; i < steps; i++) {
            int index = draws.index();
            NativeAnswers.good(allocman.free(handles[index]));
            handles[index] = make();
        }
    }

    private long make() {
        return NativeAnswers.handle(allocman.allocate(KINDS[draws.kind()], CNODE_RADIX, 0));
    }
}
