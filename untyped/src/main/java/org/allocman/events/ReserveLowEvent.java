package org.allocman.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** {@code allocman.ReserveLow}: after an operation the reserve was not full, and could not be filled. */
@Name("allocman.ReserveLow")
@Label("Reserve Low")
@Category(Events.CATEGORY)
@StackTrace(false)
public final class ReserveLowEvent extends Event {
    @Label("Pages Mapped")
    long pagesMapped;

    @Label("Window Pages")
    @Description("The most pages the virtual pool can have")
    long windowPages;

    @Label("Free Slots")
    long freeSlots;

    private ReserveLowEvent() {}

    /**
     * Whether somebody wants to know.
     *
     * @return true if a recording has the event switched on
     */
    public static boolean isWanted() {
        return FlightRecorder.isInitialized() && Recorded.TYPE.isEnabled();
    }

    /**
     * Tells who wants to know.
     *
     * @param mapped pages of the virtual pool
     * @param window the most it can have
     * @param slots capability slots that are free
     */
    public static void tell(long mapped, long window, long slots) {
        ReserveLowEvent event = new ReserveLowEvent();
        event.pagesMapped = mapped;
        event.windowPages = window;
        event.freeSlots = slots;
        event.commit();
    }

    /** Asking for an event's type loads the recorder, so this is loaded only where there is one. */
    private static final class Recorded {
        static final EventType TYPE = EventType.getEventType(ReserveLowEvent.class);
    }
}
