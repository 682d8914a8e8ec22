package org.allocman.lesson.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Stage;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One run of a program, in a thread of its own, so that it can be left behind.
 *
 * @param <D> what is on the desk
 */
final class JavaRun<D> {
    private static final int EXIT_WRONG = 1;
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

    AnswerOutcome judge() {
        Stage<D> stage = lesson.start(inner -> {
            LimitedKernel limited = new LimitedKernel(inner, limits.invocations());
            kernel = limited;
            return limited;
        });
        Thread thread = new Thread(() -> run(stage.desk()), "answer");
        thread.setDaemon(true);
        boolean ended = runGuarded(thread);
        List<String> messages = new ArrayList<>();
        LimitedKernel limited = kernel;
        if (!ended) {
            messages.add("the program was stopped after " + seconds() + " seconds: is there a loop without an end?");
            return new AnswerOutcome(AnswerOutcome.Kind.WRONG, messages, List.of());
        }
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
        List<Finding> findings = StageCheck.findings(lesson, stage);
        boolean right = thrown == null && findings.isEmpty();
        return new AnswerOutcome(right ? AnswerOutcome.Kind.RIGHT : AnswerOutcome.Kind.WRONG, messages, findings);
    }

    private String seconds() {
        return String.valueOf(limits.milliseconds() / MILLIS).replaceAll("\\.0$", "");
    }

    private void run(D desk) {
        try {
            answer.solve(desk);
        } catch (Throwable thrown) { // whatever it is, it is the learner's
            failure.set(thrown);
        }
    }

    /** Runs it to its end, or to the end of its time; a program that ends the whole JVM is wrong too. */
    private boolean runGuarded(Thread thread) {
        Thread hook = new Thread(() -> {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (frame.getClassName().equals("java.lang.Shutdown")) {
                    System.err.println(
                            "allocman: the program ends the Java machine with System.exit, so nothing could be checked");
                    Runtime.getRuntime().halt(EXIT_WRONG);
                }
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            thread.start();
            thread.join(limits.milliseconds());
            boolean ended = !thread.isAlive();
            thread.interrupt();
            Runtime.getRuntime().removeShutdownHook(hook);
            return ended;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
