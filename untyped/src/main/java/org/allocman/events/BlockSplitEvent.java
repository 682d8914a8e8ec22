package org.allocman.events;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;

/** {@code allocman.BlockSplit}: a free block became an arena of smaller ones, or two halves. */
@Name("allocman.BlockSplit")
@Label("Block Split")
@Category(Events.CATEGORY)
@StackTrace(false)
public final class BlockSplitEvent extends Event {
    @Label("Physical Address")
    @MemoryAddress
    long physicalAddress;

    @Label("Block Size Bits")
    int blockBits;

    @Label("Piece Size Bits")
    int pieceBits;

    private BlockSplitEvent() {}

    /**
     * Tells who wants to know; does nothing if nobody does.
     *
     * @param paddr where the block is
     * @param block its size in bits
     * @param piece size in bits of what it was split into
     */
    public static void tell(@PhysAddr long paddr, @SizeBits int block, @SizeBits int piece) {
        if (Events.isBlockSplitOn()) {
            BlockSplitEvent event = new BlockSplitEvent();
            event.physicalAddress = paddr;
            event.blockBits = block;
            event.pieceBits = piece;
            event.commit();
        }
    }
}
