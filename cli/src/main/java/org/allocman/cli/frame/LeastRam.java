package org.allocman.cli.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.allocman.lab.machine.BootSizes;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.GrowthListener;
import org.allocman.qual.Bytes;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Mirror;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;

/**
 * How much RAM would do on a board that is too small: tried on boards that are like it but for the size of their largest RAM.
 */
public final class LeastRam {
    private static final long UNIT = 1024;
    private static final long MOST = 16L << 20;

    private LeastRam() {}

    /**
     * The end of a message about a board that does not boot: the least RAM with which it boots and has a manager.
     *
     * @param board the board
     * @param pools the manager's pools
     * @param sizes of kernel, root task, root CNode and boot info
     * @return the end of a sentence; nothing if no size up to 16 MiB would do
     */
    public static String toBoot(Board board, ManagedMachine.Pools pools, BootSizes sizes) {
        long least = of(board, larger -> boots(larger, pools, sizes));
        return least == 0
                ? ""
                : "; RAM of " + Figures.size(least) + " is the least for kernel, root task and manager, and there are "
                        + Figures.size(board.largestRam().size()) + " in one piece";
    }

    private static boolean boots(Board board, ManagedMachine.Pools pools, BootSizes sizes) {
        try {
            Machine machine = ManagedMachine.boot(board, pools, sizes);
            // a plan that fits is not enough: the first page of a virtual pool is made as well
            return ManagedMachine.manage(machine, pools, kernel -> kernel, GrowthListener.NONE)
                    .isRight();
        } catch (BootFailure tooSmall) {
            return false;
        }
    }

    /**
     * The least size of the largest RAM with which something holds, found by halving.
     *
     * @param board the board
     * @param holds what is wanted of a board
     * @return bytes, a multiple of 1 KiB; 0 if no size up to 16 MiB would do
     */
    public static @Bytes long of(Board board, Predicate<Board> holds) {
        long low = 0;
        long high = UNIT;
        while (high <= MOST && !fits(board, high, holds)) {
            low = high;
            high *= 2;
        }
        if (high > MOST) {
            return 0;
        }
        while (high - low > UNIT) {
            long middle = (low + high) / 2 / UNIT * UNIT;
            if (fits(board, middle, holds)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static boolean fits(Board board, long bytes, Predicate<Board> holds) {
        Region largest = board.largestRam();
        List<Region> regions = new ArrayList<>();
        for (Region region : board.regions()) {
            boolean isApart = region.end() <= largest.start() || region.start() >= largest.start() + bytes;
            if (region.equals(largest)) {
                regions.add(new Region(region.name(), region.kind(), region.start(), bytes));
            } else if (isApart) {
                regions.add(region);
            } else if (region.kind() == Region.Kind.RAM) {
                return false;
            }
        }
        return largest.start() + bytes <= Region.ADDRESS_LIMIT
                && holds.test(new Board(board.name(), board.architecture(), regions, mirrors(board, largest, bytes)));
    }

    /** Mirrors of the RAM show as much of it as there is. */
    private static List<Mirror> mirrors(Board board, Region largest, long bytes) {
        List<Mirror> mirrors = new ArrayList<>();
        for (Mirror mirror : board.mirrors()) {
            boolean isOfRam = mirror.original() >= largest.start() && mirror.original() < largest.end();
            long size = isOfRam ? Math.min(mirror.size(), largest.start() + bytes - mirror.original()) : mirror.size();
            if (size > 0) {
                mirrors.add(new Mirror(mirror.start(), mirror.original(), size));
            }
        }
        return mirrors;
    }
}
