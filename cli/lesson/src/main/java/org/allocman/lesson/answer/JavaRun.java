package org.allocman.lesson.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Stage;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One run of a program, in a thread of its own, so that it can be left behind.
 *
 * @param <D> what is on the desk
 */
final class JavaRun<D> {
    private static final double MILLIS = 1000;

    private final Lesson<D> lesson;
    private final JavaAnswer answer;
    private final AnswerLimits limits;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private @Nullable LimitedKernel kernel;

    JavaRun(Lesson<D> lesson, JavaAnswer answer, AnswerLimits limits) {
        this.lesson = lesson;
        this.answer = answer;
        this.limits = limits;
    }

    ProgramRun.Ran<D> run() {
        Stage<D> stage = lesson.start(inner -> {
            LimitedKernel limited = new LimitedKernel(inner, limits.invocations());
            kernel = limited;
            return limited;
        });
        Thread thread = new Thread(() -> run(stage.desk()), "answer");
        thread.setDaemon(true);
        boolean ended = runToTheEnd(thread);
        if (!ended) {
            // a machine that may still change is not looked at
            return ProgramRun.Ran.stopped(stoppedAfter(limits));
        }
        List<String> messages = new ArrayList<>();
        LimitedKernel limited = kernel;
        if (limited != null) {
            messages.addAll(limited.refusals());
        }
        Throwable thrown = failure.get();
        if (thrown instanceof LimitedKernel.TooManyInvocations) {
            messages.add("the program was stopped after " + limits.invocations()
                    + " invocations: is there a loop without an end?");
            messages.addAll(answer.explain(thrown).stream().skip(1).toList());
        } else if (thrown != null) {
            messages.addAll(answer.explain(thrown));
        }
        return new ProgramRun.Ran<>(
                thrown == null ? ProgramRun.Ran.End.RETURNED : ProgramRun.Ran.End.FAILED, messages, stage);
    }

    static String stoppedAfter(AnswerLimits limits) {
        return "the program was stopped after "
                + String.valueOf(limits.milliseconds() / MILLIS).replaceAll("\\.0$", "")
                + " seconds: is there a loop without an end?";
    }

    private void run(D desk) {
        try {
            answer.solve(desk);
        } catch (Throwable thrown) { // whatever it is, it is the learner's
            failure.set(thrown);
        }
    }

    /** Runs it to its end, or to the end of its time. */
    private boolean runToTheEnd(Thread thread) {
        try {
            thread.start();
            thread.join(limits.milliseconds());
            boolean ended = !thread.isAlive();
            thread.interrupt();
            return ended;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
