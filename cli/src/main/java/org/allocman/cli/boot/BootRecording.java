package org.allocman.cli.boot;

import org.allocman.manager.Allocman;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.boot.Machine;
import org.allocman.testkit.kernel.FaultyKernel;
import org.allocman.testkit.machine.ManagedMachine;
import org.allocman.view.recording.RecordedRun;
import org.allocman.view.recording.RunRecorder;
import org.allocman.vka.Kernel;
import org.allocman.vka.Vka;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What is recorded of a boot, if anything, and which invocation is made to fail, if any. */
final class BootRecording {
    private static final int MOST_STEPS = 10_000;

    private final boolean wanted;
    private final long fail;
    private @Nullable RunRecorder recorder;

    BootRecording(boolean wanted, long fail) {
        this.wanted = wanted;
        this.fail = fail;
    }

    boolean hasFault() {
        return fail > 0;
    }

    /** Begins with a machine that has just booted; answers the kernel to invoke. */
    Kernel start(Machine machine, ManagedMachine.Pools pools) {
        Kernel kernel = machine.kernel();
        if (fail > 0) {
            FaultyKernel faulty = new FaultyKernel(kernel);
            faulty.failAt(fail, false);
            kernel = faulty;
        }
        if (!wanted) {
            return kernel;
        }
        var options = ManagedMachine.options(machine, pools);
        RunRecorder made = new RunRecorder(machine, options.window(), options.windowBytes(), MOST_STEPS);
        recorder = made;
        return made.kernel(kernel);
    }

    GrowthListener growth(GrowthListener listener) {
        return recorder == null ? listener : recorder.growth(listener);
    }

    Vka vka(Vka vka) {
        return recorder == null ? vka : recorder.vka(vka);
    }

    void chapter(String title) {
        if (recorder != null) {
            recorder.chapter(title);
        }
    }

    void ready() {
        if (recorder != null) {
            recorder.ready();
        }
    }

    void trim(Allocman allocman) {
        if (recorder == null) {
            allocman.trim();
        } else {
            recorder.trim(allocman::trim);
        }
    }

    /** What follows is not recorded. */
    void end() {
        if (recorder != null) {
            recorder.pause();
        }
    }

    /** What was recorded, or null if nothing was begun. */
    @Nullable
    RecordedRun run(String title, String command) {
        return recorder == null ? null : recorder.finish(title, command);
    }
}
