package org.allocman.lab.machine;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.uvisor.AddressRange;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.vka.BootInfo;
import org.allocman.vka.Untyped;

/** Memory without gaps: what of a board's RAM is to be had in one piece. */
final class Stretches {
    private Stretches() {}

    /** The RAM of a board; regions that touch are one. */
    static List<AddressRange> ram(Board board) {
        List<AddressRange> all = new ArrayList<>();
        for (Region region : board.regions(Region.Kind.RAM)) {
            add(all, region.start(), region.end());
        }
        return all;
    }

    /** What a kernel handed over, in address order. */
    static List<AddressRange> of(BootInfo bootInfo) {
        List<AddressRange> all = new ArrayList<>();
        for (Untyped untyped : bootInfo.untypeds()) {
            if (!untyped.device()) {
                add(all, untyped.paddr(), untyped.last() + 1);
            }
        }
        return all;
    }

    private static void add(List<AddressRange> all, long start, long end) {
        int last = all.size() - 1;
        if (last >= 0 && all.get(last).end() == start) {
            all.set(last, new AddressRange(all.get(last).start(), end));
        } else {
            all.add(new AddressRange(start, end));
        }
    }

    /** The longest, and of equals the first. */
    static AddressRange longest(List<AddressRange> all) {
        AddressRange best = all.get(0);
        for (AddressRange one : all) {
            best = bytes(one) > bytes(best) ? one : best;
        }
        return best;
    }

    static long bytes(AddressRange range) {
        return range.end() - range.start();
    }

    /** A stretch as memory to make blocks of, within the RAM that it is in. */
    static BlockGeometry.Range within(List<AddressRange> ram, AddressRange stretch) {
        for (AddressRange one : ram) {
            if (one.start() <= stretch.start() && stretch.end() <= one.end()) {
                return new BlockGeometry.Range(one.start(), one.end(), stretch.start(), stretch.end());
            }
        }
        throw new IllegalArgumentException(stretch + " is not in RAM");
    }
}
