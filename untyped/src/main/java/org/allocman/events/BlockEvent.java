package org.allocman.events;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.StackTrace;

/** What is told of a block that was split, or became whole. */
@Category(Events.CATEGORY)
@StackTrace(false)
abstract class BlockEvent extends Event {
    @Label("Physical Address")
    @MemoryAddress
    long physicalAddress;

    @Label("Block Size Bits")
    int blockBits;

    @Label("Piece Size Bits")
    int pieceBits;

    final void over(long paddr, int block, int piece) {
        physicalAddress = paddr;
        blockBits = block;
        pieceBits = piece;
        commit();
    }
}
