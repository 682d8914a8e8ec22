package org.allocman.check.explore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The states in the order in which they were found. It is the queue as well: breadth first, the state to go on with is the
 * one behind the last. Whole chunks of it can go to disk, oldest first.
 */
final class StateLog implements AutoCloseable {
    /*
     * A record is two words if keys are exact, else three:
     *
     *            63                       24 23          0
     *   link    | state it was reached from | action      |
     *   low     | lower half of the key, or all of it     |
     *   high    | upper half of the key                   |
     */
    private static final int CHUNK_BITS = 14;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int ACTION_BITS = 24;
    private static final int LOW = 1;
    private static final int HIGH = 2;

    private final int stride;
    private LongBuffer[] chunks = new LongBuffer[0];
    private int used;
    private @Nullable TemporaryFile file;
    private long size;
    private int onDisk;

    StateLog(boolean exact) {
        this.stride = exact ? HIGH : HIGH + 1;
    }

    long size() {
        return size;
    }

    void append(long high, long low, long parent, int action) {
        int at = at(size);
        if (at == 0) {
            addChunk();
        }
        LongBuffer chunk = chunk(size);
        chunk.put(at, parent << ACTION_BITS | action);
        chunk.put(at + LOW, low);
        if (stride > HIGH) {
            chunk.put(at + HIGH, high);
        }
        size++;
    }

    private void addChunk() {
        LongBuffer chunk = LongBuffer.wrap(new long[CHUNK * stride]);
        if (used == chunks.length) {
            LongBuffer[] more = new LongBuffer[2 * used + 1];
            System.arraycopy(chunks, 0, more, 0, used);
            Arrays.fill(more, used, more.length, chunk);
            chunks = more;
        }
        chunks[used++] = chunk;
    }

    long low(long number) {
        return chunk(number).get(at(number) + LOW);
    }

    long high(long number) {
        return stride > HIGH ? chunk(number).get(at(number) + HIGH) : 0;
    }

    boolean holds(long number, long high, long low) {
        LongBuffer chunk = chunk(number);
        int at = at(number);
        return chunk.get(at + LOW) == low && (stride == HIGH || chunk.get(at + HIGH) == high);
    }

    long parent(long number) {
        return parentOf(link(number));
    }

    int action(long number) {
        return actionOf(link(number));
    }

    /** The state that a state was reached from, and the action that led to it, in one word. */
    long link(long number) {
        return chunk(number).get(at(number));
    }

    static long parentOf(long link) {
        return link >>> ACTION_BITS;
    }

    static int actionOf(long link) {
        return (int) link & (1 << ACTION_BITS) - 1;
    }

    /** Words of a record. */
    int stride() {
        return stride;
    }

    private LongBuffer chunk(long number) {
        return chunks[(int) (number >>> CHUNK_BITS)];
    }

    private int at(long number) {
        return ((int) number & CHUNK - 1) * stride;
    }

    /** Bytes of the records, wherever they are. */
    long bytes() {
        return size * stride * Long.BYTES;
    }

    /** Bytes of memory that the chunks take which are not on disk. */
    long bytesInMemory() {
        return (used - onDisk) * chunkBytes();
    }

    long bytesOnDisk() {
        return onDisk * chunkBytes();
    }

    private long chunkBytes() {
        return (long) CHUNK * stride * Long.BYTES;
    }

    /** Brings the oldest chunks to disk until no more than so many bytes are in memory; the newest stays. */
    @SuppressWarnings("required.method.not.called") // the file is this log's, which closes it
    void shrinkTo(long bytes) {
        if (bytesInMemory() <= bytes || onDisk == used - 1) {
            return;
        }
        try {
            TemporaryFile on = file();
            while (bytesInMemory() > bytes && onDisk < used - 1) {
                LongBuffer chunk = on.channel()
                        .map(FileChannel.MapMode.READ_WRITE, onDisk * chunkBytes(), chunkBytes())
                        .asLongBuffer();
                chunk.put(0, chunks[onDisk], 0, CHUNK * stride);
                chunks[onDisk++] = chunk;
            }
        } catch (IOException full) {
            throw new UncheckedIOException("the states do not fit on the disk for temporary files", full);
        }
    }

    private TemporaryFile file() throws IOException {
        TemporaryFile made = file;
        if (made == null) {
            made = TemporaryFile.make();
            file = made;
        }
        return made;
    }

    @Override
    public void close() {
        TemporaryFile made = file;
        if (made != null) {
            try {
                made.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
