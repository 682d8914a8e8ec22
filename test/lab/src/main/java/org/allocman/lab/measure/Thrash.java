package org.allocman.lab.measure;

import org.allocman.manager.Allocman;
import org.allocman.vka.ObjectType;

/** thrash: one frame is made and freed, again and again, and nothing else is live. */
public final class Thrash {
    private final Allocman allocman;

    /**
     * Prepares the work.
     *
     * @param allocman who does it
     */
    public Thrash(Allocman allocman) {
        this.allocman = allocman;
    }

    /**
     * Makes a frame and frees it, so many times.
     *
     * @param pairs how often
     */
    public void pairs(int pairs) {
        for (int i = 0; i < pairs; i++) {
            NativeAnswers.good(allocman.free(NativeAnswers.handle(allocman.allocate(ObjectType.SMALL_PAGE, 0, 0))));
        }
    }
}
