package org.allocman.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.allocman.qual.VirtAddr;

/** {@code allocman.PoolGrowth}: a page of the virtual pool came or went. */
@Name("allocman.PoolGrowth")
@Label("Pool Growth")
@Category(Events.CATEGORY)
@StackTrace(false)
public final class PoolGrowthEvent extends Event {
    @Label("Page")
    @MemoryAddress
    @Description("Virtual address of the page")
    long page;

    @Label("Grown")
    @Description("Whether it came; otherwise it was given back")
    boolean grown;

    @Label("Pages Mapped")
    @Description("Pages of the virtual pool now")
    long pagesMapped;

    @Label("Paging Structures")
    @Description("Paging structures that were made for the pool and are there now")
    long pagingStructures;

    private PoolGrowthEvent() {}

    /**
     * Tells who wants to know; does nothing if nobody does.
     *
     * @param at the page's address
     * @param came whether it came; otherwise it was given back
     * @param mapped pages of the virtual pool now
     * @param structures paging structures made for it
     */
    public static void tell(@VirtAddr long at, boolean came, long mapped, long structures) {
        if (FlightRecorder.isInitialized() && Recorded.TYPE.isEnabled()) {
            PoolGrowthEvent event = new PoolGrowthEvent();
            event.page = at;
            event.grown = came;
            event.pagesMapped = mapped;
            event.pagingStructures = structures;
            event.commit();
        }
    }

    /** Asking for an event's type loads the recorder, so this is loaded only where there is one. */
    private static final class Recorded {
        static final EventType TYPE = EventType.getEventType(PoolGrowthEvent.class);
    }
}
