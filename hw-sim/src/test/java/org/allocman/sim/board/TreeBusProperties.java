package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;

/**
 * Random towers of buses with a device below, beside a model that knows nothing of pieces: each address goes up by itself,
 * through the first range that holds it, and is lost where none does.
 */
class TreeBusProperties {
    /** One unit of the model in bytes; windows and devices are whole units, so that few addresses say all. */
    private static final int UNIT = 0x1000;

    private static final int UNITS = 24;

    private record Range(int child, int parent, int units) {}

    /** A bus; null for one that lets everything through as it is. */
    private static List<List<Range>> tower(Random random) {
        List<List<Range>> buses = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            List<Range> ranges = new ArrayList<>();
            for (int j = random.nextInt(4); j > 0; j--) {
                ranges.add(new Range(random.nextInt(UNITS), random.nextInt(UNITS), random.nextInt(UNITS)));
            }
            buses.add(ranges);
        }
        return buses;
    }

    private static TreeFile open(Architecture architecture, List<List<Range>> buses) {
        TreeFile file = new TreeFile()
                .begin("")
                .cells("#address-cells", 1)
                .cells("#size-cells", 1)
                .begin("cpus")
                .begin("cpu@0")
                .strings("compatible", architecture == Architecture.AARCH32 ? "arm,cortex-a15" : "arm,cortex-a53")
                .end()
                .end()
                .memory("memory", 0x4000_0000, 0x1000_0000);
        for (List<Range> ranges : buses) {
            int[] cells = new int[3 * ranges.size()];
            for (int i = 0; i < ranges.size(); i++) {
                cells[3 * i] = ranges.get(i).child * UNIT;
                cells[3 * i + 1] = ranges.get(i).parent * UNIT;
                cells[3 * i + 2] = ranges.get(i).units * UNIT;
            }
            file.begin("bus").cells("#address-cells", 1).cells("#size-cells", 1).cells("ranges", cells);
        }
        return file;
    }

    /** What the processor sees of a unit below all buses, the outermost being the first; -1 for nothing. */
    private static int seen(List<List<Range>> buses, int unit) {
        int at = unit;
        for (int bus = buses.size() - 1; bus >= 0 && at >= 0; bus--) {
            int above = buses.get(bus).isEmpty() ? at : -1;
            for (Range range : buses.get(bus)) {
                if (above < 0 && range.child <= at && at < range.child + range.units) {
                    above = at - range.child + range.parent;
                }
            }
            at = above;
        }
        return at;
    }

    @Property(tries = 400)
    void aDeviceIsWhereEveryBusOnTheWayLetsItThrough(@ForAll long seed) throws BoardFormatException {
        Random random = new Random(seed);
        Architecture architecture = random.nextBoolean() ? Architecture.AARCH32 : Architecture.AARCH64;
        List<List<Range>> buses = tower(random);
        int start = random.nextInt(UNITS);
        int units = 1 + random.nextInt(UNITS);
        TreeFile file = open(architecture, buses).device("device", start * UNIT, units * UNIT);
        for (int i = 0; i < buses.size(); i++) {
            file.end();
        }
        Board board = BoardFile.read("f", file.bytes(), null);
        SortedSet<Integer> expected = new TreeSet<>();
        for (int unit = start; unit < start + units; unit++) {
            int at = seen(buses, unit);
            if (at >= 0) {
                expected.add(at);
            }
        }
        SortedSet<Integer> found = new TreeSet<>();
        for (Region region : board.regions(Kind.DEVICE)) {
            for (long at = region.start(); at < region.end(); at += UNIT) {
                found.add((int) (at / UNIT));
            }
        }
        assertEquals(expected, found, () -> buses + ", device of " + units + " at " + start);
    }

    @Property(tries = 200)
    void noEndIsRefusedAndAllThatCanBeAddressedIsThere(@ForAll long seed) throws BoardFormatException {
        Random random = new Random(seed);
        boolean isNarrow = random.nextBoolean();
        long[] odd = {0, 1, 0xffff_f000L, 1L << 32, (1L << 52) - 4096, 1L << 52, 1L << 63, -4096, -1};
        long start = odd[random.nextInt(odd.length)];
        long size = Math.max(1, odd[random.nextInt(odd.length)]) + random.nextInt(3) - 1;
        TreeFile file = TreeFile.arm64().memory("memory", 0, 0x4000_0000, 0, 0x1000_0000);
        int[] reg = {(int) (start >>> 32), (int) start, (int) (size >>> 32), (int) size};
        if (random.nextBoolean()) {
            file.begin("reserved-memory")
                    .cells("#address-cells", 2)
                    .cells("#size-cells", 2)
                    .cells("ranges");
            file.begin("kept").cells("no-map").cells("reg", reg).end().end();
        } else {
            file.device("thing", reg);
        }
        Board board;
        try {
            board = BoardFile.read("f", file.bytes(), isNarrow ? Architecture.AARCH32 : Architecture.AARCH64);
        } catch (BoardFormatException allReserved) {
            assertEquals(true, String.valueOf(allReserved.getMessage()).contains("no RAM"), allReserved.getMessage());
            return;
        }
        long top = isNarrow ? 1L << 32 : 1L << 52;
        long last = Long.compareUnsigned(start + size - 1, start) < 0 ? -1 : start + size - 1;
        for (long probe : new long[] {0, 0x1000, 0x4000_0000L, 0x5000_0000L, 0xffff_ffffL, 1L << 40, top - 1}) {
            boolean isIn = size != 0
                    && Long.compareUnsigned(probe, start) >= 0
                    && Long.compareUnsigned(probe, last) <= 0
                    && probe < top;
            boolean isRam = probe >= 0x4000_0000L && probe < 0x5000_0000L;
            boolean isThere =
                    board.regions().stream().anyMatch(region -> region.start() <= probe && probe < region.end());
            assertEquals(
                    isIn || isRam,
                    isThere,
                    () -> Long.toHexString(probe) + " with " + Long.toHexString(start) + "+" + Long.toHexString(size));
        }
    }
}
