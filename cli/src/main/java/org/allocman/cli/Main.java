package org.allocman.cli;

import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Interruption;

/** Where the JVM starts. */
public final class Main {
    private Main() {}

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param arguments what the user typed
     */
    public static void main(String[] arguments) {
        Console console = Console.system();
        int code = Commands.run(console, arguments);
        console.out().flush();
        console.err().flush();
        Interruption.end(code);
    }
}
