package org.allocman.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.checkerframework.checker.nullness.qual.Nullable;

/** {@code allocman.Free}: an object was given back, or that was refused. */
@Name("allocman.Free")
@Label("Free")
@Category(Events.CATEGORY)
@StackTrace(false)
public final class FreeEvent extends Event {
    @Label("Handle")
    long handle;

    @Label("Refusal")
    @Description("Number of the refusal, or 0")
    long refusal;

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
     * @param answer 0, or a refusal
     */
    public void over(long what, long answer) {
        handle = what;
        refusal = answer;
        commit();
    }

    /** Asking for an event's type loads the recorder, so this is loaded only where there is one. */
    private static final class Recorded {
        static final EventType TYPE = EventType.getEventType(FreeEvent.class);
    }
}
