package org.allocman.xous;

import java.util.List;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Memory;

/** Memory for books without a machine, with nodes from a bitmap of its own. */
final class TablesMemory {
    private static final long NODES = 1L << 32;
    private static final long LIST = 1L << 33;
    private static final int NODE = 1024;
    private static final int MOST = 4096;

    private final PhysicalMemory memory;
    private final int limit;

    /** Memory with at most so many nodes. */
    TablesMemory(int limit) {
        this.limit = limit;
        this.memory = new PhysicalMemory(List.of(
                new PhysicalMemory.Extent(0, NODES - 1),
                new PhysicalMemory.Extent(NODES, NODES + (long) MOST * NODE - 1),
                new PhysicalMemory.Extent(LIST, LIST + 8L * MOST - 1)));
    }

    PhysicalMemory physical() {
        return memory;
    }

    Memory words() {
        return memory.words();
    }

    NodeStore nodes() {
        return new NodeStore() {
            @Override
            public long take() {
                for (int i = 0; i < limit; i++) {
                    if (words().load64(LIST + 8L * i, 0) == 0) {
                        words().store64(LIST + 8L * i, 0, 1);
                        return NODES + (long) i * NODE;
                    }
                }
                return 0;
            }

            @Override
            public void giveBack(long node) {
                for (int offset = 0; offset < SparseMap.NODE_BYTES; offset += 8) {
                    if (words().load64(node, offset) != 0) {
                        throw new AssertionError("a node given back is all zero");
                    }
                }
                words().store64(LIST + (node - NODES) / NODE * 8, 0, 0);
            }
        };
    }
}
