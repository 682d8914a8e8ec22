package org.allocman.xous;

/** The forms of the owners' table; their answers are equal. */
public enum TableForm {
    /** A byte for every page. */
    ARRAY,
    /** A look-up among the pages that somebody owns, for boards with many more pages than that. */
    PROGRAMMATIC
}
