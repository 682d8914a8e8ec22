package org.allocman.check.museum;

import java.util.List;
import org.allocman.untyped.SlotRuns;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;

/** Where a manager is to live. */
record Home(Kernel kernel, Memory memory, long pool, SlotRuns slots, List<Root> roots) {
    private static final long SMALL_STATE = 0x2000;
    private static final long TREES = 0x4000;

    long trees() {
        return pool + TREES;
    }

    long small() {
        return pool + SMALL_STATE;
    }
}
