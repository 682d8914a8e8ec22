package org.allocman.cli.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.lines.LineSource;
import org.allocman.cli.machine.LiveMachine;

/** A script of the shell carried out for a command that is not the shell: all its commands, without what they print. */
public final class ScriptRun {
    private ScriptRun() {}

    /**
     * Carries a script out.
     *
     * @param live the machine
     * @param file the script; {@code -} for the standard input
     * @return the machine at the end, another one if the script loads one
     * @throws IOException if the script cannot be read
     * @throws BadInputException if there is no such file, or a line is not carried out
     */
    public static LiveMachine carryOut(LiveMachine live, String file) throws IOException, BadInputException {
        StringWriter printed = new StringWriter();
        try (PrintWriter out = new PrintWriter(printed)) {
            Console unseen = new Console(out, out, false, false);
            Interpreter interpreter = new Interpreter(unseen, live);
            int[] number = {0};
            new LineSource(unseen).read(file, line -> {
                number[0]++;
                printed.getBuffer().setLength(0);
                boolean goesOn = interpreter.take(line);
                out.flush();
                if (interpreter.failures() > 0) {
                    String told = printed.toString().strip();
                    // what is no command has a column in place of the command
                    String what = told.startsWith("column ") ? "" : line.strip() + ": ";
                    throw new BadInputException(file + ": line " + number[0] + ", " + what + told);
                }
                return goesOn;
            });
            return interpreter.live();
        }
    }
}
