package org.allocman.cli.page;

import java.util.List;
import java.util.function.Supplier;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.cli.frame.BadInputException;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.manager.Allocman;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.boot.Machine;
import org.allocman.view.recording.Cells;
import org.allocman.view.recording.RunRecorder;
import org.allocman.view.recording.Watched;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.Vka;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What is recorded of a run, if anything, and which invocation is made to fail, if any. */
public final class Recording {
    private static final int MOST_STEPS = 10_000;

    private final boolean isWanted;
    private final long fail;
    private final boolean isOfLines;
    private @Nullable FaultyKernel faulty;
    private final RunRecorder recorder = new RunRecorder(MOST_STEPS);

    /**
     * A recording that has not begun.
     *
     * @param isWanted whether anything is to be recorded
     * @param fail the invocation to refuse, 1 being the first; 0 for none
     */
    public Recording(boolean isWanted, long fail) {
        this(isWanted, fail, false);
    }

    private Recording(boolean isWanted, long fail, boolean isOfLines) {
        this.isWanted = isWanted;
        this.fail = fail;
        this.isOfLines = isOfLines;
    }

    /**
     * A recording of lines, which begin with {@link #lines}: invocations are counted from there, and the page opens there.
     *
     * @param isWanted whether anything is to be recorded
     * @param fail the invocation to refuse, 1 being the first of the lines; 0 for none
     * @return a recording that has not begun
     */
    public static Recording ofLines(boolean isWanted, long fail) {
        return new Recording(isWanted, fail, true);
    }

    /**
     * Whether there is anything to do for it.
     *
     * @return true if a page is wanted or an invocation is made to fail
     */
    public boolean isAsked() {
        return isWanted || hasFault();
    }

    /**
     * Whether an invocation is made to fail.
     *
     * @return true if so
     */
    public boolean hasFault() {
        return fail > 0;
    }

    /**
     * The invocation that was made to fail.
     *
     * @return for instance {@code invocation 40 (retype)}; null if none has failed yet
     */
    public @Nullable String refused() {
        FaultyKernel before = faulty;
        InvocationKind kind = before == null ? null : before.refused();
        return kind == null ? null : "invocation " + fail + " (" + kind.text() + ")";
    }

    /**
     * What to say when a run could not go on.
     *
     * @param stuck why
     * @return what to tell the user if it comes from the fault that was asked for
     * @throws IllegalStateException the same again if there was no fault
     */
    public BadInputException explain(IllegalStateException stuck) {
        if (!hasFault()) {
            throw stuck;
        }
        return new BadInputException(
                "invocation " + fail + " was refused, and the run could not go on: " + stuck.getMessage());
    }

    /**
     * Begins with a machine that has just booted.
     *
     * @param machine the machine
     * @param options where its manager will have its pools
     * @return the kernel to invoke
     */
    public Kernel start(Machine machine, BootstrapOptions options) {
        Kernel kernel = machine.kernel();
        if (fail > 0) {
            FaultyKernel before = new FaultyKernel(kernel);
            if (!isOfLines) {
                before.failAt(fail, false);
            }
            faulty = before;
            kernel = before;
        }
        if (!isWanted) {
            return kernel;
        }
        recorder.start(Watched.machine(machine, options.window(), options.windowBytes()));
        recorder.settingUp();
        return recorder.kernel(kernel);
    }

    /**
     * Records how the pool grows.
     *
     * @param listener who is told, too
     * @return what the manager is to tell
     */
    public GrowthListener growth(GrowthListener listener) {
        return isWanted ? recorder.growth(listener) : listener;
    }

    /**
     * Records what is asked.
     *
     * @param vka who answers
     * @return what is to be asked
     */
    public Vka vka(Vka vka) {
        return isWanted ? recorder.vka(vka) : vka;
    }

    /**
     * Records who owns memory, from now on.
     *
     * @param cells the pieces of memory
     */
    public void owners(Cells cells) {
        recorder.owners(cells);
    }

    /** Says that whose memory is whose is no longer written down. */
    public void endOwners() {
        recorder.endOwners();
    }

    /**
     * Begins a chapter.
     *
     * @param title a sentence
     */
    public void chapter(String title) {
        recorder.chapter(title);
    }

    /** Says that the first line comes next. */
    public void lines() {
        chapter("The calls.");
        recorder.opensHere();
        FaultyKernel before = faulty;
        if (before != null) {
            before.failAt(fail, false);
        }
    }

    /** Says that everything is set up. */
    public void ready() {
        recorder.ready();
    }

    /**
     * Does something as one call, and records it as that.
     *
     * @param what the call, in words
     * @param work makes it, and answers in words what came of it
     */
    public void call(String what, Supplier<String> work) {
        recorder.call(what, work);
    }

    /**
     * Says what is wrong after the last step.
     *
     * @param rules what is broken, in sentences
     */
    public void wrong(List<String> rules) {
        if (isWanted) {
            recorder.wrong(rules);
        }
    }

    /**
     * Has a manager give up what it keeps for speed alone.
     *
     * @param allocman the manager
     */
    public void trim(Allocman allocman) {
        recorder.trim(allocman::trim);
    }

    /** What follows is not recorded. */
    public void end() {
        recorder.pause();
    }

    /**
     * What records.
     *
     * @return the recorder
     */
    RunRecorder recorder() {
        return recorder;
    }
}
