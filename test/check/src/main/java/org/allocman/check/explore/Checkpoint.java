package org.allocman.check.explore;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A file with all that an exploration knows between two states, from which another run goes on. It is written beside the last one and
 * then put in its place, so that there is always a whole one.
 */
public final class Checkpoint {
    /** A run that takes long writes one so often. */
    static final long PAUSE_NANOS = 120_000_000_000L;

    /*
     *   magic, version
     *   what is explored, as text; words of a state's record
     *   generated, stuck, head, depth, first states of this level and of the next one, deepest, nanoseconds so far
     *   how many counts of actions; the counts; a bit for each rule that had nothing to look at
     *   how many states; their records
     *   CRC-32 of all that
     */
    private static final int MAGIC = 0x616c_6c63;
    private static final int VERSION = 3;
    private static final int BUFFER = 1 << 16;
    private static final String NAME = "exploration.states";

    private final Path folder;
    private final String subject;

    /**
     * A checkpoint in a folder.
     *
     * @param folder where the file lies, or is to lie; it is made if it is not there
     * @param subject what is explored, with everything that decides which states there are: a checkpoint of something else is not
     *     gone on with
     */
    public Checkpoint(Path folder, String subject) {
        this.folder = folder;
        this.subject = subject;
    }

    /** What an exploration knows beside its states. */
    record Progress(
            long generated,
            long stuck,
            long head,
            int depth,
            long levelStart,
            long levelEnd,
            int deepest,
            long nanos,
            long[] counts,
            long unusedRules) {
        /** Whether the numbers can be those of so many states. */
        private boolean fits(long states) {
            return head >= 0
                    && head <= states
                    && levelStart >= 0
                    && levelStart <= head
                    && levelEnd >= head
                    && levelEnd <= states
                    && depth >= 0
                    && deepest >= depth
                    && generated >= 0;
        }

        /** A run with smaller limits would have ended before it came here. */
        private void check(long states, Limits limits, Path file) throws CheckpointException {
            int least = head > levelStart ? depth + 1 : depth;
            Checkpoint.check(
                    limits.depth() >= least,
                    file + " is of a run that went to depth " + least
                            + "; it goes on to that depth or a greater one, not to " + limits.depth());
            Checkpoint.check(
                    limits.states() > states || states == 1,
                    file + " has " + states + " states; it goes on to more of them, not to " + limits.states());
        }
    }

    /**
     * What the checkpoint in a folder is of.
     *
     * @param folder where the file lies
     * @return what {@code subject} was when it was written
     * @throws CheckpointException if there is none, or it cannot be read
     */
    public static String subject(Path folder) throws CheckpointException {
        return reading(folder, Checkpoint::header);
    }

    /** Writes the first so many states of a log, and what else is known. */
    void writeOrThrow(StateLog log, long states, Progress progress) {
        try {
            write(log, states, progress);
        } catch (IOException full) {
            throw new UncheckedIOException("the checkpoint cannot be written", full);
        }
    }

    private void write(StateLog log, long states, Progress progress) throws IOException {
        Files.createDirectories(folder);
        Path whole = folder.resolve(NAME);
        Path next = folder.resolve(NAME + ".next");
        CheckedOutputStream checked =
                new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(next), BUFFER), new CRC32());
        try (DataOutputStream out = new DataOutputStream(checked)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeUTF(subject);
            out.writeInt(log.stride());
            out.writeLong(progress.generated());
            out.writeLong(progress.stuck());
            out.writeLong(progress.head());
            out.writeInt(progress.depth());
            out.writeLong(progress.levelStart());
            out.writeLong(progress.levelEnd());
            out.writeInt(progress.deepest());
            out.writeLong(progress.nanos());
            out.writeInt(progress.counts().length);
            for (long count : progress.counts()) {
                out.writeLong(count);
            }
            out.writeLong(progress.unusedRules());
            out.writeLong(states);
            for (long state = 0; state < states; state++) {
                out.writeLong(log.link(state));
                out.writeLong(log.low(state));
                if (log.stride() > 2) {
                    out.writeLong(log.high(state));
                }
            }
            out.writeLong(checked.getChecksum().getValue());
        }
        Files.move(next, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Reads a checkpoint into a store that is empty, to go on with such limits. */
    Progress read(StateStore store, int counts, Limits limits) throws CheckpointException {
        return reading(folder, (in, file) -> read(in, file, store, counts, limits));
    }

    /** Reads from a file. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(DataInputStream in, Path file) throws IOException, CheckpointException;
    }

    private static <T> T reading(Path folder, Reader<T> reader) throws CheckpointException {
        Path whole = folder.resolve(NAME);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(whole), BUFFER))) {
            return reader.read(in, whole);
        } catch (NoSuchFileException none) {
            throw new CheckpointException("there is no checkpoint in " + folder);
        } catch (EOFException cut) {
            throw new CheckpointException(whole + " is damaged: it ends in the middle");
        } catch (IOException unreadable) {
            throw new CheckpointException(whole + " cannot be read");
        }
    }

    private static String header(DataInputStream in, Path file) throws IOException, CheckpointException {
        check(in.readInt() == MAGIC, file + " is no checkpoint");
        check(in.readInt() == VERSION, file + " is a checkpoint of another version of allocman");
        return in.readUTF();
    }

    private static Progress progress(DataInputStream in, Path file, int counts)
            throws IOException, CheckpointException {
        long generated = in.readLong();
        long stuck = in.readLong();
        long head = in.readLong();
        int depth = in.readInt();
        long levelStart = in.readLong();
        long levelEnd = in.readLong();
        int deepest = in.readInt();
        long nanos = in.readLong();
        check(in.readInt() == counts, file + " is damaged: it counts other actions");
        long[] read = new long[counts];
        for (int i = 0; i < counts; i++) {
            read[i] = in.readLong();
        }
        return new Progress(generated, stuck, head, depth, levelStart, levelEnd, deepest, nanos, read, in.readLong());
    }

    private Progress read(DataInputStream from, Path file, StateStore store, int counts, Limits limits)
            throws IOException, CheckpointException {
        CRC32 sum = new CRC32();
        DataInputStream in = new DataInputStream(new CheckedInputStream(from, sum));
        String of = header(in, file);
        check(of.equals(subject), file + " is of another exploration: " + of + ", and not " + subject);
        check(in.readInt() == store.log().stride(), file + " is damaged: its states have another size");
        Progress progress = progress(in, file, counts);
        long states = in.readLong();
        check(states > 0 && progress.fits(states), file + " is damaged: its numbers do not fit");
        for (long state = 0; state < states; state++) {
            long link = in.readLong();
            long low = in.readLong();
            long high = store.log().stride() > 2 ? in.readLong() : 0;
            check(StateLog.parentOf(link) <= state, file + " is damaged: a state comes from a later one");
            long added = store.add(high, low, StateLog.parentOf(link), StateLog.actionOf(link));
            check(added != StateStore.FULL, "the states of " + file + " need more memory than there may be");
            check(added == state, file + " is damaged: a state is in it twice");
        }
        long wanted = sum.getValue();
        check(in.readLong() == wanted, file + " is damaged: its checksum is another one");
        progress.check(states, limits, file);
        return progress;
    }

    private static void check(boolean good, String otherwise) throws CheckpointException {
        if (!good) {
            throw new CheckpointException(otherwise);
        }
    }
}
