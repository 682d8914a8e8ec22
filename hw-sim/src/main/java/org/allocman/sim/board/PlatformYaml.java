package org.allocman.sim.board;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.board.BoardDocument.SpanEntry;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The {@code platform_gen} description that seL4's build writes, in YAML or JSON: lists {@code memory} and
 * {@code devices} of {@code start} and {@code end}. Its devices are whatever else the address space holds, but for what
 * the kernel keeps; so the gaps between the spans are the kernel's own devices.
 */
final class PlatformYaml {
    private static final Architecture DEFAULT = Architecture.AARCH64;

    private PlatformYaml() {}

    static BoardReading read(String source, BoardDocument document, BoardHints hints) throws BoardFormatException {
        Architecture said = hints.architecture();
        BoardBuilder builder = new BoardBuilder(source, said != null ? said : DEFAULT, hints);
        List<Region> ram = add(source, builder, "memory", Kind.RAM, document.memory());
        List<Region> all = new ArrayList<>(ram);
        all.addAll(add(source, builder, "devices", Kind.DEVICE, document.devices()));
        addGaps(builder, new RegionSpans(all).all(), new RegionSpans(ram));
        BoardYaml.readUserTop(source, builder, document);
        return builder.reading(plainName(source), "memory");
    }

    private static List<Region> add(
            String source, BoardBuilder builder, String list, Kind kind, @Nullable List<@Nullable SpanEntry> entries)
            throws BoardFormatException {
        List<Region> added = new ArrayList<>();
        String name = kind == Kind.RAM ? "memory" : "device";
        for (int i = 0; entries != null && i < entries.size(); i++) {
            String position = list + "[" + i + "]";
            SpanEntry entry = entries.get(i);
            if (entry == null) {
                throw builder.fail(position, "the span is empty");
            }
            long start = BoardYaml.number(source, position, "start", entry.start());
            long end = BoardYaml.number(source, position, "end", entry.end());
            if (end < start) {
                throw builder.fail(position, "the span ends before it starts");
            }
            if (end == start) {
                builder.note(position + ": the span has size 0 and is passed over");
                continue;
            }
            builder.addWithin(name, kind, new AddressPiece(start, end - 1), position);
            added.add(new Region(name, kind, start, end - start));
        }
        return added;
    }

    /** Only a description that begins at address 0 claims to tell of everything; a shorter one has no gaps. */
    private static void addGaps(BoardBuilder builder, List<RegionSpans.Span> spans, RegionSpans ram)
            throws BoardFormatException {
        if (spans.isEmpty() || spans.get(0).start() != 0) {
            return;
        }
        for (int i = 1; i < spans.size(); i++) {
            long start = spans.get(i - 1).end();
            long end = spans.get(i).start();
            boolean besideRam = ram.overlap(start - 1, end + 1);
            builder.add(
                    besideRam ? "reserved" : "kernel",
                    besideRam ? Kind.RESERVED : Kind.KERNEL_DEVICE,
                    start,
                    end - start,
                    "after 0x" + Long.toHexString(start));
        }
    }

    /** A file's name without folders and ending. */
    static String plainName(String source) {
        String file = source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }
}
