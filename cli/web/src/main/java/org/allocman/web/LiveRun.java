package org.allocman.web;

import java.util.ArrayList;
import java.util.List;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.manager.MachineInvariants;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.GrowthListener;
import org.allocman.script.Completion;
import org.allocman.script.LineOutcome;
import org.allocman.script.RewindListener;
import org.allocman.script.ScriptSession;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.view.recording.RunMark;
import org.allocman.view.recording.RunRecorder;
import org.allocman.view.recording.Watched;
import org.allocman.vka.Kernel;
import org.allocman.vka.Vka;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A booted machine that takes lines of the script language one after the other, each recorded step by step, and goes back
 * behind any of them.
 */
public final class LiveRun {
    /** How many steps are recorded at most. */
    public static final int MOST_STEPS = 100_000;

    private final Machine machine;
    private final @Nullable Allocman allocman;
    private final FaultyKernel faulty;
    private final RunRecorder recorder;
    private final ScriptSession session;
    private final List<Moment> moments = new ArrayList<>();

    /** How things were before a line. */
    private record Moment(RunMark recording, long session) {}

    private LiveRun(
            Machine machine,
            @Nullable Allocman allocman,
            FaultyKernel faulty,
            RunRecorder recorder,
            ScriptSession session) {
        this.machine = machine;
        this.allocman = allocman;
        this.faulty = faulty;
        this.recorder = recorder;
        this.session = session;
    }

    /**
     * Boots a board, as {@code allocman shell} does.
     *
     * @param board the board
     * @param bare whether there is no manager
     * @return the machine, before the first line
     * @throws BootFailure if the board is too small
     */
    public static LiveRun boot(Board board, boolean bare) throws BootFailure {
        Machine machine =
                bare ? ManagedMachine.bootBare(board) : ManagedMachine.boot(board, ManagedMachine.Pools.DEFAULT);
        FaultyKernel faulty = new FaultyKernel(machine.kernel());
        RunRecorder recorder = new RunRecorder(MOST_STEPS);
        Kernel kernel = recorder.kernel(faulty);
        if (bare) {
            recorder.start(Watched.machine(machine, 0, 0));
            return begin(machine, null, faulty, recorder, ScriptSession.bare(machine, kernel));
        }
        BootstrapOptions options = ManagedMachine.options(machine, ManagedMachine.Pools.DEFAULT);
        recorder.start(Watched.machine(machine, options.window(), options.windowBytes()));
        recorder.settingUp();
        ManagedMachine managed = ManagedMachine.manage(
                        machine, ManagedMachine.Pools.DEFAULT, any -> kernel, recorder.growth(GrowthListener.NONE))
                .getOrElseThrow(failure -> new BootFailure(failure.message(), 0));
        recorder.ready();
        Vka vka = recorder.vka(managed.vka());
        return begin(machine, managed.allocman(), faulty, recorder, ScriptSession.managed(machine, kernel, vka));
    }

    private static LiveRun begin(
            Machine machine,
            @Nullable Allocman allocman,
            FaultyKernel faulty,
            RunRecorder recorder,
            ScriptSession session) {
        // the session has started the journal, by which it goes back
        recorder.journalStarted();
        recorder.chapter("Your lines.");
        recorder.opensHere();
        session.onRewind(new RewindListener() {
            @Override
            public void before(int checkpoint) {
                recorder.beforeRewind(checkpoint);
            }

            @Override
            public void after() {
                recorder.afterRewind();
            }
        });
        return new LiveRun(machine, allocman, faulty, recorder, session);
    }

    /**
     * Everything recorded so far.
     *
     * @param title what to call it
     * @return JSON as a page takes it
     */
    public String soFar(String title) {
        return recorder.soFar(title);
    }

    /**
     * What a line did.
     *
     * @param kind whether it was carried out
     * @param message what it did, or why it was not carried out
     * @param tail the steps, as a JSON object
     * @param refused whether an invocation was refused because that was asked for
     */
    public record Result(LineOutcome.Kind kind, String message, String tail, boolean refused) {}

    /**
     * Carries a line out.
     *
     * @param line a line of the script language
     * @param fail which of its invocations the kernel refuses, 1 being the first; 0 for none
     * @param andAllAfter whether it refuses those after that, too
     * @return what came of it
     */
    public Result take(String line, int fail, boolean andAllAfter) {
        RunMark before = recorder.mark();
        moments.add(new Moment(before, session.mark()));
        if (fail > 0) {
            faulty.failAt(fail, andAllAfter);
        }
        int call = recorder.beginLine(line.strip());
        LineOutcome outcome = session.execute(line);
        boolean refused = fail > 0 && faulty.hasFailed();
        faulty.heal();
        recorder.endCall(call, outcome.message());
        if (outcome.kind() == LineOutcome.Kind.MISTAKE) {
            // the machine was not asked
            recorder.forget(before);
            moments.remove(moments.size() - 1);
        }
        return new Result(outcome.kind(), outcome.message(), recorder.tail(before), refused);
    }

    /**
     * How many lines have been taken and not gone back behind.
     *
     * @return 0 or more
     */
    public int lines() {
        return moments.size();
    }

    /**
     * Goes back to before a line; that line and those after it are forgotten.
     *
     * @param line its number, 0 being the first
     */
    public void backTo(int line) {
        if (line < 0 || line >= moments.size()) {
            return;
        }
        Moment moment = moments.get(line);
        session.rewind(moment.session());
        recorder.forget(moment.recording());
        moments.subList(line, moments.size()).clear();
    }

    /**
     * What the next word of a line may be.
     *
     * @param words the words before it
     * @return words; empty if anything may follow, or nothing
     */
    public List<String> complete(List<String> words) {
        return Completion.after(words, List.copyOf(session.names().keySet()));
    }

    /**
     * Checks every invariant of kernel and manager.
     *
     * @return what is broken, each with the invariant's name in front; empty if all is well
     */
    public List<String> broken() {
        return recorder.aside(() -> MachineInvariants.check(machine, allocman));
    }

    /**
     * The fingerprint of all memory.
     *
     * @return equal for equal content
     */
    public Fingerprint fingerprint() {
        return machine.memory().fingerprint();
    }
}
