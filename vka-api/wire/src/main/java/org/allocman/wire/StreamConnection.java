package org.allocman.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.mustcall.qual.NotOwning;

/** A connection over two streams. Who does not answer within the time is given up, and the streams are closed. */
final class StreamConnection implements WireConnection {
    private static final int LONGEST_LINE = 1 << 16;
    private static final int TOGETHER = 128;
    private static final long TICK_MILLIS = 100;

    private final InputStream in;
    private final OutputStream out;
    private final Runnable end;
    private final long patience;
    private long id;
    private volatile long waitsSince;
    private volatile boolean isWaiting;
    private volatile boolean isClosed;

    /**
     * A connection.
     *
     * @param in what comes from the other end
     * @param out what goes there
     * @param end closes whatever is behind the two
     * @param patience how long an answer may take, in milliseconds
     */
    StreamConnection(@NotOwning InputStream in, @NotOwning OutputStream out, Runnable end, long patience) {
        this.in = new BufferedInputStream(in);
        this.out = new BufferedOutputStream(out);
        this.end = end;
        this.patience = patience;
    }

    /** Begins to look at the clock while an answer is awaited. */
    StreamConnection watched() {
        Thread thread = new Thread(this::watch, "wire");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void watch() {
        try {
            while (!isClosed) {
                Thread.sleep(TICK_MILLIS);
                if (isWaiting && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - waitsSince) > patience) {
                    isClosed = true;
                    end.run();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public WireAnswer ask(String request) {
        return askAll(List.of(request)).get(0);
    }

    @Override
    public synchronized List<WireAnswer> askAll(List<String> requests) {
        List<WireAnswer> answers = new ArrayList<>(requests.size());
        for (int from = 0; from < requests.size(); from += TOGETHER) {
            exchange(requests.subList(from, Math.min(requests.size(), from + TOGETHER)), answers);
        }
        return answers;
    }

    private void exchange(List<String> requests, List<WireAnswer> answers) {
        waitsSince = System.nanoTime();
        isWaiting = true;
        String asked = requests.get(0);
        try {
            long first = id + 1;
            for (String request : requests) {
                id++;
                out.write((id + " " + request + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
            for (int i = 0; i < requests.size(); i++) {
                asked = requests.get(i);
                answers.add(answer(first + i, asked));
            }
        } catch (IOException broken) {
            throw new WireException(
                    isClosed
                            ? "no answer to '" + asked + "' within " + patience + " ms, or the connection was closed"
                            : "the connection broke at '" + asked + "': " + broken.getMessage(),
                    broken);
        } finally {
            isWaiting = false;
        }
    }

    private WireAnswer answer(long wanted, String asked) throws IOException {
        String line = line(asked);
        int blank = line.indexOf(' ');
        String number = blank < 0 ? line : line.substring(0, blank);
        if (!number.equals(Long.toString(wanted))) {
            throw new WireException("the answer to request " + wanted + ", '" + asked
                    + "', begins with its number, not '" + line + "'");
        }
        return WireAnswer.parse(blank < 0 ? "" : line.substring(blank + 1));
    }

    private String line(String asked) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c != '\n') {
            if (c < 0) {
                throw new WireException(
                        isClosed
                                ? "no answer to '" + asked + "' within " + patience + " ms"
                                : "the other end is gone; it was asked '" + asked + "'");
            }
            if (line.length() == LONGEST_LINE) {
                throw new WireException("the answer to '" + asked + "' is longer than " + LONGEST_LINE + " characters");
            }
            if (c != '\r') {
                line.append((char) c);
            }
            c = in.read();
        }
        return line.toString();
    }

    @Override
    public void close() {
        isClosed = true;
        end.run();
    }
}
