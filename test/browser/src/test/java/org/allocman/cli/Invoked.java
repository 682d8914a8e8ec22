package org.allocman.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.allocman.cli.frame.Console;

/** The command, run within this JVM; here, because only its package may. */
public final class Invoked {
    private Invoked() {}

    /**
     * Runs the command.
     *
     * @param arguments what a user would type
     * @return the exit code, a line break, and all messages
     */
    public static String with(String... arguments) {
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false, false);
        int code = Commands.run(console, arguments);
        console.err().flush();
        return code + "\n" + err;
    }
}
