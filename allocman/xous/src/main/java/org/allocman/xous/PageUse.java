package org.allocman.xous;

/** What a page is made into. */
public enum PageUse {
    /** Memory to be mapped. */
    FRAME,
    /** A page table of the lowest level, or of any level where all are alike. */
    TABLE,
    /** The root of an address space. */
    SPACE,
    /** A page directory, where that is a kind of its own. */
    DIRECTORY,
    /** A table of page directories, where that is a kind of its own. */
    UPPER
}
