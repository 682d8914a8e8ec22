package org.allocman.untyped;

/** The kinds of memory an untyped can be. They never mix. */
public enum MemoryKind {
    /** Normal memory, which the kernel zeroes and may build its objects in. */
    KERNEL("memory"),
    /** Device registers; frames and untypeds only. */
    DEVICE("device memory"),
    /** RAM that the kernel was told is a device; frames and untypeds only, and nobody zeroes it. */
    DEVICE_RAM("device RAM");

    private final String text;

    MemoryKind(String text) {
        this.text = text;
    }

    /**
     * The name to show.
     *
     * @return for instance {@code device RAM}
     */
    public String text() {
        return text;
    }
}
