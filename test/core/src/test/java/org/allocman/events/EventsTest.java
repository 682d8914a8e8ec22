package org.allocman.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.Designs;
import org.allocman.manager.GrowthListener;
import org.allocman.mspace.Mspace;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a flight recorder gets to see, and that it costs nothing while nobody records. */
class EventsTest {
    private static final long WINDOW = 8 * 4096;

    @TempDir
    private Path directory = Path.of("");

    private static Allocman start(UntypedDesign kind) throws Exception {
        ManagedMachine.Pools pools = new ManagedMachine.Pools(-1, WINDOW, kind);
        Machine machine = ManagedMachine.boot(Boards.byName("pc99"), pools);
        return ManagedMachine.manage(machine, pools, UnaryOperator.identity(), GrowthListener.NONE)
                .get()
                .allocman();
    }

    private Map<String, List<RecordedEvent>> record(Runnable work) throws Exception {
        Path file = directory.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("allocman.Allocation");
            recording.enable("allocman.Free");
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("allocman."))
                .collect(Collectors.groupingBy(
                        event -> event.getEventType().getName().substring("allocman.".length())));
    }

    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void everyEventIsRecorded(UntypedDesign kind) throws Exception {
        Allocman allocman = start(kind);
        allocman.trim();
        long[] handles = new long[2];
        List<Long> pieces = new ArrayList<>();
        Map<String, List<RecordedEvent>> events = record(() -> {
            handles[0] = allocman.allocate(ObjectType.TCB, 0, 0);
            handles[1] = allocman.allocate(ObjectType.UNTYPED, 47, 0);
            allocman.allocateAt(ObjectType.UNTYPED, 47, 1L << 47, 0);
            allocman.free(handles[0]);
            allocman.free(handles[0]);
            for (long at = allocman.memory().allocate(Mspace.MOST);
                    at > 0;
                    at = allocman.memory().allocate(Mspace.MOST)) {
                pieces.add(at);
            }
        });
        RecordedEvent made = events.get("Allocation").get(0);
        assertEquals("TCB", made.getString("type"));
        assertEquals(11, made.getInt("sizeBits"));
        assertEquals("memory", made.getString("memory"));
        assertEquals(handles[0], made.getLong("handle"));
        assertEquals("", made.getString("refusal"));
        assertTrue(made.getLong("physicalAddress") > 0);
        assertTrue(made.getDuration().toNanos() > 0);
        RecordedEvent refused = events.get("Allocation").get(1);
        assertEquals("OUT_OF_UNTYPED", refused.getString("refusal"));
        assertEquals(0, refused.getLong("handle"));
        assertEquals(0, refused.getLong("physicalAddress"), "anywhere");
        RecordedEvent nowhere = events.get("Allocation").get(2);
        assertEquals("NOT_MANAGED", nowhere.getString("refusal"));
        assertEquals(1L << 47, nowhere.getLong("physicalAddress"), "where it was wanted");
        assertEquals(
                List.of("", "STALE_HANDLE"),
                events.get("Free").stream()
                        .map(event -> event.getString("refusal"))
                        .toList());
        assertEquals(handles[0], events.get("Free").get(0).getLong("handle"));
        RecordedEvent split = events.get("BlockSplit").get(0);
        assertTrue(split.getInt("blockBits") > split.getInt("pieceBits"));
        RecordedEvent page = events.get("PoolGrowth").get(0);
        assertTrue(page.getBoolean("grown"));
        assertEquals(1, page.getLong("pagesMapped"));
        assertTrue(page.getLong("pagingStructures") > 0);

        Map<String, List<RecordedEvent>> after = record(() -> {
            pieces.forEach(at -> assertEquals(0, allocman.memory().free(at, Mspace.MOST)));
            allocman.trim();
        });
        RecordedEvent gone = after.get("PoolGrowth").get(after.get("PoolGrowth").size() - 1);
        assertFalse(gone.getBoolean("grown"));
        assertEquals(0, gone.getLong("pagesMapped"));
        RecordedEvent merged = after.get("BlockMerge").get(0);
        assertTrue(merged.getInt("blockBits") > merged.getInt("pieceBits"));
    }

    @Test
    void aLowReserveIsTold() throws Exception {
        ManagedMachine.Pools pools = ManagedMachine.Pools.DEFAULT;
        Machine machine = ManagedMachine.boot(Boards.byName("tiny"), pools);
        Allocman allocman = ManagedMachine.manage(machine, pools, UnaryOperator.identity(), GrowthListener.NONE)
                .get()
                .allocman();
        Map<String, List<RecordedEvent>> events = record(() -> {
            while (allocman.slots().take() > 0) {
                // until only the reserve of slots is left, which growing may use
            }
            while (allocman.memory().allocate(Mspace.MOST) > 0) {
                // until the pool cannot grow
            }
        });
        assertTrue(events.containsKey("ReserveLow"), events.keySet().toString());
        assertTrue(events.get("ReserveLow").get(0).getLong("windowPages") > 0);
    }

    /** They are as many as the operations, and would be what a profile shows. */
    @Test
    void operationsAreNotRecordedUnlessThatIsAskedFor() throws Exception {
        Allocman allocman = start(UntypedDesigns.ARENA);
        allocman.trim();
        Path file = directory.resolve("unasked.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            assertNull(AllocationEvent.start());
            assertNull(FreeEvent.start());
            allocman.free(allocman.allocate(ObjectType.TCB, 0, 0));
            while (allocman.memory().allocate(Mspace.MOST) > 0) {
                // until the pool cannot grow
            }
            recording.stop();
            recording.dump(file);
        }
        Set<String> names = RecordingFile.readAllEvents(file).stream()
                .map(event -> event.getEventType().getName())
                .filter(name -> name.startsWith("allocman."))
                .collect(Collectors.toSet());
        assertTrue(names.contains("allocman.PoolGrowth"), names.toString());
        assertFalse(names.contains("allocman.Allocation") || names.contains("allocman.Free"), names.toString());
    }

    @Test
    void nothingIsMadeWhileNobodyRecords() throws Exception {
        Allocman allocman = start(UntypedDesigns.ARENA);
        assertTrue(garbageOfChurn(allocman) < 1024, "bytes of garbage before any recording");
        record(() -> allocman.free(allocman.allocate(ObjectType.TCB, 0, 0)));
        assertNull(AllocationEvent.start());
        assertNull(FreeEvent.start());
        assertTrue(garbageOfChurn(allocman) < 1024, "bytes of garbage after a recording");
    }

    /** The best of several turns: a page of the simulated memory that is touched for the first time is no garbage. */
    private static long garbageOfChurn(Allocman allocman) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long garbage = Long.MAX_VALUE;
        for (int turn = 0; turn < 5; turn++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2000; i++) {
                long small = allocman.allocate(ObjectType.ENDPOINT, 0, 0);
                long large = allocman.allocate(ObjectType.SMALL_PAGE, 0, 0);
                allocman.free(small);
                allocman.free(large);
            }
            garbage = Math.min(garbage, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return garbage;
    }
}
