package org.allocman.view.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The memory map as rows. Below each region stand the untypeds and objects that lie in it and in no larger untyped. A bar's length
 * grows with the logarithm of the size; the dark part of it is what an untyped has given away, to scale within the bar.
 */
final class MemoryColumn {
    static final int WIDTH = 540;

    private static final int ADDRESS = 100;
    private static final int BAR = 112;
    private static final int PER_BIT = 5;
    private static final int LEAST = 4;
    private static final int HEIGHT = 14;
    private static final int WATERMARK = 4;

    private final List<Row> rows = new ArrayList<>();

    /** A region, or like objects one behind the other, or like untypeds of which nothing was made. */
    private record Row(MachineState.@Nullable Area area, List<StateObject> objects) {}

    MemoryColumn(MachineState state) {
        List<MachineState.Area> areas = new ArrayList<>(state.regions());
        areas.sort(Comparator.comparingLong(area -> area.start()));
        for (MachineState.Area area : areas) {
            rows.add(new Row(area, List.of()));
            List<StateObject> run = new ArrayList<>();
            for (StateObject object : state.objects()) {
                if (object.within() == null && isIn(area, object)) {
                    if (!run.isEmpty() && !isAlike(run.get(run.size() - 1), object)) {
                        rows.add(new Row(null, List.copyOf(run)));
                        run.clear();
                    }
                    run.add(object);
                }
            }
            if (!run.isEmpty()) {
                rows.add(new Row(null, List.copyOf(run)));
            }
        }
    }

    private static boolean isIn(MachineState.Area area, StateObject object) {
        return object.address() >= area.start() && object.address() - area.start() < area.bytes();
    }

    private static boolean isAlike(StateObject one, StateObject next) {
        boolean whole =
                Long.valueOf(0).equals(one.watermark()) && Long.valueOf(0).equals(next.watermark());
        return one.kind().equals(next.kind())
                && one.slots() == null
                && (one.isUntyped() ? whole : one.sizeBits() == next.sizeBits() && one.end() == next.address());
    }

    int height() {
        return rows.size() * SvgText.ROW;
    }

    void draw(SvgText svg, int x, int top) {
        int y = top;
        for (Row row : rows) {
            MachineState.Area area = row.area;
            if (area != null) {
                svg.text("mono end", x + ADDRESS, y + HEIGHT, hex(area.start()));
                svg.text(
                        "",
                        x + BAR,
                        y + HEIGHT,
                        area.name() + " · " + area.kind().replace('_', ' ') + " · " + bytes(area.bytes()));
                svg.path("frame-line", "M" + x + " " + y + ".5H" + (x + WIDTH));
            } else {
                draw(svg, x, y, row.objects);
            }
            y += SvgText.ROW;
        }
    }

    private static void draw(SvgText svg, int x, int y, List<StateObject> run) {
        StateObject first = run.get(0);
        int most = run.stream().mapToInt(StateObject::sizeBits).max().orElse(0);
        int least = run.stream().mapToInt(StateObject::sizeBits).min().orElse(0);
        int width = Math.max(LEAST, (Math.min(most, 44) - 3) * PER_BIT);
        svg.text("mono end", x + ADDRESS, y + HEIGHT, hex(first.address()));
        svg.rect(Palette.of(first).name(), x + BAR, y + 3, width, HEIGHT, 3);
        Long watermark = first.watermark();
        if (watermark != null && watermark > 0) {
            int given = (int) Math.max(2, Math.round((double) watermark / (1L << first.sizeBits()) * width));
            svg.rect("given", x + BAR, y + HEIGHT + 3 - WATERMARK, given, WATERMARK, 2);
        }
        String size = least == most ? SizeWords.text(most) : SizeWords.text(least) + " to " + SizeWords.text(most);
        String what = run.size() == 1 ? first.kind() : run.size() + " x " + first.kind();
        String given = watermark == null || watermark == 0
                ? ""
                : watermark == 1L << first.sizeBits()
                        ? ", all given away"
                        : ", given away up to " + hex(first.address() + watermark);
        svg.text("", x + BAR + width + 8, y + HEIGHT, what + ", " + size + given);
    }

    /** Sizes of regions are any numbers. */
    private static String bytes(long bytes) {
        int shift = Math.min(40, (Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, bytes))) / 10 * 10);
        long whole = bytes >>> shift;
        boolean exact = whole << shift == bytes;
        return (exact ? "" : "~") + whole + " " + SizeWords.text(shift).substring(2);
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
