package org.allocman.cli.play;

import java.util.List;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.TextTable;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Prints what came of lines, and compares it with what was expected. */
final class PlayOutput {
    private static final String INDENT = "      ";
    private static final String TYPED_INDENT = "  ";

    private final Console console;
    private final @Nullable String source;
    private final int width;
    private final boolean isQuiet;
    private int number;
    private int wrong;

    /**
     * Output of a script, or for whoever types.
     *
     * @param console where to
     * @param source the script's name; null if lines are typed
     * @param width columns of pictures
     * @param isQuiet whether to print no more than what is wrong
     */
    PlayOutput(Console console, @Nullable String source, int width, boolean isQuiet) {
        this.console = console;
        this.source = source;
        this.width = width;
        this.isQuiet = isQuiet;
    }

    /** Another line begins. */
    void next() {
        number++;
    }

    /** Whether somebody types the lines. */
    boolean isTyped() {
        return source == null;
    }

    /** How many lines have begun. */
    int number() {
        return number;
    }

    /** Where the line is that was begun last. */
    String place() {
        return source == null ? "" : source + ": line " + number + ": ";
    }

    /** How many lines came to something else than they had to. */
    int wrong() {
        return wrong;
    }

    /** Tells what came of a line. */
    void answered(PlayLine line, Answer answer, boolean isRight) {
        String expected = line.expected();
        wrong += isRight ? 0 : 1;
        String mark = isRight ? "" : console.wrong(expected == null ? "  WRONG" : "  WRONG, not " + expected);
        if (source == null) {
            console.out().println(TYPED_INDENT + answer.text() + mark);
            return;
        }
        if (!isQuiet) {
            console.out().println(String.format("%4d  %-40s %s", number, line.text(), answer.text()) + mark);
        }
        if (!isRight) {
            console.err()
                    .println("allocman: " + place() + line.text() + " came to " + answer.text()
                            + (expected == null ? "" : ", not " + expected));
        }
    }

    /** Tells more of a line. */
    void detail(String text) {
        if (!isQuiet) {
            console.out().println((source == null ? TYPED_INDENT : INDENT) + text);
        }
    }

    /** Tells of something that is wrong, however quiet it is to be. */
    void broken(String law) {
        if (source == null) {
            console.out().println(TYPED_INDENT + console.wrong(law));
        } else {
            console.err().println("allocman: " + place() + law);
        }
    }

    /** Tells who types of a line that is none. */
    void mistake(String problem) {
        console.out().println(TYPED_INDENT + console.wrong(problem));
    }

    /** Tells something about the run. */
    void note(String text) {
        console.err().println("allocman: note: " + place() + text);
    }

    void draw(PlayedSystem system) {
        if (!isQuiet) {
            system.draw(console, width);
        }
    }

    void help(List<CallWord> words) {
        TextTable table = new TextTable("", "");
        words.forEach(word -> table.row(word.form(), word.meaning()));
        table.print(console, source == null ? TYPED_INDENT : INDENT);
    }
}
