package org.allocman.uvisor.block;

/** Where the memory of blocks comes from. A pool asks before it uses a block and gives back what it has no use for. */
public interface BlockSource {
    /** All memory is there from the start. */
    BlockSource ALWAYS_THERE = new BlockSource() {
        @Override
        public boolean obtain(int block) {
            return true;
        }

        @Override
        public void giveBack(int block) {}
    };

    /**
     * Gets the memory of a block.
     *
     * @param block its number; nobody uses it
     * @return false, with nothing changed, if somebody else has it
     */
    boolean obtain(int block);

    /**
     * Gives the memory of a block back, all zero. If a kernel beneath does not let go of it, it stays the source's until the
     * block is obtained again or {@link #settle}d.
     *
     * @param block its number; it has been obtained
     */
    void giveBack(int block);

    /**
     * Gives memory back that stayed the source's, if there is any and the kernel lets go of it now.
     *
     * @param block its number; nobody uses it
     */
    default void settle(int block) {}
}
