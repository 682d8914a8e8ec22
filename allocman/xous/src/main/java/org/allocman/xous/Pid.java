package org.allocman.xous;

/** Process numbers: a byte in the tables. */
public final class Pid {
    /** Nobody. */
    public static final int FREE = 0;

    /** The kernel. */
    public static final int KERNEL = 1;

    /** The first process after the kernel. */
    public static final int FIRST = 2;

    /** The greatest process number on real hardware (Xous, {@code kernel/src/arch/riscv/process.rs}). */
    public static final int LAST = 64;

    /** The greatest number that a table can hold. */
    public static final int MOST = 255;

    private Pid() {}
}
