package org.allocman.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.allocman.conformance.kernel.Difference;
import org.allocman.conformance.kernel.Fields;
import org.allocman.conformance.kernel.KernelReplay;
import org.allocman.conformance.kernel.RecordingLines;
import org.allocman.conformance.kernel.ReplayResult;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Requester;
import org.allocman.untyped.SplitUntypeds;
import org.allocman.untyped.SplitView;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Replays a history of libsel4allocman on a real kernel, step by step, with the split manager in its compatible mode on a
 * simulated one, and compares error, slot, address, what the kernel says the slot holds, and at each dump the free lists.
 */
public final class AllocmanReplay {
    private static final int NO_OBJECT = 0;

    private final RecordingLines lines;
    private final OwnersObserver observer;
    private final WordSlots slots;
    private final SplitUntypeds manager;
    private final Slots capabilities;
    private final long cnode;
    private final long announced;
    private final Map<Long, Live> live = new HashMap<>();
    private final List<Difference.Row> rows = new ArrayList<>();
    private @Nullable Difference firstDifference;
    private long agreed;
    private long total;

    /** An object of ours. */
    private record Live(long handle, long slot) {}

    /**
     * Replays a recording.
     *
     * @param recording plain or gzip; it is closed
     * @param progress hears of every step
     * @return how far we agree
     * @throws RecordingException if the recording is cut off, damaged, or not a recording
     */
    public static ReplayResult run(InputStream recording, KernelReplay.Progress progress) throws RecordingException {
        return run(recording, progress, OwnersObserver.NONE);
    }

