package org.allocman.cli.frame;

import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** How wide what is printed may be. */
public final class WidthOption {
    private static final int LEAST = 40;
    private static final int MOST = 1000;
    private static final int USUAL = 80;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "How many columns to take, 40 to 1000. Default: as many as the terminal has, else 80.")
    private @Nullable Integer asked;

    /** Makes the option; picocli fills it. */
    public WidthOption() {}

    /**
     * What the user asked for, or what the terminal has.
     *
     * @return columns
     * @throws BadInputException if what was asked for is out of range
     */
    public int columns() throws BadInputException {
        return columns(MOST);
    }

    /**
     * What the user asked for, or what the terminal has if that is not too wide.
     *
     * @param widest the most columns to take of a terminal
     * @return columns
     * @throws BadInputException if what was asked for is out of range
     */
    public int columns(int widest) throws BadInputException {
        Integer columns = asked;
        if (columns != null) {
            OptionRange.check("--width", columns, LEAST, MOST);
            return columns;
        }
        String terminal = System.getenv("COLUMNS");
        return terminal != null && terminal.matches("[0-9]{2,3}")
                ? Math.max(LEAST, Math.min(widest, Integer.parseInt(terminal)))
                : USUAL;
    }
}
