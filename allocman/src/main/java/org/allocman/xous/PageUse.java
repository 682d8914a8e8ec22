package org.allocman.xous;

/** What a page is made into. */
public enum PageUse {
    /** Memory to be mapped. */
    FRAME,
    /** A page table below the root. */
    TABLE,
    /** The root of an address space. */
    SPACE
}