    /**
     * Replays a recording while somebody looks on.
     *
     * @param recording plain or gzip; it is closed
     * @param progress hears of every step
     * @param observer sees every step
     * @return how far we agree
     * @throws RecordingException if the recording is cut off, damaged, or not a recording
     */
    public static ReplayResult run(InputStream recording, KernelReplay.Progress progress, OwnersObserver observer)
            throws RecordingException {
        try (InputStream input = recording) {
            return new AllocmanReplay(new RecordingLines(input), observer).run(progress);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private AllocmanReplay(RecordingLines lines, OwnersObserver observer) throws RecordingException {
        this.lines = lines;
        this.observer = observer;
        Fields header = header(lines);
        this.announced = header.number("steps", 0, Integer.MAX_VALUE);
        if (header.text("virtual_pool_bytes") != null && header.number("virtual_pool_bytes") != 0) {
            throw lines.wrong("a run with a virtual pool: its frames are not recorded, so nothing can be compared");
        }
        RecordedStart start = RecordedStart.read(lines, header, observer);
        this.slots = start.slots();
        this.manager = start.manager();
        this.capabilities = new Slots(start.machine().memory().words(), RecordedStart.ARCHITECTURE);
        this.cnode = start.machine().cnode();
        observer.rebuilt(
                start.machine().memory(),
                RecordedStart.ARCHITECTURE,
                start.machine().kernelState());
    }

    private static Fields header(RecordingLines lines) throws RecordingException {
        StringBuilder all = new StringBuilder();
        for (String line = lines.peek(); line != null && RemarkLine.is(line); line = lines.peek()) {
            all.append(' ').append(line);
            lines.next();
            if (lines.number() > 200) {
                throw lines.wrong("the header does not end");
            }
        }
        return new Fields(all.toString(), lines.number());
    }

    private ReplayResult run(KernelReplay.Progress progress) throws RecordingException {
        for (String line = lines.next(); ; line = lines.next()) {
            if (line == null) {
                throw lines.wrong("the recording is cut off: there is no END");
            }
            if (line.trim().equals("END")) {
                break;
            }
            if (RemarkLine.is(line)) {
                continue;
            }
            AllocmanStep step = AllocmanStep.parse(line, lines.number());
            observer.begins(step.text());
            if (step.isFree()) {
                free(step);
            } else {
                allocate(step);
            }
            dump();
            total++;
            observer.ends(rows.isEmpty() ? "as recorded" : "not as recorded", rows);
            note(step);
            progress.step(total, Math.max(announced, total));
        }
        return new ReplayResult(agreed, total, firstDifference);
    }

    private void note(AllocmanStep step) {
        if (rows.isEmpty()) {
            agreed++;
        } else if (firstDifference == null) {
            firstDifference = new Difference(step.number(), step.text(), rows);
        }
        rows.clear();
    }

    private void allocate(AllocmanStep step) throws RecordingException {
        if (live.containsKey(step.object())) {
            throw lines.wrong("object " + step.object() + " is allocated already");
        }
        // the library takes the object's slot before it looks for memory
        long slot = slots.takeRun(1, Requester.CLIENT);
        long handle = slot == 0 ? -1 : handle(step, slot);
        if (handle < 0 && slot != 0) {
            slots.giveBackRun(slot, 1);
        }
        compare("error", step.error(), handle < 0 ? 1 : 0);
        if (handle < 0) {
            return;
        }
        live.put(step.object(), new Live(handle, slot));
        if (step.error() != 0) {
            return;
        }
        long at = capabilities.at(cnode, slot);
        compare("cptr", step.fields().number("cptr"), slot);
        compareAddress("paddr", step.fields().number("paddr"), manager.physicalAddress(handle));
        if (step.fields().text("kpaddr") != null) {
            compareAddress("kpaddr", step.fields().number("kpaddr"), capabilities.object(at));
        }
        compare("captype", step.fields().number("captype"), number(capabilities.type(at)));
    }

    private long handle(AllocmanStep step, long slot) throws RecordingException {
        Architecture architecture = RecordedStart.ARCHITECTURE;
        ObjectType type = step.type(lines.number());
        int size = step.size();
        int bits = architecture.sizeBits(type, size);
        if (bits < Architecture.MIN_UNTYPED_BITS || bits > architecture.maxUntypedBits()) {
            return -1;
        }
        int number = architecture.number(type);
        if (step.isAtAddress()) {
            return manager.allocateAt(number, size, bits, step.fields().number("at"), slot, Requester.CLIENT);
        }
        long handle = step.mayBeDevice()
                ? manager.allocate(MemoryKind.DEVICE_RAM, number, size, bits, slot, Requester.CLIENT)
                : -1;
        return handle > 0 ? handle : manager.allocate(MemoryKind.KERNEL, number, size, bits, slot, Requester.CLIENT);
    }

    private void free(AllocmanStep step) throws RecordingException {
        Live object = live.remove(step.object());
        if (object == null) {
            rows.add(new Difference.Row("object " + step.object(), "allocated", "not allocated"));
            return;
        }
        compare("cptr", step.fields().number("cptr"), object.slot);
        compareAddress("paddr", step.fields().number("paddr"), manager.physicalAddress(object.handle));
        compare("error", NO_OBJECT, manager.free(object.handle));
        slots.giveBackRun(object.slot, 1);
    }

    /** Compares the free lists if a dump comes next; those of devices only where it names them. */
    private void dump() throws RecordingException {
        String line = lines.peek();
        while (line != null && RemarkLine.is(line)) {
            lines.next();
            line = lines.peek();
        }
        if (line == null || !line.startsWith("D ")) {
            return;
        }
        lines.next();
        Map<FreeList.Place, FreeList> recorded = FreeList.readAll(lines);
        boolean withDevices = recorded.keySet().stream().anyMatch(place -> place.kind() == MemoryKind.DEVICE);
        TreeSet<FreeList.Place> places = new TreeSet<>(recorded.keySet());
        for (MemoryKind kind : MemoryKind.values()) {
            for (int bits = 0; bits < Long.SIZE; bits++) {
                if (kind != MemoryKind.DEVICE || withDevices) {
                    places.add(new FreeList.Place(kind, bits));
                }
            }
        }
        for (FreeList.Place place : places) {
            FreeList expected = recorded.getOrDefault(place, new FreeList(place, List.of()));
            FreeList ours = new FreeList(place, blocks(place));
            if (!expected.text().equals(ours.text())) {
                rows.add(new Difference.Row(place.toString(), expected.text(), ours.text()));
            }
        }
    }

    private List<Untyped> blocks(FreeList.Place place) {
        List<Untyped> blocks = new ArrayList<>();
        for (SplitView view : manager.freeList(place.kind(), place.bits())) {
            blocks.add(new Untyped(view.slot(), view.base(), view.sizeBits(), place.kind() != MemoryKind.KERNEL));
        }
        return blocks;
    }

    private void compare(String what, long expected, long ours) {
        if (expected != ours) {
            rows.add(new Difference.Row(what, Long.toUnsignedString(expected), Long.toString(ours)));
        }
    }

    private void compareAddress(String what, long expected, long ours) {
        if (expected != ours) {
            rows.add(new Difference.Row(what, "0x" + Long.toHexString(expected), "0x" + Long.toHexString(ours)));
        }
    }

    /** The number of a capability's type on x86_64, as the kernel's own debugging call names it. */
    private static int number(CapabilityType type) {
        return switch (type) {
            case FRAME -> 1;
            case UNTYPED -> 2;
            case PAGE_TABLE -> 3;
            case ENDPOINT -> 4;
            case PAGE_DIRECTORY -> 5;
            case NOTIFICATION -> 6;
            case PDPT -> 7;
            case VSPACE -> 9;
            case CNODE -> 10;
            case TCB -> 12;
            default -> 0;
        };
    }
}
