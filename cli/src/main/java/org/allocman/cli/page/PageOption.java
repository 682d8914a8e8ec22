package org.allocman.cli.page;

import java.nio.file.Path;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.OutputFile;
import org.allocman.view.page.RunPage;
import org.allocman.view.recording.RecordedRun;
import org.allocman.view.recording.RunRecorder;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --html}, to be mixed in: where the page of a run goes. */
public final class PageOption {
    /** Its name. */
    @Option(
            names = CommandText.PAGE,
            paramLabel = "FILE",
            description = "Write the run as a page to step through, forwards and backwards. It opens from disk.")
    private @Nullable Path file;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Makes the option. */
    public PageOption() {}

    /**
     * Whether a page is wanted. Commands ask before they work, so that a place where it cannot be written is told then.
     *
     * @return true if so
     * @throws BadInputException if it cannot be written there
     */
    public boolean isAsked() throws BadInputException {
        Path to = file;
        if (to != null) {
            OutputFile.check(to);
        }
        return to != null;
    }

    /**
     * Ends a recording and writes the page, if one is wanted and the recording has begun.
     *
     * @param console hears where it is
     * @param title what the page is about
     * @param recording what was recorded
     * @throws BadInputException if it cannot be written
     */
    public void write(Console console, String title, Recording recording) throws BadInputException {
        write(console, title, recording.recorder());
    }

    /**
     * Ends a recording and writes the page, if one is wanted and the recording has begun.
     *
     * @param console hears where it is
     * @param title what the page is about
     * @param recorder what was recorded
     * @throws BadInputException if it cannot be written
     */
    public void write(Console console, String title, RunRecorder recorder) throws BadInputException {
        write(console, spec, title, recorder);
    }

    /** Writes the page of a command whose options this one is among. */
    void write(Console console, CommandSpec spec, String title, RunRecorder recorder) throws BadInputException {
        Path to = file;
        if (to == null || !recorder.hasStarted()) {
            return;
        }
        CommandText command = new CommandText(spec);
        RecordedRun run = recorder.finish(title, command.again(), command.withoutFault());
        OutputFile.write(to, () -> RunPage.write(run, to));
        console.err()
                .println("allocman: " + to + " shows " + Figures.count(run.steps(), "step")
                        + (run.cut() == 0 ? "" : "; " + Figures.count(run.cut(), "later invocation") + " left out"));
    }
}
