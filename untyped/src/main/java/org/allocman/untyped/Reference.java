package org.allocman.untyped;

/** How records refer to each other: by addresses divided by 16, which fit into 32 bits below 2^36. */
final class Reference {
    private static final int SHIFT = 4;

    private Reference() {}

    static long to(long address) {
        return address >>> SHIFT;
    }

    static long target(long reference) {
        return reference << SHIFT;
    }
}
