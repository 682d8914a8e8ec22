package org.allocman.lesson.course;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.RootTask;
import org.allocman.lesson.Stage;
import org.allocman.script.ScriptSession;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;

/** A lesson on a small machine that has just booted; the learner has the kernel and nothing else. */
abstract class KernelLesson extends Lesson<RootTask> {
    private final List<Form> forms;

    KernelLesson(String name, Form... forms) {
        super(name, RootTask.class);
        this.forms = List.of(forms);
    }

    @Override
    public final List<Form> forms() {
        return forms;
    }

    @Override
    public final Stage<RootTask> start(UnaryOperator<Kernel> wrapper) {
        Machine machine = SmallMachine.boot();
        prepare(task(machine, machine.kernel()));
        return new KernelStage(machine, task(machine, wrapper.apply(machine.kernel())));
    }

    private final class KernelStage implements Stage<RootTask> {
        private final Machine machine;
        private final RootTask desk;
        private final Look look;

        KernelStage(Machine machine, RootTask desk) {
            this.machine = machine;
            this.desk = desk;
            this.look = new Look(machine);
        }

        @Override
        public RootTask desk() {
            return desk;
        }

        @Override
        public List<Fact> facts() {
            List<Fact> facts = new ArrayList<>();
            facts.add(new Fact("board", SmallMachine.BOARD + ", aarch64, 256 KiB of RAM"));
            for (long slot : shown()) {
                facts.add(new Fact("slot " + slot, look.phrase(slot)));
            }
            return facts;
        }

        @Override
        public List<Finding> check() {
            SlotFindings findings = new SlotFindings(name(), look);
            KernelLesson.this.check(machine, findings);
            return findings.list();
        }

        @Override
        public Machine machine() {
            return machine;
        }

        @Override
        public ScriptSession session() {
            return ScriptSession.bare(machine);
        }
    }

    private static RootTask task(Machine machine, Kernel kernel) {
        return new RootTask(kernel, machine.rootMemory(), machine.bootInfo(), machine.freeVirtualBase());
    }

    /** Brings the machine to where the lesson starts. */
    void prepare(RootTask task) {}

    /** An invocation that the lesson itself makes, and that cannot be refused. */
    static void must(KernelError error) {
        if (error.failed()) {
            throw new IllegalStateException("the lesson's own invocation was refused: " + error);
        }
    }

    /** The slots that matter at the start. */
    abstract List<Long> shown();

    abstract void check(Machine machine, SlotFindings findings);
}
