package org.allocman.sim.boot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.board.Utf8Mark;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo.SlotRegion;
import org.allocman.vka.BootSlots;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Judges our boot by a real kernel's: from a recorded memory map it places the root task's objects, cuts the untypeds,
 * and compares them, and the slots they are in, with what the real kernel did.
 *
 * @param architecture the recorded kernel's
 * @param agreed how many of the compared items are the same
 * @param total how many items were compared
 * @param firstDifference the first one that is not the same, or null if all agree
 */
public record BootInfoReplay(
        Architecture architecture,
        int agreed,
        int total,
        @Nullable Difference firstDifference) {
    private static final long MAX_CHARACTERS = 1 << 24;
    private static final long MAX_EXTRA_BYTES = 1L << 32;
    private static final int MAX_SIZE_BITS = 47;
    private static final int MAX_OBJECT_BITS = 32;

    /**
     * An item that differs.
     *
     * @param item what was compared, for instance {@code untyped 17}
     * @param recorded what the real kernel has
     * @param ours what we have
     */
    public record Difference(String item, String recorded, String ours) {
        @Override
        public String toString() {
            return "item      " + item + System.lineSeparator() + "recorded  " + recorded + System.lineSeparator()
                    + "ours      " + ours;
        }
    }

    /**
     * Replays a recording.
     *
     * @param file the recording
     * @return how far we agree
     * @throws IOException if the file cannot be read
     * @throws RecordingException if it is not such a recording
     */
    public static BootInfoReplay of(Path file) throws IOException, RecordingException {
        try (Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1)) {
            return of(reader);
        }
    }

    /**
     * Replays a recording.
     *
     * @param recording its text
     * @return how far we agree
     * @throws IOException if the text cannot be read
     * @throws RecordingException if it is not such a recording
     */
    public static BootInfoReplay of(Reader recording) throws IOException, RecordingException {
        return compare(BootRecordingReader.read(lines(recording)));
    }

    private static List<String> lines(Reader recording) throws IOException, RecordingException {
        List<String> lines = new ArrayList<>();
        BufferedReader buffered = new BufferedReader(recording);
        StringBuilder line = new StringBuilder();
        long read = 0;
        for (int next = buffered.read(); next >= 0; next = buffered.read()) {
            if (++read > MAX_CHARACTERS) {
                throw new RecordingException(lines.size() + 1, "a recording of a boot is shorter than 16 MiB");
            }
            if (next == '\n') {
                lines.add(lines.isEmpty() ? Utf8Mark.without(line.toString()) : line.toString());
                line.setLength(0);
            } else if (next != '\r') {
                line.append((char) next);
            }
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }

    private static BootInfoReplay compare(BootRecording recording) throws RecordingException {
        Tally tally = new Tally();
        RootObjectSizes sizes = sizes(recording);
        FreeMemory memory;
        try {
            memory = FreeMemory.placing(recording.freeBefore(), sizes);
        } catch (BootFailure failure) {
            throw new RecordingException(0, failure.getMessage() + "");
        }
        compareObjects(recording, sizes, memory.objects(), tally);
        compareFree(recording, memory.free(), tally);
        compareSlots(recording, sizes, memory, tally);
        return new BootInfoReplay(recording.architecture(), tally.agreed, tally.total, tally.first);
    }

    private static RootObjectSizes sizes(BootRecording recording) throws RecordingException {
        Architecture architecture = recording.architecture();
        int pageBits = size(recording, "seL4_PageBits", architecture.sizeBits(ObjectType.SMALL_PAGE, 0));
        int slotBits = size(recording, "seL4_SlotBits", architecture.slotBits());
        int vspaceBits = size(recording, "seL4_VSpaceBits", architecture.sizeBits(architecture.vspaceType(), 0));
        long extraLength = recording.value("extraLen", 0);
        if (extraLength < 0 || extraLength > MAX_EXTRA_BYTES) {
            throw new RecordingException(0, "no extra boot info has " + extraLength + " bytes");
        }
        int extraBits = RootObjectSizes.extraBits(extraLength, pageBits);
        long ipcBuffer = recording.value("ipcBuffer", 0);
        long imageFrames = recording.slotRegion("userImageFrames").size();
        long start = ipcBuffer - (imageFrames << pageBits);
        long end = ipcBuffer + (2L << pageBits) + RootObjectSizes.bytes(extraBits);
        if (start < 0 || end < 0 || end > recording.value("seL4_UserTop", architecture.userTop())) {
            throw new RecordingException(0, "the root task's image lies outside of its address space");
        }
        RootObjectSizes sizes = new RootObjectSizes(
                size(recording, "initThreadCNodeSizeBits", 0) + slotBits,
                vspaceBits,
                size(recording, "seL4_ASIDPoolBits", pageBits),
                pageBits,
                pageBits,
                extraBits,
                size(recording, "seL4_PageTableBits", architecture.sizeBits(ObjectType.PAGE_TABLE, 0)),
                RootObjectSizes.tables(start, end, RootTables.levels(architecture)),
                size(recording, "seL4_TCBBits", architecture.sizeBits(ObjectType.TCB, 0)),
                RootObjectSizes.contextBits(architecture));
        if (sizes.alignBits() > MAX_OBJECT_BITS || Math.max(sizes.tableBits(), sizes.tcbBits()) > MAX_OBJECT_BITS) {
            throw new RecordingException(0, "the root task's objects are larger than any machine");
        }
        return sizes;
    }

    private static int size(BootRecording recording, String name, int otherwise) throws RecordingException {
        long bits = recording.value(name, otherwise);
        if (bits < 1 || bits > MAX_SIZE_BITS) {
            throw new RecordingException(0, name + " is " + bits + ", which is no size in bits of an object");
        }
        return (int) bits;
    }

    private static void compareObjects(
            BootRecording recording, RootObjectSizes sizes, RootObjects objects, Tally tally) {
        tally.compare("root task's objects", recording.objectRange(), objects.all());
        compareObject(recording, "cnode", objects.cnode(), tally);
        compareObject(recording, "vspace", objects.vspace(), tally);
        compareObject(recording, "asid_pool", objects.asidPool(), tally);
        compareObject(recording, "ipc_buf", objects.ipcBuffer(), tally);
        compareObject(recording, "boot_info", objects.bootInfo(), tally);
        if (sizes.extraBits() != RootObjectSizes.NONE) {
            compareObject(recording, "extra_bi", objects.extra(), tally);
        }
        compareObject(recording, "paging", objects.tables(), tally);
        compareObject(recording, "tcb", objects.tcb(), tally);
        if (sizes.contextBits() != RootObjectSizes.NONE) {
            compareObject(recording, "sc", objects.context(), tally);
        }
    }

    private static void compareObject(BootRecording recording, String name, long ours, Tally tally) {
        Long recorded = recording.objects().get(name);
        tally.compare(
                "address of " + name,
                recorded == null ? "nothing" : "0x" + Long.toHexString(recorded),
                "0x" + Long.toHexString(ours));
    }

    private static void compareFree(BootRecording recording, List<Span> free, Tally tally) {
        List<Span> ours = free.stream().filter(span -> !span.isEmpty()).toList();
        compareLists("free region ", recording.freeAfter(), ours, tally);
    }

    private static void compareSlots(BootRecording recording, RootObjectSizes sizes, FreeMemory memory, Tally tally)
            throws RecordingException {
        Architecture architecture = recording.architecture();
        long slot = BootSlots.FIRST_DYNAMIC;
        slot = compareSlotRegion(recording, "userImagePaging", slot, sizes.tables(), tally);
        long extraPages = sizes.extraFrames(architecture, recording.value("extraLen", 0));
        slot = compareSlotRegion(recording, "extraBIPages", slot, extraPages, tally);
        if (architecture.hasMcs()) {
            slot = compareSlotRegion(recording, "schedcontrol", slot, 1, tally);
        }
        long imageFrames = recording.slotRegion("userImageFrames").size();
        slot = compareSlotRegion(recording, "userImageFrames", slot, imageFrames, tally);
        UntypedList list = new UntypedList(
                        architecture,
                        recording.windowOffset(),
                        size(recording, "seL4_MaxUntypedBits", architecture.maxUntypedBits()),
                        UntypedList.LIMIT,
                        slot)
                .addAll(recording.reserved(), architecture.deviceTop(), recording.reuse(), memory.free());
        compareLists("untyped ", recording.untypeds(), list.untypeds(), tally);
        slot = compareSlotRegion(recording, "untyped", slot, list.untypeds().size(), tally);
        long slots = 1L << sizes.cnodeBits() - size(recording, "seL4_SlotBits", architecture.slotBits());
        compareSlotRegion(recording, "empty", slot, slots - slot, tally);
        if (recording.deviceTop() != 0) {
            tally.compare(
                    "top of device memory",
                    Long.toHexString(recording.deviceTop()),
                    Long.toHexString(architecture.deviceTop()));
        }
    }

    private static long compareSlotRegion(BootRecording recording, String name, long slot, long size, Tally tally) {
        SlotRegion ours = new SlotRegion(slot, slot + size);
        tally.compare("slots of " + name, recording.slotRegion(name), ours);
        return ours.end();
    }

    private static <T extends Object> void compareLists(String item, List<T> recorded, List<T> ours, Tally tally) {
        for (int i = 0; i < Math.max(recorded.size(), ours.size()); i++) {
            tally.compare(
                    item + i,
                    i < recorded.size() ? recorded.get(i) : "nothing",
                    i < ours.size() ? ours.get(i) : "nothing");
        }
    }

    /** Counts what agrees while a recording is compared. */
    private static final class Tally {
        private int agreed;
        private int total;
        private @Nullable Difference first;

        private void compare(String item, Object recorded, Object ours) {
            total++;
            if (recorded.equals(ours)) {
                agreed++;
            } else if (first == null) {
                first = new Difference(item, recorded.toString(), ours.toString());
            }
        }
    }
}
