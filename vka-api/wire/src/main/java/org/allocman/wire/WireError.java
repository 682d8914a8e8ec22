package org.allocman.wire;

/**
 * Errors that are neither the kernel's nor an allocator's: the other end could not or would not carry a request out. Errors 1 to
 * 10 are seL4's, errors from {@link #FIRST_OF_VKA} on are the {@link org.allocman.vka.VkaError.Reason reasons of an allocator} in
 * their order.
 */
public enum WireError {
    /** 200: the line makes no sense: unknown words, names or numbers. Nothing was done. */
    MISTAKE("Mistake"),
    /** 201: a load or store that the machine refuses; values: the reason, the address. */
    MEMORY_FAULT("MemoryFault"),
    /** 202: the line is longer than is allowed. It was passed over. */
    LINE_TOO_LONG("LineTooLong"),
    /** 203: the machine has grown beyond what is allowed, and was given up; {@code boot} makes a new one. */
    OUT_OF_LIMITS("OutOfLimits"),
    /** 204: there is nothing to undo or do again, or the checkpoint is gone. */
    NOTHING_TO_UNDO("NothingToUndo"),
    /** 205: no such machine can be booted; the remark says why. */
    NO_MACHINE("NoMachine"),
    /** 206: the connection ends: its time is up, or there are too many. */
    CLOSING("Closing"),
    /** 207: this end does not have the request. */
    UNSUPPORTED("Unsupported"),
    /** 208: an error in the other end itself; the machine was given up. */
    INTERNAL("Internal");

    /** The number of an allocator's first reason. */
    public static final int FIRST_OF_VKA = 100;

    private static final int FIRST = 200;

    private final String text;

    WireError(String text) {
        this.text = text;
    }

    /**
     * Its number in an answer.
     *
     * @return 200 or more
     */
    public int number() {
        return FIRST + ordinal();
    }

    /**
     * Its name in an answer.
     *
     * @return for instance {@code MemoryFault}
     */
    public String text() {
        return text;
    }
}
