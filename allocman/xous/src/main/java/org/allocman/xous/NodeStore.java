package org.allocman.xous;

import org.allocman.qual.VirtAddr;

/** Where {@link SparseMap} has its nodes: memory of {@link SparseMap#NODE_BYTES} bytes, all zero. */
public interface NodeStore {
    /** No node at all, for tables that take none. */
    NodeStore NONE = new NodeStore() {
        @Override
        public long take() {
            return 0;
        }

        @Override
        public void giveBack(long node) {
            // none was taken
        }
    };

    /**
     * Takes a node.
     *
     * @return its address, a multiple of 8, the node in one page; 0 if there is none
     */
    @VirtAddr
    long take();

    /**
     * Gives a node back; it is all zero.
     *
     * @param node what {@link #take} answered
     */
    void giveBack(@VirtAddr long node);
}
