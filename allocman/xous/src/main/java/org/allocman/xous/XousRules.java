package org.allocman.xous;

/** Which kernel's rules hold where those of Xous have changed: what a process may see twice, and how ranges are checked. */
public enum XousRules {
    /** Those of xous-core 73c0946, of February 2026: a process may see twice whatever it has. */
    COMMIT_73C0946("73c0946"),
    /**
     * Those since pull request 980 of xous-core, of September 2026: a process may see a page of a device twice, but one of RAM
     * once; what is mapped cannot be set aside again; a range to unmap that is not all the caller's to use is refused whole.
     */
    PULL_980("980");

    private final String text;

    XousRules(String text) {
        this.text = text;
    }

    /**
     * Whether who has a page may claim it again, and so see it at a second place.
     *
     * @param isRam whether it is a page of RAM
     * @return true if it may
     */
    public boolean allowSecondClaim(boolean isRam) {
        return this == COMMIT_73C0946 || !isRam;
    }

    /**
     * Whether a range of addresses is looked at as a whole, and what is in it, before anything is done.
     *
     * @return false if each page is looked at by itself
     */
    public boolean checkWholeRanges() {
        return this == PULL_980;
    }

    /**
     * What they are called.
     *
     * @return the commit or the number of the pull request
     */
    public String text() {
        return text;
    }
}
