package org.allocman.untyped;

import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/**
 * The record of an untyped of which a part has been given away.
 *
 * <pre>
 *        63                                12 11    6 5    0
 *   +0  |                  physical address                  |
 *   +8  |            -             | kind      | -   | bits  |
 *  +16  |      bytes that are given away, from its start     |
 *  +24  |            -             |          slot           |
 * </pre>
 */
final class WatermarkRecord {
    static final Word BASE = RootRecord.BASE;
    static final Bits SIZE_BITS = RootRecord.SIZE_BITS;
    static final Bits KIND = RootRecord.KIND;
    static final Word USED = new Word("bytes given away", 16);
    static final HalfWord SLOT = new HalfWord("slot", 24);

    /** The kind of record. */
    static final RecordKind WATERMARK = RecordKind.forUntypeds(0, "watermark record", 64);

    private WatermarkRecord() {}
}
