package org.allocman.cli.replay;

import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The end of a replay.
 *
 * @param agreed how many steps agree
 * @param total how many steps there are
 * @param difference the first step that does not agree, as lines of a table; null if there is none
 */
record Verdict(long agreed, long total, @Nullable String difference) {
    /**
     * Prints the difference and, last, how many steps agree.
     *
     * @param console where to
     * @return the exit code
     */
    int report(Console console) {
        boolean good = agreed == total && difference == null;
        if (difference != null) {
            console.out().println("first difference");
            difference.lines().forEach(line -> console.out().println("  " + line));
        }
        String line = "agree " + agreed + " of " + total + " steps";
        console.out().println(good ? console.right(line) : console.wrong(line));
        return good ? Exit.GOOD : Exit.FOUND_WRONG;
    }
}
