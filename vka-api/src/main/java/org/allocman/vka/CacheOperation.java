package org.allocman.vka;

/** The cache maintenance invocations that aarch64 and aarch32 have on frames and on the roots of address spaces. */
public enum CacheOperation {
    /** Write dirty lines back. */
    CLEAN,
    /** Drop lines; needs write rights. */
    INVALIDATE,
    /** Write back, then drop. */
    CLEAN_INVALIDATE,
    /** Make instruction and data caches agree. */
    UNIFY
}
