package org.allocman.cli.frame;

/** The exit codes. */
public final class Exit {
    /** All is well. */
    public static final int GOOD = 0;
    /** The run was carried out and found something wrong. */
    public static final int FOUND_WRONG = 1;
    /** The arguments or the files they name cannot be used. */
    public static final int BAD_INPUT = 2;
    /** A limit ended the run before it had seen all that was asked for; nothing wrong was found until then. */
    public static final int ENDED_EARLY = 3;
    /** An error in the program itself: {@code EX_SOFTWARE} of sysexits.h. */
    public static final int INTERNAL = 70;

    private Exit() {}
}
