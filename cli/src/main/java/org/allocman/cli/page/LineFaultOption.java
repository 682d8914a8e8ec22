package org.allocman.cli.page;

import org.allocman.cli.frame.BadInputException;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** {@code --fail} of lines, counted from the first one, whatever it took to start the system; to be mixed in. */
public final class LineFaultOption {
    @Option(
            names = FaultOption.NAME,
            paramLabel = "N",
            description = "Make the N-th invocation fail, and see what comes of its line. 1 is the first that a line"
                    + " makes; what starts the system does not count.")
    private @Nullable Long fail;

    /** Makes the option. */
    public LineFaultOption() {}

    /**
     * Which invocation is to fail.
     *
     * @return its number, 1 being the first of the lines; 0 for none
     * @throws BadInputException if it is not positive
     */
    public long invocation() throws BadInputException {
        return FaultOption.number(fail);
    }
}
