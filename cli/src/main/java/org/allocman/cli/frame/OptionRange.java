package org.allocman.cli.frame;

/** Numbers that an option takes. */
public final class OptionRange {
    private OptionRange() {}

    /**
     * Refuses a number that is out of range.
     *
     * @param option its name, for instance {@code --steps}
     * @param value what the user typed
     * @param least the least number that it takes
     * @param most the greatest
     * @throws BadInputException if the number is less or greater
     */
    public static void check(String option, long value, long least, long most) throws BadInputException {
        if (value < least || value > most) {
            throw new BadInputException(option + " takes a number from " + least + " to " + most + ", not " + value);
        }
    }
}
