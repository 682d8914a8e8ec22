package org.allocman.cli.page;

import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.check.systems.ResourceSubject;
import org.allocman.check.systems.SystemOptions;
import org.allocman.check.systems.SystemType;
import org.allocman.check.systems.UvisorSubject;
import org.allocman.check.systems.XousSubject;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.view.recording.Cells;
import org.allocman.view.recording.RunRecorder;
import org.allocman.view.recording.Watched;
import org.allocman.vka.Kernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Takes the actions of a history again, one after the other, and records what they do and which rules are broken then. */
public final class HistoryRecording {
    private static final int MOST_STEPS = 10_000;

    private final RunRecorder recorder = new RunRecorder(MOST_STEPS);
    private final SystemType kind;
    private final SystemOptions options;

    /**
     * A recording of a kind of system.
     *
     * @param kind which
     * @param options what it is to be like
     */
    public HistoryRecording(SystemType kind, SystemOptions options) {
        this.kind = kind;
        this.options = options;
    }

    /**
     * Takes the actions until a rule is broken, or until there are no more.
     *
     * @param steps the actions by their names
     * @return what recorded it, or null if the system has no memory to look at
     * @throws BootFailure if the board is too small
     */
    public @Nullable RunRecorder take(List<String> steps) throws BootFailure {
        return take(steps, kernel -> kernel);
    }

    /** The same with something before the kernel. */
    @Nullable
    RunRecorder take(List<String> steps, UnaryOperator<Kernel> wrapper) throws BootFailure {
        Subject subject = kind.subject(options, wrapper, recorder::kernel);
        if (subject == null) {
            return null;
        }
        SubjectSystem system = new SubjectSystem(subject, options.faults());
        recorder.start(watched(subject));
        Cells cells = cells(subject);
        if (cells != null) {
            recorder.owners(cells);
        }
        recorder.chapter("");
        recorder.ready();
        for (String step : steps) {
            int action = system.number(step);
            if (action == TransitionSystem.NONE || !system.isEnabled(action)) {
                break;
            }
            recorder.call(step, () -> {
                system.take(action);
                return system.lastAnswer();
            });
            List<String> broken = recorder.aside(system::broken);
            recorder.wrong(broken);
            if (!broken.isEmpty()) {
                break;
            }
        }
        return recorder;
    }

    private Watched watched(Subject subject) {
        Machine machine = subject.machine();
        if (machine == null) {
            return Watched.memory(kind.text(), subject.memory());
        }
        BootstrapOptions pools = ManagedMachine.options(machine, ManagedMachine.Pools.DEFAULT);
        return Watched.machine(machine, pools.window(), pools.windowBytes());
    }

    private static @Nullable Cells cells(Subject subject) {
        if (subject instanceof XousSubject xous) {
            return Cells.pages(xous.allocations());
        }
        if (subject instanceof ResourceSubject resource) {
            return Cells.of("Units by owner", resource.type());
        }
        if (subject instanceof UvisorSubject uvisor) {
            return Cells.blocks(uvisor.pool(), uvisor.level(), box -> "box " + box);
        }
        return null;
    }
}
