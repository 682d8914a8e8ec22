package org.allocman.xous.process;

/** The flags of Xous' calls on memory (Xous, {@code xous-rs/src/definitions/memoryflags.rs}). */
public final class Flags {
    /** The addresses are set aside; pages come at first touch. */
    public static final int RESERVE = 1;

    /** The process may read. */
    public static final int READ = 2;

    /** The process may write. */
    public static final int WRITE = 4;

    /** The process may execute. */
    public static final int EXECUTE = 8;

    /** Memory that a device sees: pages in a row, there at once. */
    public static final int DEVICE = 0x10;

    /** An address in the swapped part. */
    public static final int VIRTUAL = 0x20;

    /** All that a process may ask for. */
    static final int ALL = 0x3f;

    /** Those that say what may be done. */
    static final int ACCESS = READ | WRITE | EXECUTE;

    private Flags() {}
}
