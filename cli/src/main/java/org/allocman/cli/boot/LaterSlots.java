package org.allocman.cli.boot;

import org.allocman.lab.machine.BootSizes;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;

/** For how many slots a static pool is to have bitmaps, if the manager has no other pool in which they could be made later. */
final class LaterSlots {
    // an object of the work takes more than that on average, so that no board has room for more
    private static final long BYTES_OF_OBJECT = 1024;

    private LaterSlots() {}

    /** The pools with bitmaps for a slot for each object, or for as many as the board has room for. */
    static Pools with(Pools pools, Board board, BootSizes sizes, int objects) {
        if (!pools.isAuto() || pools.manager().canFree() || pools.cspace().levels() != 2) {
            return pools;
        }
        long count = Math.min(objects, board.largestRam().size() / BYTES_OF_OBJECT);
        // each turn halves a number below 2^31
        while (count > 0 && !boots(pools.withLaterSlots(count), board, sizes)) {
            count /= 2;
        }
        return pools.withLaterSlots(count);
    }

    private static boolean boots(Pools pools, Board board, BootSizes sizes) {
        try {
            ManagedMachine.boot(board, pools, sizes);
            return true;
        } catch (BootFailure tooLarge) {
            return false;
        }
    }
}
