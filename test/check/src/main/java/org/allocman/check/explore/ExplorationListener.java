package org.allocman.check.explore;

/** Is told how far an exploration has come, often enough for people to see it move. */
@FunctionalInterface
public interface ExplorationListener {
    /** Listens to nothing. */
    ExplorationListener NONE = (generated, distinct, depth, queue) -> {};

    /**
     * Called now and then.
     *
     * @param generated how many actions were taken to look where they lead
     * @param distinct how many different states were seen
     * @param depth length of the histories that are being made longer
     * @param queue how many states were seen whose actions were not all taken
     */
    void at(long generated, long distinct, int depth, long queue);

    /**
     * Whether the exploration is to end now; asked as often as {@link #at} is called.
     *
     * @return true if whoever wanted it does not want it any more
     */
    default boolean isInterrupted() {
        return false;
    }
}
