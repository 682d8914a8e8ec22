package org.allocman.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.allocman.cli.frame.Console;
import picocli.CommandLine;

/**
 * The command, run in this process.
 *
 * @param code the exit code
 * @param out what it printed
 * @param err its messages
 */
public record InProcess(int code, String out, String err) {
    /**
     * Runs it.
     *
     * @param arguments what a user would type
     * @return how it ended
     */
    public static InProcess run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Commands.run(console(out, err), arguments);
        return new InProcess(code, out.toString(), err.toString());
    }

    /**
     * What the command knows of itself.
     *
     * @return commands and options
     */
    public static CommandLine commandLine() {
        return Commands.commandLine(console(new StringWriter(), new StringWriter()));
    }

    private static Console console(StringWriter out, StringWriter err) {
        return new Console(new PrintWriter(out, true), new PrintWriter(err, true), false, false);
    }
}
