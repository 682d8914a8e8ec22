package org.allocman.cli.boot;

import java.io.PrintWriter;
import org.allocman.cli.frame.Console;
import org.allocman.vka.KernelError;

/** Prints the run as it happens: numbered chapters, sentences, and the invocations under them. */
final class Narration {
    private static final int OPERATION_WIDTH = 7;

    private final Console console;
    private final PrintWriter out;
    private final boolean quiet;
    private int chapters;
    private int steps;

    Narration(Console console, boolean quiet) {
        this.console = console;
        this.out = console.out();
        this.quiet = quiet;
    }

    void chapter(String title) {
        if (!quiet) {
            chapters++;
            out.println();
            out.println(console.bold(chapters + ". " + title));
            out.flush();
        }
    }

    void say(String sentence) {
        if (!quiet) {
            out.println("   " + sentence);
        }
    }

    void good(String sentence) {
        say(console.right(sentence));
    }

    void wrong(String sentence) {
        say(console.wrong(sentence));
    }

    /** An invocation: what it is to do, what it takes it from, what the kernel answered. */
    void step(String operation, KernelError error, String what, String from) {
        if (quiet) {
            return;
        }
        steps++;
        String answer = error.failed() ? console.wrong("refused: " + error) : "";
        out.println("   " + String.format("%4d  ", steps) + pad(operation) + what);
        if (!from.isEmpty()) {
            out.println("         " + pad("") + "from the " + from);
        }
        if (!answer.isEmpty()) {
            out.println("         " + pad("") + answer);
        }
    }

    Console console() {
        return console;
    }

    private static String pad(String operation) {
        return operation + " ".repeat(Math.max(0, OPERATION_WIDTH - operation.length()));
    }
}
