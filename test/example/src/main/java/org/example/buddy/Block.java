package org.example.buddy;

import org.allocman.untyped.RecordKind;
import org.allocman.untyped.RootRecord;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/**
 * The record of a block.
 *
 * <pre>
 *   +0   physical address
 *   +8   size bits, kind of memory, state (3 bits from bit 16 on)
 *  +16   sizes of the free blocks in it, a bit each
 *  +24   parent                | left half       records, their addresses divided by 16
 *  +32   right half            | slot of the untyped
 *  +40   slot of the object
 *  +48   serial number of the object
 * </pre>
 */
final class Block {
    static final RecordKind KIND = RecordKind.forUntypeds(0, "block", 64);

    static final Bits STATE = new Bits("state", 8, 16, 3);
    static final Word FREE_SIZES = new Word("sizes of free blocks", 16);
    static final HalfWord PARENT = new HalfWord("parent", 24);
    static final HalfWord LEFT = new HalfWord("left half", 28);
    static final HalfWord RIGHT = new HalfWord("right half", 32);
    static final HalfWord SLOT = new HalfWord("slot of the untyped", 36);
    static final HalfWord OBJECT = new HalfWord("slot of the object", 40);
    static final Word SERIAL = new Word("serial number", 48);

    static final int FREE = 1;
    static final int HALVED = 2;
    static final int USED = 3;

    static final Word BASE = RootRecord.BASE;
    static final Bits SIZE_BITS = RootRecord.SIZE_BITS;
    static final Bits MEMORY_KIND = RootRecord.KIND;

    private Block() {}
}
