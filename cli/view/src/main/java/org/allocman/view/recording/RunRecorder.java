package org.allocman.view.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.allocman.manager.GrowthListener;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Vka;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Records a run. Put {@link #kernel} before the machine's kernel, {@link #growth} where the manager tells of its pool, and
 * {@link #vka} before the manager; {@link #start} when the machine is as the run is to find it; then work, then
 * {@link #finish}. What comes before the start passes through unseen.
 */
public final class RunRecorder {
    private static final String RECORDS = "records";
    private static final String REWIND = "rewind";

    private final int most;
    private final OperationLog operations = new OperationLog();
    private final List<RunStep> steps = new ArrayList<>();
    private @Nullable MemoryWatch watch;
    private boolean isRunning;
    private int opening;
    private long cut;

    /**
     * A recorder that has not started.
     *
     * @param most how many steps to record at most; later ones are only counted
     */
    public RunRecorder(int most) {
        this.most = most;
    }

    /**
     * Starts to record. The memory's journal is started anew for it.
     *
     * @param watched what to watch
     */
    public void start(Watched watched) {
        watch = new MemoryWatch(watched);
        isRunning = true;
    }

    /**
     * Whether anything is recorded, or was.
     *
     * @return false if it was never started
     */
    public boolean hasStarted() {
        return watch != null;
    }

    /**
     * Watches owners of memory, too. The next step tells of all that are owned by then.
     *
     * @param cells the pieces of memory
     */
    public void owners(Cells cells) {
        if (watch != null) {
            watch.watch(cells);
        }
    }

    /** Asks for owners no more; from now on nobody owns anything. */
    public void endOwners() {
        if (watch != null) {
            watch.endOwners();
        }
    }

    /**
     * A kernel that records what it passes on.
     *
     * @param kernel who carries invocations out
     * @return what the manager is to invoke
     */
    public Kernel kernel(Kernel kernel) {
        return new RecordingKernel(kernel, this);
    }

    /**
     * A Vka that records what is asked of it.
     *
     * @param vka who answers
     * @return what the user is to ask
     */
    public Vka vka(Vka vka) {
        return new RecordingVka(vka, this);
    }

    /**
     * A listener that records how the pool grows.
     *
     * @param next who is told, too
     * @return what the manager is to tell
     */
    public GrowthListener growth(GrowthListener next) {
        return new RecordingGrowth(next, this);
    }

    /**
     * Begins a chapter; the operations that follow belong to it.
     *
     * @param title a sentence
     */
    public void chapter(String title) {
        operations.chapter(title);
    }

    /** Says that the memory's journal has been started anew, and that nothing has changed since. */
    public void journalStarted() {
        started().journalStarted();
    }

    /** Says that a page opens at the step that comes next, and that invocations are counted from there. */
    public void opensHere() {
        opening = steps.size();
    }

    /** Says that the manager is being set up, until {@link #ready}. */
    public void settingUp() {
        chapter("The manager is set up.");
        begin(Operation.Kind.SET_UP, null, 0, null);
    }

    /** Says that the manager has been set up. */
    public void ready() {
        step(RECORDS, Map.of(), null, true);
        end(0);
    }

    /**
     * Records what is given up to be whole again.
     *
     * @param work what to do
     */
    public void trim(Runnable work) {
        int trim = begin(Operation.Kind.TRIM, null, 0, null);
        work.run();
        end(trim);
    }

    /**
     * Records a call of something above the manager. It has a step of its own at its end, even if nothing has changed.
     *
     * @param what the call, in words
     * @param work makes it, and answers in words what came of it
     */
    public void call(String what, Supplier<String> work) {
        int call = beginCall(what);
        endCall(call, work.get());
    }

    /**
     * Begins a call of something above the manager.
     *
     * @param what the call, in words
     * @return what {@link #endCall} wants to know
     */
    public int beginCall(String what) {
        return begin(Operation.Kind.CALL, what, 0, null);
    }

    /**
     * Begins a line that somebody typed. It ends as a call does.
     *
     * @param line the line
     * @return what {@link #endCall} wants to know
     */
    public int beginLine(String line) {
        return begin(Operation.Kind.LINE, line, 0, null);
    }

    /**
     * Ends a call.
     *
     * @param call what {@link #beginCall} or {@link #beginLine} answered
     * @param answer what came of it, in words
     */
    public void endCall(int call, String answer) {
        if (call != OperationLog.NONE) {
            operations.answered(call, answer);
            step("call", Map.of(), null, true);
        }
        end(call);
    }

    /**
     * Says what is wrong after the last step.
     *
     * @param rules sentences
     */
    public void wrong(List<String> rules) {
        if (!steps.isEmpty() && !rules.isEmpty()) {
            int last = steps.size() - 1;
            steps.set(last, steps.get(last).found(List.copyOf(rules)));
        }
    }

    /**
     * Does something that is not recorded. It leaves the memory as it was.
     *
     * @param work what to do
     * @param <T> what it answers
     * @return its answer
     */
    public <T> T aside(Supplier<T> work) {
        boolean before = isRunning;
        isRunning = false;
        try {
            return work.get();
        } finally {
            isRunning = before;
        }
    }

    /** Records nothing from now on; what is done later is not counted either. */
    public void pause() {
        MemoryWatch watching = watch;
        if (isRunning && watching != null) {
            end(0);
            watching.stop();
            isRunning = false;
        }
    }

    /**
     * Ends the recording, and the memory's journal.
     *
     * @param title what it is about
     * @param command the command that makes the same run again
     * @param breaking the same command without a fault, for {@code --fail N} to be added; null if it has no such option
     * @return what was recorded
     * @throws IllegalStateException if it was never started
     */
    public RecordedRun finish(String title, String command, @Nullable String breaking) {
        pause();
        return new RecordedRun(content(title, command, breaking));
    }

    /**
     * How far the recording is.
     *
     * @return what {@link #tail} and {@link #forget} take
     */
    public RunMark mark() {
        return started().mark(steps.size(), operations.size());
    }

    /**
     * What was recorded since a moment, of a recording that goes on.
     *
     * @param mark the moment
     * @return a JSON object with the steps and operations since then, and the rows and values that are new in them
     */
    public String tail(RunMark mark) {
        return started().tail(mark, operations.since(mark.operations()), steps.subList(mark.steps(), steps.size()));
    }

    /**
     * What was recorded so far, of a recording that goes on.
     *
     * @param title what it is about
     * @return a JSON object
     */
    public String soFar(String title) {
        return RunJson.of(content(title, "", null));
    }

    /**
     * Forgets steps and operations since a moment. The memory must be again as it was then.
     *
     * @param mark the moment
     */
    public void forget(RunMark mark) {
        steps.subList(mark.steps(), steps.size()).clear();
        operations.forget(mark.operations());
    }

    /**
     * Does something that takes the memory back to an earlier moment of its journal, and records what that changed.
     *
     * @param checkpoint the moment
     */
    public void beforeRewind(int checkpoint) {
        commit();
        started().beforeRewind(checkpoint);
    }

    /** Records what has changed since {@link #beforeRewind}, as one step. */
    public void afterRewind() {
        MemoryWatch.Changes changes = started().afterRewind();
        if (isRunning && steps.size() < most && !changes.areNone()) {
            steps.add(step(REWIND, Map.of(), null, changes));
        }
    }

    private MemoryWatch started() {
        MemoryWatch watching = watch;
        if (watching == null) {
            throw new IllegalStateException("nothing has been recorded");
        }
        return watching;
    }

    private RunContent content(String title, String command, @Nullable String breaking) {
        MemoryWatch watching = started();
        return watching.content(
                title, command, breaking, operations.chapters(), operations.since(0), List.copyOf(steps), opening, cut);
    }

    /** Begins an operation; the answer is to be given to {@link #end}. */
    int begin(Operation.Kind kind, @Nullable String what, @SizeBits int bits, @Nullable String address) {
        if (!isRunning) {
            return OperationLog.NONE;
        }
        commit();
        return operations.begin(kind, what, bits, address);
    }

    /** Ends an operation, and those begun in its course that nobody ended. */
    void end(int operation) {
        if (operation != OperationLog.NONE) {
            commit();
            operations.end(operation);
        }
    }

    /** Ends the innermost operation if it is of a kind. */
    void endIf(Operation.Kind kind) {
        if (operations.isIn(kind)) {
            end(operations.innermost());
        }
    }

    private void commit() {
        step(RECORDS, Map.of(), null, false);
    }

    /** Records an invocation. */
    void invoked(String kind, Map<String, Object> arguments, KernelError error) {
        step(kind, arguments, error, false);
    }

    private void step(String kind, Map<String, Object> arguments, @Nullable KernelError error, boolean withOwners) {
        if (!isRunning || watch == null) {
            return;
        }
        boolean isRecords = kind.equals(RECORDS);
        if (steps.size() >= most) {
            cut += isRecords ? 0 : 1;
            return;
        }
        MemoryWatch.Changes changes = watch.next(withOwners);
        if (isRecords && changes.areNone()) {
            return;
        }
        steps.add(step(kind, arguments, error, changes));
    }

    private RunStep step(
            String kind, Map<String, Object> arguments, @Nullable KernelError error, MemoryWatch.Changes changes) {
        return new RunStep(
                kind,
                operations.innermost(),
                arguments,
                error == null || !error.failed() ? null : error.toString(),
                changes.slots(),
                changes.words(),
                changes.cells(),
                List.of());
    }
}
