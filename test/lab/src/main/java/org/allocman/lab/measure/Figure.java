package org.allocman.lab.measure;

/** What is measured. */
public enum Figure {
    /** Retypes for each object made, those that make untypeds included. */
    RETYPES_PER_ALLOCATION("retypesPerAllocation", "retypes per allocation"),
    /** Revokes for each object freed, those that give blocks back included. */
    REVOKES_PER_FREE("revokesPerFree", "revokes per free"),
    /** Invocations of all kinds for one allocation and one free. */
    INVOCATIONS_PER_PAIR("invocationsPerPair", "invocations per pair"),
    /** Invocations of all kinds for a whole bootstrap. */
    INVOCATIONS_PER_BOOTSTRAP("invocationsPerBootstrap", "invocations"),
    /** Words that a bootstrap writes to memory, its own and the kernel's, for each untyped it takes over. */
    WORDS_WRITTEN_PER_UNTYPED("wordsWrittenPerUntyped", "words written per untyped"),
    /** Capability slots for each live object. */
    SLOTS_PER_OBJECT("slotsPerObject", "slots per object"),
    /** Book-keeping for each live object: pages of records, and the bits of its slots. */
    BYTES_PER_OBJECT("bytesPerObject", "bytes per object"),
    /** Bytes that the kernel sets to zero, before memory is used again, for one allocation and one free. */
    ZEROED_BYTES_PER_PAIR("zeroedBytesPerPair", "bytes zeroed per pair"),
    /** Bytes on the host's heap for each operation. */
    GARBAGE_BYTES_PER_OPERATION("garbageBytesPerOperation", "garbage per op, bytes"),
    /** Processor time for each operation on the machine this runs on, the counting included. */
    NANOS_PER_OPERATION("nanosPerOperation", "ns per op");

    private final String key;
    private final String text;

    Figure(String key, String text) {
        this.key = key;
        this.text = text;
    }

    /**
     * The name for programs.
     *
     * @return for instance {@code slotsPerObject}
     */
    public String key() {
        return key;
    }

    /**
     * The name to show.
     *
     * @return for instance {@code slots per object}
     */
    public String text() {
        return text;
    }
}
