package org.allocman.arch.broken;

/** Has the size of a page once more, and constants that only look like it. */
public final class OwnPage {
    static final long PAGE_SIZE = 4096;
    private static final int PAGE_BITS = 12;
    static final int PAGE = 112;
    static final long ROOM = 4096;

    private OwnPage() {}

    /**
     * Looks at the private one.
     *
     * @return it
     */
    public static int bits() {
        return PAGE_BITS;
    }
}
