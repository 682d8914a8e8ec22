package org.allocman.events;

import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;

/** Whether somebody wants an event. Asking for an event's type would load the recorder, so that comes last. */
final class Events {
    static final String CATEGORY = "allocman";

    private Events() {}

    static boolean isAllocationOn() {
        return FlightRecorder.isInitialized() && Allocation.TYPE.isEnabled();
    }

    static boolean isFreeOn() {
        return FlightRecorder.isInitialized() && Free.TYPE.isEnabled();
    }

    static boolean isBlockSplitOn() {
        return FlightRecorder.isInitialized() && BlockSplit.TYPE.isEnabled();
    }

    static boolean isBlockMergeOn() {
        return FlightRecorder.isInitialized() && BlockMerge.TYPE.isEnabled();
    }

    static boolean isPoolGrowthOn() {
        return FlightRecorder.isInitialized() && PoolGrowth.TYPE.isEnabled();
    }

    static boolean isReserveLowOn() {
        return FlightRecorder.isInitialized() && ReserveLow.TYPE.isEnabled();
    }

    private static final class Allocation {
        static final EventType TYPE = EventType.getEventType(AllocationEvent.class);
    }

    private static final class Free {
        static final EventType TYPE = EventType.getEventType(FreeEvent.class);
    }

    private static final class BlockSplit {
        static final EventType TYPE = EventType.getEventType(BlockSplitEvent.class);
    }

    private static final class BlockMerge {
        static final EventType TYPE = EventType.getEventType(BlockMergeEvent.class);
    }

    private static final class PoolGrowth {
        static final EventType TYPE = EventType.getEventType(PoolGrowthEvent.class);
    }

    private static final class ReserveLow {
        static final EventType TYPE = EventType.getEventType(ReserveLowEvent.class);
    }
}
