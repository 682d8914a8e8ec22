package org.allocman.sim.boot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.sim.board.Region;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo.SlotRegion;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads a recorded boot, line by line, and believes nothing of it. */
final class BootRecordingReader {
    private static final String HEX = "([0-9a-f]{1,16})";
    private static final Pattern TITLE = Pattern.compile("# seL4 bootinfo, ([A-Za-z0-9_]+) .*");
    private static final Pattern WINDOW = Pattern.compile("# window_offset=0x" + HEX + "(?: .*)?");
    private static final Pattern FREE =
            Pattern.compile("ORACLE (pre_rootserver freemem|freemem|boot_mem_reuse)(?:\\[[0-9]+])? v=\\[" + HEX
                    + "\\.\\." + HEX + "\\)");
    private static final Pattern RESERVED =
            Pattern.compile("ORACLE reserved\\[[0-9]+] p=\\[" + HEX + "\\.\\." + HEX + "\\)");
    private static final Pattern OBJECT_RANGE =
            Pattern.compile("ORACLE rootserver v=\\[" + HEX + "\\.\\." + HEX + "\\) .*");
    private static final Pattern OBJECTS = Pattern.compile("ORACLE rootserver objs(?:_mcs)? (.*)");
    private static final Pattern OBJECT = Pattern.compile("([a-z_]+)=\\[?" + HEX + "(?:\\.\\." + HEX + "\\))?");
    private static final Pattern SLOTS = Pattern.compile("ORACLE slot_pos_cur=([0-9]{1,9}) user_device_top=" + HEX);
    private static final Pattern SLOT_REGION = Pattern.compile("region ([A-Za-z]+) ([0-9]{1,9}) ([0-9]{1,9})");
    private static final Pattern UNTYPED = Pattern.compile(
            "untyped idx=([0-9]{1,9}) slot=([0-9]{1,9}) paddr=0x" + HEX + " sizeBits=([0-9]{1,2}) isDevice=([01])");
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9_]+)=(0x[0-9a-f]{1,16}|[0-9]{1,18})");

    private final List<Span> freeBefore = new ArrayList<>();
    private final List<Span> freeAfter = new ArrayList<>();
    private final List<Span> reserved = new ArrayList<>();
    private final List<Span> reuse = new ArrayList<>();
    private final Map<String, Long> objects = new HashMap<>();
    private final Map<String, SlotRegion> slotRegions = new HashMap<>();
    private final Map<String, Long> values = new HashMap<>();
    private final List<Untyped> untypeds = new ArrayList<>();
    private @Nullable Architecture architecture;
    private @Nullable Span objectRange;
    private long windowOffset;
    private long deviceTop;
    private int line;

    static BootRecording read(Iterable<String> lines) throws RecordingException {
        BootRecordingReader reader = new BootRecordingReader();
        for (String line : lines) {
            reader.line++;
            reader.accept(line);
        }
        return reader.finish();
    }

    private void accept(String text) throws RecordingException {
        if (line == 1) {
            architecture = title(text);
            windowOffset = UntypedList.windowOffset(architecture);
        } else if (text.startsWith("# window_offset=")) {
            windowOffset = number(group(match(WINDOW, text, "# window_offset=0xHEX"), 1));
        } else if (text.startsWith("ORACLE ")) {
            oracle(text);
        } else if (text.startsWith("region ")) {
            Matcher region = match(SLOT_REGION, text, "region NAME START END");
            long start = Long.parseLong(group(region, 2));
            long end = Long.parseLong(group(region, 3));
            if (end < start) {
                throw fail("the region ends before it starts");
            }
            slotRegions.put(group(region, 1), new SlotRegion(start, end));
        } else if (text.startsWith("untyped ")) {
            untyped(match(UNTYPED, text, "untyped idx=N slot=N paddr=0xHEX sizeBits=N isDevice=0|1"));
        } else {
            Matcher value = VALUE.matcher(text);
            if (value.matches()) {
                String number = group(value, 2);
                values.put(
                        group(value, 1),
                        number.startsWith("0x")
                                ? Long.parseUnsignedLong(number.substring(2), 16)
                                : Long.parseLong(number));
            }
        }
    }

    private Architecture title(String text) throws RecordingException {
        Matcher title = TITLE.matcher(text);
        if (!title.matches()) {
            throw fail("expected \"# seL4 bootinfo, ARCHITECTURE PLATFORM\", found \"" + shortened(text) + "\"");
        }
        String name = group(title, 1).toLowerCase(Locale.ROOT);
        Architecture known = Architecture.named(name);
        for (Architecture candidate : Architecture.values()) {
            // a recording may name the instruction set extensions too, as in riscv64imac
            if (known == null && name.startsWith(candidate.text())) {
                known = candidate;
            }
        }
        if (known == null) {
            throw fail("no architecture is called " + shortened(name));
        }
        Architecture withMcs = text.contains("KernelIsMCS=ON") ? Architecture.named(known.text() + "+mcs") : null;
        return withMcs == null ? known : withMcs;
    }

    private void oracle(String text) throws RecordingException {
        Matcher free = FREE.matcher(text);
        Matcher range = OBJECT_RANGE.matcher(text);
        Matcher items = OBJECTS.matcher(text);
        Matcher slots = SLOTS.matcher(text);
        if (free.matches()) {
            Span span = span(kernelAddress(group(free, 2)), kernelAddress(group(free, 3)));
            if (!span.isEmpty()) {
                spans(group(free, 1)).add(span);
            }
        } else if (text.startsWith("ORACLE reserved")) {
            Matcher span = match(RESERVED, text, "ORACLE reserved[N] p=[HEX..HEX)");
            reserved.add(span(physical(number(group(span, 1))), physical(number(group(span, 2)))));
        } else if (range.matches()) {
            objectRange = span(kernelAddress(group(range, 1)), kernelAddress(group(range, 2)));
        } else if (items.matches()) {
            for (String item : group(items, 1).split(" ", -1)) {
                Matcher object = match(OBJECT, item, "NAME=HEX");
                objects.put(group(object, 1), kernelAddress(group(object, 2)));
            }
        } else if (slots.matches()) {
            values.put("slot_pos_cur", Long.parseLong(group(slots, 1)));
            deviceTop = physical(number(group(slots, 2)));
        } else {
            throw fail("an ORACLE line that is not in the format: \"" + shortened(text) + "\"");
        }
    }

    private List<Span> spans(String name) {
        return switch (name) {
            case "freemem" -> freeAfter;
            case "boot_mem_reuse" -> reuse;
            default -> freeBefore;
        };
    }

    private void untyped(Matcher fields) throws RecordingException {
        if (Long.parseLong(group(fields, 1)) != untypeds.size()) {
            throw fail("expected the untyped with idx=" + untypeds.size());
        }
        int sizeBits = Integer.parseInt(group(fields, 4));
        long paddr = physical(number(group(fields, 3)));
        if (sizeBits >= Long.SIZE) {
            throw fail("no untyped has 2^" + sizeBits + " bytes");
        }
        untypeds.add(new Untyped(
                Long.parseLong(group(fields, 2)),
                paddr,
                sizeBits,
                group(fields, 5).equals("1")));
    }

    private BootRecording finish() throws RecordingException {
        Architecture kernel = architecture;
        Span range = objectRange;
        if (kernel == null) {
            throw new RecordingException(0, "the recording is empty");
        }
        if (freeBefore.isEmpty() || range == null || objects.isEmpty()) {
            throw new RecordingException(
                    0,
                    "the recording has no "
                            + (freeBefore.isEmpty()
                                    ? "\"ORACLE pre_rootserver freemem\" line"
                                    : "\"ORACLE rootserver\" line"));
        }
        if (untypeds.isEmpty() || !values.containsKey("ipcBuffer") || !values.containsKey("extraLen")) {
            throw new RecordingException(0, "the recording has no complete boot info");
        }
        inOrder(freeBefore, "pre_rootserver freemem");
        inOrder(reserved, "reserved");
        return new BootRecording(
                kernel,
                windowOffset,
                freeBefore,
                freeAfter,
                reserved,
                reuse,
                deviceTop,
                range,
                objects,
                slotRegions,
                values,
                untypeds);
    }

    private static void inOrder(List<Span> spans, String what) throws RecordingException {
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i).start() < spans.get(i - 1).end()) {
                throw new RecordingException(0, what + "[" + i + "] is not above the region before it");
            }
        }
    }

    private Span span(long start, long end) throws RecordingException {
        if (end < start) {
            throw fail("the region ends before it starts");
        }
        return new Span(start, end);
    }

    private long kernelAddress(String hex) throws RecordingException {
        return physical(number(hex) - windowOffset);
    }

    private long physical(long address) throws RecordingException {
        if (address < 0 || address > Region.ADDRESS_LIMIT) {
            throw fail("no physical address is 0x" + Long.toHexString(address));
        }
        return address;
    }

    private static long number(String hex) {
        return Long.parseUnsignedLong(hex, 16);
    }

    private Matcher match(Pattern pattern, String text, String form) throws RecordingException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw fail("expected \"" + form + "\", found \"" + shortened(text) + "\"");
        }
        return matcher;
    }

    private RecordingException fail(String message) {
        return new RecordingException(line, message);
    }

    private static String group(Matcher matcher, int group) {
        String text = matcher.group(group);
        return text == null ? "" : text;
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
