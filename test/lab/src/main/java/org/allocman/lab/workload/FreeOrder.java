package org.allocman.lab.workload;

/** In which order what is live is freed. */
public enum FreeOrder {
    /** At random, by the work's own sequence. */
    RANDOM,
    /** What has been live longest first. */
    OLDEST_FIRST,
    /** What was made last first. */
    YOUNGEST_FIRST
}
