package org.allocman.untyped;

import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/**
 * What the record of an untyped that was handed over has in common with all managers' other records.
 *
 * <pre>
 *        63                       13  12 11    6 5      0
 *   +0  |              physical address                  |
 *   +8  |            -            | kind |   -  |  bits  |
 * </pre>
 */
final class RootRecord {
    static final Word BASE = new Word("base", 0);
    static final Bits SIZE_BITS = new Bits("size bits", 8, 0, 6);
    static final Bits KIND = new Bits("kind", 8, 12, 2);

    private RootRecord() {}
}
