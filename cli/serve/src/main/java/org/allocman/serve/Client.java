package org.allocman.serve;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.allocman.wire.WireAnswer;
import org.allocman.wire.WireError;
import org.checkerframework.checker.mustcall.qual.NotOwning;

/** A client that is connected: its lines are answered in order until it goes, or is sent away. */
final class Client {
    private final RequestHandler handler;
    private final ServeLimits limits;
    private final RequestLines lines;
    private final OutputStream out;
    private final Runnable end;
    private final ReentrantLock writing = new ReentrantLock();
    private final long start = System.nanoTime();
    private volatile long last = start;

    Client(
            @NotOwning InputStream in,
            @NotOwning OutputStream out,
            Runnable end,
            ServedBoards boards,
            ServeLimits limits) {
        this.handler = new RequestHandler(boards, limits);
        this.limits = limits;
        this.lines = new RequestLines(in, limits.line());
        this.out = new BufferedOutputStream(out, 1 << 16);
        this.end = end;
    }

    /** Answers until the client goes. */
    void run() {
        try {
            String line = lines.next();
            while (line != null) {
                last = System.nanoTime();
                take(line);
                if (handler.isEnded()) {
                    break;
                }
                line = lines.next();
            }
        } catch (IOException gone) {
            // it went without a word, or was sent away
        } finally {
            end.run();
        }
    }

    @SuppressWarnings("ReferenceEquality") // no line of a client is this one
    private void take(String line) throws IOException {
        String answer = line == RequestLines.TOO_LONG ? handler.tooLong() : handler.answer(line);
        writing.lock();
        try {
            if (answer != null) {
                out.write(answer.getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
            if (handler.isEnded() || !lines.hasMore()) {
                out.flush();
            }
        } finally {
            writing.unlock();
        }
    }

    /** Sends the client away if its time is up. */
    void look(long now) {
        boolean isIdle = limits.idle() > 0 && TimeUnit.NANOSECONDS.toMillis(now - last) > limits.idle();
        boolean isOver = limits.time() > 0 && TimeUnit.NANOSECONDS.toMillis(now - start) > limits.time();
        if (isIdle || isOver) {
            sayGoodbye(isIdle ? "nothing was asked for too long" : "the time is up");
            end.run();
        }
    }

    private void sayGoodbye(String why) {
        // whoever does not take its answers hears no goodbye either
        if (writing.tryLock()) {
            try {
                out.write(("- " + WireAnswer.error(WireError.CLOSING, why).text() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException gone) {
                // then it knows
            } finally {
                writing.unlock();
            }
        }
    }
}
