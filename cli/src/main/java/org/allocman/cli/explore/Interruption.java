package org.allocman.cli.explore;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a long run end well when it is interrupted, by Ctrl-C or SIGTERM: whoever runs asks now and then, ends, and prints what was
 * found so far. The process waits for that, and ends with the exit code that belongs to the signal.
 */
final class Interruption implements AutoCloseable {
    private static final long MOST_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean isAsked = new AtomicBoolean();
    private final Thread hook = new Thread(() -> interrupt(isAsked, ended), "interruption");

    private Interruption() {}

    /** Begins to listen. */
    static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Whether the run is to end. */
    boolean isAsked() {
        return isAsked.get();
    }

    private static void interrupt(AtomicBoolean isAsked, CountDownLatch ended) {
        isAsked.set(true);
        try {
            // after that it is lost: an action that takes longer cannot be interrupted
            if (!ended.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("allocman: the run did not end within " + MOST_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was found is printed. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException isEnding) {
            // the hook is what called
        }
    }
}
