package org.allocman.xous.process;

import org.allocman.manager.Allocman;
import org.allocman.xous.NodeStore;
import org.allocman.xous.SparseMap;

/**
 * Nodes from a manager's pools.
 *
 * @param allocman the manager
 */
public record PoolNodes(Allocman allocman) implements NodeStore {
    @Override
    public long take() {
        return Math.max(0, allocman.memory().allocate(SparseMap.NODE_BYTES));
    }

    @Override
    public void giveBack(long node) {
        allocman.memory().free(node, SparseMap.NODE_BYTES);
    }
}
