package org.allocman.check.systems;

import org.allocman.check.action.LiveObjects;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaObject;

/** Objects of a {@code Vka} as rows of a book of live objects, which goes back with the machine. */
final class LiveVkaObjects {
    /*
     *   word 0  handle
     *   word 1  cptr
     *   word 2  type and size bits
     */
    /** Words of a row. */
    static final int ROW = 3;

    private static final int CPTR = 1;
    private static final int KIND = 2;
    private static final int TYPE_SHIFT = 8;
    private static final int SIZE_MASK = (1 << TYPE_SHIFT) - 1;

    private LiveVkaObjects() {}

    /** Writes an object down. */
    static void add(LiveObjects live, VkaObject object) {
        live.add(object.handle(), object.cptr(), (long) object.type().index() << TYPE_SHIFT | object.sizeBits());
    }

    /** The object of a row. */
    static VkaObject at(LiveObjects live, int row) {
        long kind = live.word(row, KIND);
        ObjectType type = ObjectType.values()[(int) (kind >>> TYPE_SHIFT)];
        return new VkaObject(type, (int) kind & SIZE_MASK, live.word(row, CPTR), live.word(row, 0));
    }
}
