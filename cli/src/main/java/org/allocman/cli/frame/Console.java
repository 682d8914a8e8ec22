package org.allocman.cli.frame;

import java.io.PrintWriter;
import org.checkerframework.checker.mustcall.qual.NotOwning;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/**
 * Where a command prints.
 *
 * @param out for what was asked
 * @param err for messages about the run
 * @param colour whether {@code out} may have colours
 * @param terminal whether {@code err} is a terminal on which progress may be drawn
 */
public record Console(@NotOwning PrintWriter out, @NotOwning PrintWriter err, boolean colour, boolean terminal) {
    /**
     * The console of this process. The launcher says in system properties which streams are terminals.
     *
     * @return one that writes to standard output and standard error
     */
    public static Console system() {
        String noColour = System.getenv("NO_COLOR");
        boolean wanted = (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        boolean terminal = Boolean.getBoolean("allocman.terminal.out");
        return new Console(
                new PrintWriter(System.out, terminal),
                new PrintWriter(System.err, true),
                wanted && terminal,
                Boolean.getBoolean("allocman.terminal.err"));
    }

    /**
     * The colours of help and error texts.
     *
     * @return picocli's usual ones, or none
     */
    public ColorScheme colours() {
        return CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF);
    }

    /**
     * A text in bold, if colours are wanted.
     *
     * @param text what to print
     * @return the text, perhaps with escape sequences around it
     */
    public String bold(String text) {
        return styled("1", text);
    }

    /**
     * A text in red for what is wrong, if colours are wanted.
     *
     * @param text what to print
     * @return the text, perhaps with escape sequences around it
     */
    public String wrong(String text) {
        return styled("31", text);
    }

    /**
     * A text in green for what is right, if colours are wanted.
     *
     * @param text what to print
     * @return the text, perhaps with escape sequences around it
     */
    public String right(String text) {
        return styled("32", text);
    }

    /**
     * Progress of something that may take long; it is drawn only if it does, and only on a terminal.
     *
     * @param task what is being done, in a word or two
     * @return the progress, to be closed at the end
     */
    public Progress progress(String task) {
        return terminal ? new TerminalProgress(task) : Progress.NONE;
    }

    private String styled(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
