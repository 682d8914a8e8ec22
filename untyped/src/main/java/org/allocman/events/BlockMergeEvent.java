package org.allocman.events;

import jdk.jfr.Category;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;

/** {@code allocman.BlockMerge}: an empty arena, or two free halves, became one block again. */
@Name("allocman.BlockMerge")
@Label("Block Merge")
@Category(Events.CATEGORY)
@StackTrace(false)
public final class BlockMergeEvent extends BlockEvent {
    private BlockMergeEvent() {}

    /**
     * Tells who wants to know; does nothing if nobody does.
     *
     * @param paddr where the block is
     * @param block its size in bits
     * @param piece size in bits of what it was split into before
     */
    public static void tell(@PhysAddr long paddr, @SizeBits int block, @SizeBits int piece) {
        if (FlightRecorder.isInitialized() && Recorded.TYPE.isEnabled()) {
            new BlockMergeEvent().over(paddr, block, piece);
        }
    }

    /** Asking for an event's type loads the recorder, so this is loaded only where there is one. */
    private static final class Recorded {
        static final EventType TYPE = EventType.getEventType(BlockMergeEvent.class);
    }
}
