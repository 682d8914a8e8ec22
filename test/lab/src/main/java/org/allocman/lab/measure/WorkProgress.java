package org.allocman.lab.measure;

/** Is told how far a measured work has come. */
@FunctionalInterface
public interface WorkProgress {
    /** Does not want to know. */
    WorkProgress NONE = (done, total) -> {};

    /**
     * Tells how far it has come.
     *
     * @param done how many parts are done
     * @param total how many there are
     */
    void at(long done, long total);
}
