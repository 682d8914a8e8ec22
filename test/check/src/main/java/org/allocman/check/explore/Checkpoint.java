package org.allocman.check.explore;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
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
    /*
     *   magic, version
     *   what is explored, as text; words of a state's record
     *   generated, stuck, head, depth, first state of the next level, deepest, nanoseconds so far
     *   how many counts of actions; the counts
     *   how many states; their records
     *   CRC-32 of all that
     */
    private static final int MAGIC = 0x616c_6c63;
    private static final int VERSION = 1;
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
            long generated, long stuck, long head, int depth, long levelEnd, int deepest, long nanos, long[] counts) {}

    /** Writes the first so many states of a log, and what else is known. */
    void write(StateLog log, long states, Progress progress) throws IOException {
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
            out.writeLong(progress.levelEnd());
            out.writeInt(progress.deepest());
            out.writeLong(progress.nanos());
            out.writeInt(progress.counts().length);
            for (long count : progress.counts()) {
                out.writeLong(count);
            }
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

    /** Reads a checkpoint into a store that is empty. */
    Progress read(StateStore store, int counts) throws CheckpointException {
        Path whole = folder.resolve(NAME);
        CRC32 sum = new CRC32();
        try (DataInputStream in = new DataInputStream(
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(whole), BUFFER), sum))) {
            check(in.readInt() == MAGIC, whole + " is no checkpoint");
            check(in.readInt() == VERSION, whole + " is a checkpoint of another version of allocman");
            String of = in.readUTF();
            check(of.equals(subject), whole + " is of another exploration: " + of + ", and not " + subject);
            check(in.readInt() == store.log().stride(), whole + " is damaged: its states have another size");
            long generated = in.readLong();
            long stuck = in.readLong();
            long head = in.readLong();
            int depth = in.readInt();
            long levelEnd = in.readLong();
            int deepest = in.readInt();
            long nanos = in.readLong();
            check(in.readInt() == counts, whole + " is damaged: it counts other actions");
            long[] read = new long[counts];
            for (int i = 0; i < counts; i++) {
                read[i] = in.readLong();
            }
            long states = in.readLong();
            check(
                    states > 0 && head >= 0 && head <= states && levelEnd >= 0 && levelEnd <= states && depth >= 0,
                    whole + " is damaged: its numbers do not fit");
            for (long state = 0; state < states; state++) {
                long link = in.readLong();
                long low = in.readLong();
                long high = store.log().stride() > 2 ? in.readLong() : 0;
                long added = store.add(high, low, StateLog.parentOf(link), StateLog.actionOf(link));
                check(added != StateStore.FULL, "the states of " + whole + " need more memory than there may be");
                check(added == state, whole + " is damaged: a state is in it twice");
            }
            long wanted = sum.getValue();
            check(in.readLong() == wanted, whole + " is damaged: its checksum is another one");
            return new Progress(generated, stuck, head, depth, levelEnd, deepest, nanos, read);
        } catch (NoSuchFileException none) {
            throw new CheckpointException("there is no checkpoint in " + folder);
        } catch (EOFException cut) {
            throw new CheckpointException(whole + " is damaged: it ends in the middle");
        } catch (IOException unreadable) {
            throw new CheckpointException(whole + " cannot be read");
        }
    }

    private static void check(boolean good, String otherwise) throws CheckpointException {
        if (!good) {
            throw new CheckpointException(otherwise);
        }
    }
}
