package org.allocman.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.checkerframework.checker.nullness.qual.Nullable;

/** {@code allocman.Free}: an object was given back, or that was refused. Off unless a recording asks for it. */
@Name("allocman.Free")
@Label("Free")
@Category(Events.CATEGORY)
@Enabled(false)
@StackTrace(false)
public final class FreeEvent extends Event {
    @Label("Handle")
    long handle;

    @Label("Refusal")
    @Description("Why it was refused, for instance STALE_HANDLE; empty if it was given back")
    String refusal = "";

    private FreeEvent() {}

    /**
     * Giving back begins.
     *
     * @return the event, or null if nobody wants it
     */
    public static @Nullable FreeEvent start() {
        if (!FlightRecorder.isInitialized() || !Recorded.TYPE.isEnabled()) {
            return null;
        }
        FreeEvent event = new FreeEvent();
        event.begin();
        return event;
    }

    /**
     * It is over.
     *
     * @param what the handle
     * @param why the refusal in words, or empty
     */
    public void over(long what, String why) {
        handle = what;
        refusal = why;
        commit();
    }

    /** Asking for an event's type loads the recorder, so this is loaded only where there is one. */
    private static final class Recorded {
        static final EventType TYPE = EventType.getEventType(FreeEvent.class);
    }
}
