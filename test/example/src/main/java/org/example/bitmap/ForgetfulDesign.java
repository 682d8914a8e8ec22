package org.example.bitmap;

import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectDesign;
import org.allocman.sim.board.Board;

/** The bitmap with a bug, found by the name {@code bitmap-forgetful}. */
public final class ForgetfulDesign implements SubjectDesign {
    /** Makes the design. */
    public ForgetfulDesign() {}

    @Override
    public String name() {
        return "bitmap-forgetful";
    }

    @Override
    public Sizes sizes() {
        return new Sizes("numbers", 1, 4, Bitmap.MOST);
    }

    @Override
    public Subject subject(Board board, int size) {
        return new BitmapSubject(size, ForgetfulBitmap::new);
    }
}
