package org.allocman.sim.board;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.allocman.sim.board.Region.Kind;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;

/**
 * Makes a board of what a reader finds, by the same rules for every format: regions of RAM that overlap are refused, or
 * merged if the format may say the same RAM twice; RAM is cut by what is reserved, and begins at a whole page then; the
 * kernel's own devices must not lie in RAM; a device is cut by RAM and by the kernel's own devices, but may overlap other
 * devices. RAM that was said beside the description is merged with what is there.
 */
final class BoardBuilder {
    /** More regions than any real board has; what bounds the work on a hostile one. */
    static final int MAX_REGIONS = 4096;

    private static final int MAX_MIRRORS = 64;
    private static final long MPU_GRAIN_BYTES = 32;
    private static final long END_OF_32_BITS = 1L << 32;

    private final String source;
    private final Architecture architecture;
    private final BoardHints hints;
    private final List<Item> items = new ArrayList<>();
    private final List<Mirror> mirrors = new ArrayList<>();
    private final List<String> platformNames = new ArrayList<>();
    private long userTop;
    private final List<String> notes = new ArrayList<>();
    private long beyondPieces;
    private long beyondBytes;
    private boolean isSameRamMerged;
    private BoardCore core = BoardCore.UNKNOWN;

    private record Item(Region region, String position) {
        long start() {
            return region.start();
        }
    }

    BoardBuilder(String source, Architecture architecture) {
        this(source, architecture, BoardHints.NONE);
    }

    BoardBuilder(String source, Architecture architecture, BoardHints hints) {
        this.source = source;
        this.architecture = architecture;
        this.hints = hints;
    }

    /** Says which core the description names. */
    void core(BoardCore named) {
        core = named;
    }

    /** From now on regions of RAM that overlap are the same RAM said twice. */
    void mergeSameRam() {
        isSameRamMerged = true;
    }

    /** Tells what was passed over; no more notes than there can be regions. */
    void note(String sentence) {
        if (notes.size() < MAX_REGIONS) {
            notes.add(sentence);
        }
    }

    /** Adds as much of a region as a kernel can address. The addresses may be any; a name that is taken gets a number. */
    void addWithin(String name, Kind kind, AddressPiece piece, String position) throws BoardFormatException {
        AddressPiece within = piece.in(
                new AddressPiece(0, (architecture.wordBits() == 32 ? END_OF_32_BITS : Region.ADDRESS_LIMIT) - 1));
        if (kind == Kind.RAM && (within == null || !piece.equals(within))) {
            beyondPieces++;
            long bytes = piece.bytes() - (within == null ? 0 : within.bytes());
            beyondBytes = beyondBytes + bytes < 0 ? Long.MAX_VALUE : beyondBytes + bytes;
        }
        if (within != null) {
            add(name, kind, within.start(), within.bytes(), position);
        }
    }

    /** Adds a region. The numbers may be anything; a name that is taken gets a number. */
    void add(String name, Kind kind, long start, long size, String position) throws BoardFormatException {
        if (!RegionNames.isProper(name)) {
            throw fail(position, RegionNames.quoted(name) + " is no name for a region");
        }
        if (size == 0) {
            note(position + ": " + name + " has size 0 and is passed over");
            return;
        }
        if (!Region.fits(start, size)) {
            throw fail(position, text(name, start, size) + " reaches beyond 2^52");
        }
        if (architecture.wordBits() == 32 && start + size > END_OF_32_BITS) {
            throw fail(position, text(name, start, size) + " reaches beyond 2^32 on a 32-bit kernel");
        }
        if (kind == Kind.RAM && start + size > PhysicalMemory.LIMIT) {
            throw fail(
                    position, text(name, start, size) + " reaches beyond 2^48, and no memory can be simulated there");
        }
        if (items.size() == MAX_REGIONS) {
            throw tooMany(position);
        }
        items.add(new Item(new Region(name, kind, start, size), position));
    }

