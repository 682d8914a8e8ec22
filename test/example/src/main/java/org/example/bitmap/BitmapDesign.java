package org.example.bitmap;

import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectDesign;
import org.allocman.sim.board.Board;

/** Bitmaps of any size, found by the name {@code bitmap}. */
public final class BitmapDesign implements SubjectDesign {
    /** Makes the design. */
    public BitmapDesign() {}

    @Override
    public String name() {
        return "bitmap";
    }

    @Override
    public Sizes sizes() {
        return new Sizes("numbers", 1, 4, Bitmap.MOST);
    }

    @Override
    public Subject subject(Board board, int size) {
        return new BitmapSubject(size, Bitmap::new);
    }
}
