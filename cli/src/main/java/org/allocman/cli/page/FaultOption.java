package org.allocman.cli.page;

import org.allocman.cli.frame.BadInputException;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** {@code --fail} of a run, counted from its beginning; to be mixed in. */
public final class FaultOption {
    /** Its name. */
    static final String NAME = "--fail";

    @Option(
            names = NAME,
            paramLabel = "N",
            description = "Make the N-th invocation fail, and see what the manager does.")
    private @Nullable Long fail;

    /** Makes the option. */
    public FaultOption() {}

    /**
     * Which invocation is to fail.
     *
     * @return its number, 1 being the first; 0 for none
     * @throws BadInputException if it is not positive
     */
    public long invocation() throws BadInputException {
        return number(fail);
    }

    /** What was asked for as a number; 0 if nothing was. */
    static long number(@Nullable Long asked) throws BadInputException {
        if (asked == null) {
            return 0;
        }
        if (asked < 1) {
            throw new BadInputException("--fail takes the number of an invocation, 1 or more, not " + asked);
        }
        return asked;
    }
}
