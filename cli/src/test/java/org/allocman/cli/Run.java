package org.allocman.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.allocman.cli.frame.Console;

/**
 * A run of the command.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err its messages
 */
record Run(int code, String out, String err) {
    static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), false, false);
        int code = Commands.run(console, arguments);
        console.out().flush();
        console.err().flush();
        return new Run(code, out.toString(), err.toString());
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    String lastLine() {
        List<String> lines = outLines();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    boolean showsAStackTrace() {
        return (out + err).contains("\tat ");
    }
}
