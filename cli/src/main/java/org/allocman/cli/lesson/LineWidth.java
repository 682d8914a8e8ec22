package org.allocman.cli.lesson;

import org.allocman.cli.frame.BadInputException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** How long lines of prose are. */
final class LineWidth {
    private static final int LEAST = 40;
    private static final int MOST = 1000;
    private static final int USUAL = 80;
    private static final int WELL_READ = 100;

    private LineWidth() {}

    /** What the user asked for, or what the terminal has, if that is not too wide to be read well. */
    static int of(@Nullable Integer asked) throws BadInputException {
        if (asked != null) {
            if (asked < LEAST || asked > MOST) {
                throw new BadInputException("--width takes a number from " + LEAST + " to " + MOST + ", not " + asked);
            }
            return asked;
        }
        String terminal = System.getenv("COLUMNS");
        return terminal != null && terminal.matches("[0-9]{2,3}")
                ? Math.max(LEAST, Math.min(WELL_READ, Integer.parseInt(terminal)))
                : USUAL;
    }
}
