package org.allocman.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.checkerframework.checker.nullness.qual.Nullable;

/** {@code allocman.Allocation}: an object was asked for, and was made or refused. Off unless a recording asks for it. */
@Name("allocman.Allocation")
@Label("Allocation")
@Category(Events.CATEGORY)
@Enabled(false)
@StackTrace(false)
public final class AllocationEvent extends Event {
    @Label("Object Type")
    String type = "";

    @Label("Size Bits")
    int sizeBits;

    @Label("Memory")
    @Description("Kind of memory it was wanted from")
    String memory = "";

    @Label("Handle")
    @Description("0 if it was refused")
    long handle;

    @Label("Physical Address")
    @MemoryAddress
    @Description("Where it is; if it was refused, where it was wanted, or 0 for anywhere")
    long physicalAddress;

    @Label("Refusal")
    @Description("Why it was refused, for instance OUT_OF_UNTYPED; empty if it was made")
    String refusal = "";

    private AllocationEvent() {}

    /**
     * An allocation begins.
     *
     * @return the event, or null if nobody wants it
     */
    public static @Nullable AllocationEvent start() {
        if (!FlightRecorder.isInitialized() || !Recorded.TYPE.isEnabled()) {
            return null;
        }
        AllocationEvent event = new AllocationEvent();
        event.begin();
        return event;
    }

    /**
     * It is over.
     *
     * @param what the object's type
     * @param bits its size in bits
     * @param from kind of memory it was wanted from
     * @param answer the handle, or a refusal
     * @param paddr where the object is, or was wanted; 0 if it was refused and was wanted anywhere
     * @param why the refusal in words, or empty
     */
    public void over(String what, @SizeBits int bits, String from, long answer, @PhysAddr long paddr, String why) {
        type = what;
        sizeBits = bits;
        memory = from;
        handle = Math.max(0, answer);
        refusal = why;
        physicalAddress = paddr;
        commit();
    }

    /** Asking for an event's type loads the recorder, so this is loaded only where there is one. */
    private static final class Recorded {
        static final EventType TYPE = EventType.getEventType(AllocationEvent.class);
    }
}