    /** Adds a mirror. The numbers may be anything; the original must lie in a region that was added before. */
    void addMirror(long start, long original, long size, String position) throws BoardFormatException {
        if (size == 0 || !Region.fits(start, size) || !Region.fits(original, size)) {
            throw fail(position, text("the mirror", start, size) + " is empty or reaches beyond 2^52");
        }
        if (mirrors.size() == MAX_MIRRORS) {
            throw fail(position, "more than " + MAX_MIRRORS + " mirrors");
        }
        boolean held = items.stream()
                .map(Item::region)
                .anyMatch(region -> region.start() <= original && original + size <= region.end());
        if (!held) {
            throw fail(position, text("the mirror", start, size) + " shows what lies in no region");
        }
        if (new RegionSpans(regions(Kind.RAM)).overlap(start, start + size)) {
            throw fail(position, text("the mirror", start, size) + " lies over RAM");
        }
        if ((start - original & PAGE - 1) != 0) {
            throw fail(
                    position, text("the mirror", start, size) + " is not whole pages of 4 KiB away from its original");
        }
        boolean isChained = overlap(start, size, original, size);
        for (Mirror other : mirrors) {
            isChained |= overlap(start, size, other.start(), other.size())
                    || overlap(start, size, other.original(), other.size())
                    || overlap(original, size, other.start(), other.size());
        }
        if (isChained) {
            throw fail(position, text("the mirror", start, size) + " shows a mirror, or lies over one or its original");
        }
        mirrors.add(new Mirror(start, original, size));
    }

    /** Whether anything of a kind was added that overlaps these addresses. */
    boolean has(Kind kind, long start, long end) {
        return items.stream()
                .map(Item::region)
                .anyMatch(region -> region.kind() == kind && region.start() < end && start < region.end());
    }

    /** Names of the platform beside the board's, which can decide where user addresses end. */
    void addPlatformNames(List<String> names) {
        platformNames.addAll(names);
    }

    /** Says where user addresses end; the number may be anything. */
    void setUserTop(long top, String position) throws BoardFormatException {
        if (!UserTop.isPossible(architecture, top)) {
            throw fail(
                    position,
                    "user addresses of " + architecture.text() + " cannot end at 0x" + Long.toHexString(top)
                            + (KnownKernels.hasPlatformUserTop(architecture)
                                    ? ", only at a whole MiB up to 0xf0000000"
                                    : ", only at 0x" + Long.toHexString(architecture.userTop())));
        }
        userTop = top;
    }

    /** Whether there is RAM: in the description as far as it was read, or beside it. */
    boolean hasRam() {
        return hints.hasRam() || items.stream().anyMatch(item -> item.region.kind() == Kind.RAM);
    }

    /** The first address of RAM, of the description or beside it; -1 if there is none. */
    long lowestRam() {
        return Stream.concat(items.stream().map(Item::region), hints.regions().stream())
                .filter(region -> region.kind() == Kind.RAM)
                .mapToLong(Region::start)
                .min()
                .orElse(-1);
    }

    /** Makes the board alone. */
    Board build(String name, String ramPosition) throws BoardFormatException {
        return reading(name, ramPosition).board();
    }

    /** Makes the board; {@code ramPosition} is where RAM would be described, for a board that has none. */
    BoardReading reading(String name, String ramPosition) throws BoardFormatException {
        items.sort(Comparator.comparingLong(Item::start));
        if (!isSameRamMerged) {
            refuseOverlappingRam();
        }
        for (int i = 0; i < hints.regions().size(); i++) {
            Region region = hints.regions().get(i);
            add(
                    region.name(),
                    region.kind(),
                    region.start(),
                    region.size(),
                    hints.origins().get(i));
        }
        items.sort(Comparator.comparingLong(Item::start));
        mergeRam();
        List<Region> board = new ArrayList<>(regions(Kind.RESERVED));
        RegionSpans reserved = new RegionSpans(board);
        List<Region> ram = new ArrayList<>();
        for (Region region : regions(Kind.RAM)) {
            noteCut(region);
            cut(region, reserved, grain(), ram);
        }
        if (ram.isEmpty() && !hints.mayLackRam()) {
            throw fail(ramPosition, "the board has no RAM, or none that is not reserved");
        }
        board.addAll(ram);
        List<Region> notForDevices = new ArrayList<>(ram);
        RegionSpans ramSpans = new RegionSpans(ram);
        for (Item item : items) {
            if (item.region.kind() == Kind.KERNEL_DEVICE) {
                if (ramSpans.overlap(item.start(), item.region.end())) {
                    throw fail(originOfRam(item), "the kernel's device " + item.region.name() + " lies in RAM");
                }
                board.add(item.region);
                notForDevices.add(item.region);
            }
        }
        RegionSpans taken = new RegionSpans(notForDevices);
        for (Region region : regions(Kind.DEVICE)) {
            cut(region, taken, 1, board);
        }
        List<LeftOut> leftOut = beyondPieces == 0
                ? List.of()
                : List.of(new LeftOut(LeftOut.Reason.BEYOND_ADDRESSES, beyondPieces, beyondBytes));
        String proper = properName(name);
        platformNames.add(proper);
        long top = userTop == 0 ? UserTop.of(architecture, platformNames) : userTop;
        return new BoardReading(new Board(proper, architecture, named(board), mirrors, top), leftOut, notes, core);
    }

