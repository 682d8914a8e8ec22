package org.allocman.cli.frame;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a long run end well when it is interrupted, by Ctrl-C or SIGTERM: whoever runs asks now and then, ends, and prints what was
 * found so far. The process waits for that, and ends with the exit code of the run.
 */
public final class Interruption implements AutoCloseable {
    private static final long MOST_SECONDS = 20;
    // a process ends once
    private static final AtomicBoolean ENDS = new AtomicBoolean();

    /** For what a signal is to end at once: it is not listened to, and {@link #isAsked} stays false. */
    public static final Interruption NONE = new Interruption();

    private final AtomicBoolean isAsked = new AtomicBoolean();
    private final Thread hook = new Thread(() -> interrupt(isAsked), "interruption");

    private Interruption() {}

    /**
     * Begins to listen.
     *
     * @return what hears it, to be closed when there is nothing left to interrupt
     */
    public static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /**
     * Whether the run is to end.
     *
     * @return true once somebody has interrupted it
     */
    public boolean isAsked() {
        return isAsked.get();
    }

    private static void interrupt(AtomicBoolean isAsked) {
        ENDS.set(true);
        isAsked.set(true);
        try {
            // whoever runs ends the process from here; an action that takes longer cannot be interrupted
            new CountDownLatch(1).await(MOST_SECONDS, TimeUnit.SECONDS);
            System.err.println("allocman: the run did not end within " + MOST_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the process, when all is printed. If it is being interrupted, the signal's exit code is not used.
     *
     * @param code the exit code
     */
    public static void end(int code) {
        if (ENDS.get()) {
            Runtime.getRuntime().halt(code);
        }
        System.exit(code);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException isEnding) {
            // the hook runs, or is about to, and waits until what was found is printed
            ENDS.set(true);
        }
    }
}
