package org.allocman.cli.page;

import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.JsonOption;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.QuietOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command takes that runs a system once, to be mixed in: a page, a refusal, JSON, less to read. */
public final class RunOptions {
    @Mixin
    private final PageOption page = new PageOption();

    @Mixin
    private final FaultOption fault = new FaultOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final QuietOption quiet = new QuietOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Makes the options. */
    public RunOptions() {}

    /**
     * A recording as it was asked for.
     *
     * @return one that has not begun
     * @throws BadInputException if the page cannot be written where it is wanted, or the fault is no positive number
     */
    public Recording recording() throws BadInputException {
        return new Recording(page.isAsked(), fault.invocation());
    }

    /**
     * Ends a recording and writes the page, if one is wanted and the recording has begun.
     *
     * @param console hears where it is
     * @param title what the page is about
     * @param recording what was recorded
     * @throws BadInputException if it cannot be written
     */
    public void writePage(Console console, String title, Recording recording) throws BadInputException {
        page.write(console, spec, title, recording.recorder());
    }

    /**
     * Whether a page is wanted.
     *
     * @return true if so
     * @throws BadInputException if it cannot be written there
     */
    public boolean wantsPage() throws BadInputException {
        return page.isAsked();
    }

    /**
     * Whether the result alone is to be printed.
     *
     * @return true if so
     */
    public boolean isQuiet() {
        return quiet.isAsked();
    }

    /**
     * Whether nothing is to be printed while it runs.
     *
     * @return true if the result alone is wanted, or JSON
     */
    public boolean tellsResultOnly() {
        return json.isAsked() || quiet.isAsked();
    }

    /**
     * Prints a report.
     *
     * @param console where to
     * @param report written as JSON, if that is wanted
     * @param isGood whether the run found nothing wrong
     * @param text prints the report as text
     * @return the exit code
     */
    public int print(Console console, Object report, boolean isGood, Runnable text) {
        if (json.isAsked()) {
            JsonOut.print(console, report);
        } else {
            text.run();
        }
        return isGood ? Exit.GOOD : Exit.FOUND_WRONG;
    }
}