    /** Where the RAM is said that a device lies in: beside the description, or else where the device is. */
    private String originOfRam(Item device) {
        for (int i = 0; i < hints.regions().size(); i++) {
            Region region = hints.regions().get(i);
            if (region.kind() == Kind.RAM
                    && overlap(region.start(), region.size(), device.start(), device.region.size())) {
                return hints.origins().get(i);
            }
        }
        return device.position;
    }

    /** Makes one region of those of RAM that overlap, under the name of the first; the items are in address order. */
    private void mergeRam() {
        List<Item> merged = new ArrayList<>(items.size());
        int before = -1;
        for (Item item : items) {
            Region region = item.region;
            Item open = before < 0 ? null : merged.get(before);
            if (region.kind() != Kind.RAM) {
                merged.add(item);
            } else if (open != null && region.start() < open.region.end()) {
                long end = Math.max(open.region.end(), region.end());
                Region both = new Region(open.region.name(), Kind.RAM, open.start(), end - open.start());
                merged.set(before, new Item(both, open.position));
            } else {
                before = merged.size();
                merged.add(item);
            }
        }
        items.clear();
        items.addAll(merged);
    }

    private static boolean overlap(long start, long size, long other, long otherSize) {
        return start < other + otherSize && other < start + size;
    }

    BoardFormatException fail(String position, String problem) {
        // what is said beside the description stands at no place of it
        return hints.origins().contains(position)
                ? new BoardFormatException(position, "", problem)
                : new BoardFormatException(source, position, problem);
    }

    private void refuseOverlappingRam() throws BoardFormatException {
        Region before = null;
        for (Item item : items) {
            if (item.region.kind() == Kind.RAM) {
                if (before != null && item.start() < before.end()) {
                    throw fail(
                            item.position,
                            "the RAM region " + text(item.region.name(), item.start(), item.region.size())
                                    + " overlaps " + text(before.name(), before.start(), before.size()));
                }
                before = item.region;
            }
        }
    }

    private List<Region> regions(Kind kind) {
        return items.stream()
                .map(Item::region)
                .filter(region -> region.kind() == kind)
                .toList();
    }

    /** Tells how much of RAM is no whole grain. */
    private void noteCut(Region region) {
        long grain = grain();
        long bytes = Math.max(0, (region.end() & -grain) - (region.start() + grain - 1 & -grain));
        if (bytes != region.size()) {
            note(text(region.name(), region.start(), region.size()) + " has " + bytes + " bytes in whole "
                    + (architecture.hasPaging() ? "pages of " : "pieces of ") + grain
                    + " bytes; the rest is not used");
        }
    }

    /** Adds what others leave of a region, in whole grains; where the region itself ends, it ends as described. */
    private void cut(Region region, RegionSpans by, long grain, List<Region> into) throws BoardFormatException {
        for (RegionSpans.Span left : by.leave(region.start(), region.end())) {
            long start = left.start() + grain - 1 & -grain;
            boolean isWhole = architecture.hasPaging() && left.end() == region.end();
            long end = isWhole ? left.end() : left.end() & -grain;
            if (start < end) {
                if (into.size() == MAX_REGIONS) {
                    throw tooMany(region.name());
                }
                into.add(new Region(region.name(), region.kind(), start, end - start));
            }
        }
    }

    private static List<Region> named(List<Region> regions) {
        List<Region> sorted = new ArrayList<>(regions);
        sorted.sort(Comparator.comparingLong(Region::start));
        RegionNames names = new RegionNames();
        sorted.replaceAll(
                region -> new Region(names.unique(region.name()), region.kind(), region.start(), region.size()));
        return sorted;
    }

    private String properName(String name) {
        return RegionNames.isProper(name) ? name : "board";
    }

    private long grain() {
        return architecture.hasPaging() ? PAGE : MPU_GRAIN_BYTES;
    }

    private BoardFormatException tooMany(String position) {
        return fail(position, "more than " + MAX_REGIONS + " regions");
    }

    private static String text(String name, long start, long size) {
        return name + " (0x" + Long.toHexString(start) + " with 0x" + Long.toHexString(size) + " bytes)";
    }
}
