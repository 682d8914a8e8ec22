package org.allocman.uvisor.heap;

import static org.allocman.uvisor.heap.ChunkRecord.BEFORE;
import static org.allocman.uvisor.heap.ChunkRecord.BYTES;
import static org.allocman.uvisor.heap.ChunkRecord.CHUNK_HEADER;
import static org.allocman.uvisor.heap.ChunkRecord.COUNT;
import static org.allocman.uvisor.heap.ChunkRecord.FREE;
import static org.allocman.uvisor.heap.ChunkRecord.HEADER;
import static org.allocman.uvisor.heap.ChunkRecord.IN_USE;
import static org.allocman.uvisor.heap.ChunkRecord.LAST;
import static org.allocman.uvisor.heap.ChunkRecord.NEXT;
import static org.allocman.uvisor.heap.ChunkRecord.PREVIOUS;
import static org.allocman.uvisor.heap.ChunkRecord.SIZE;
import static org.allocman.uvisor.heap.ChunkRecord.SMALLEST;
import static org.allocman.uvisor.heap.ChunkRecord.USED;

import org.allocman.qual.Bytes;
import org.allocman.vka.Memory;

/**
 * Stretches of memory that are cut into chunks. Chunks know the sizes of their neighbours, so a free chunk is joined with
 * those beside it at once. What is free is zero but for two links, so what is allocated is zero.
 */
public final class Chunks {
    /** Bytes that a stretch takes for itself, its one chunk's header counted. */
    public static final @Bytes int OVERHEAD = HEADER + CHUNK_HEADER;

    /** Every chunk's address is a multiple of this. */
    public static final @Bytes int ALIGNMENT = 8;

    /** The most bytes that a chunk can have. */
    public static final @Bytes long MOST = 0x7fff_ffffL;

    private final Memory memory;

    /**
     * Works on stretches in some memory.
     *
     * @param memory the memory as the caller sees it
     */
    public Chunks(Memory memory) {
        this.memory = memory;
    }

    /**
     * Makes memory a stretch with one free chunk.
     *
     * @param stretch its first byte, a multiple of 8; all of it is zero
     * @param bytes how many, a multiple of 8, more than {@link #OVERHEAD} by 8 or more
     */
    public void initialise(long stretch, @Bytes long bytes) {
        BYTES.set(memory, stretch, bytes);
        LAST.set(memory, stretch, HEADER);
        SIZE.set(memory, stretch + HEADER, bytes - HEADER);
        link(stretch, stretch + HEADER);
    }

    /**
     * How large a stretch is.
     *
     * @param stretch its first byte
     * @return bytes
     */
    public @Bytes long bytes(long stretch) {
        return BYTES.get(memory, stretch);
    }

    /**
     * How much of a stretch is in use.
     *
     * @param stretch its first byte
     * @return bytes, headers of chunks counted
     */
    public @Bytes long used(long stretch) {
        return USED.get(memory, stretch);
    }

    /**
     * How many chunks are in use.
     *
     * @param stretch the stretch's first byte
     * @return their number
     */
    public long count(long stretch) {
        return COUNT.get(memory, stretch);
    }

    /**
     * Allocates memory, which is all zero.
     *
     * @param stretch from which
     * @param bytes how many, 0 to {@link #MOST}
     * @param alignment what the address is to be a multiple of: a power of two, 8 or more
     * @return its address, or 0 if no free chunk is large enough
     */
    public long allocate(long stretch, @Bytes long bytes, @Bytes long alignment) {
        long size = chunkSize(bytes);
        // the links are where the caller can write: there are no more chunks than there is room for, whatever they say
        long left = bytes(stretch) / SMALLEST;
        for (long at = FREE.get(memory, stretch); at != 0 && left > 0; at = NEXT.get(memory, stretch + at)) {
            left--;
            long chunk = stretch + at;
            long gap = gap(chunk, alignment);
            if (gap + size <= SIZE.get(memory, chunk)) {
                return take(stretch, chunk, gap, size);
            }
        }
        return 0;
    }

    /** How far behind a chunk's start a chunk with an aligned address can begin: not at all, or with room for a free one. */
    private static long gap(long chunk, long alignment) {
        long from = chunk + CHUNK_HEADER;
        long aligned = (from + alignment - 1) & -alignment;
        while (aligned != from && aligned - from < SMALLEST) {
            aligned += alignment;
        }
        return aligned - from;
    }

    private static long chunkSize(long bytes) {
        return Math.max(SMALLEST, (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT + CHUNK_HEADER);
    }

    private long take(long stretch, long free, long gap, long size) {
        unlink(stretch, free);
        long chunk = free;
        if (gap > 0) {
            chunk = split(stretch, free, gap);
            link(stretch, free);
        }
        cutTail(stretch, chunk, size);
        SIZE.set(memory, chunk, SIZE.get(memory, chunk) | IN_USE);
        USED.add(memory, stretch, size(chunk));
        COUNT.add(memory, stretch, 1);
        return chunk + CHUNK_HEADER;
    }

    /** Makes what a chunk has too much a free chunk, if it is large enough for one. */
    private void cutTail(long stretch, long chunk, long size) {
        if (size(chunk) - size >= SMALLEST) {
            link(stretch, split(stretch, chunk, size));
        }
    }

    /** Cuts a chunk that is not linked in two, neither of them in use; the second is answered. */
    private long split(long stretch, long chunk, long size) {
        long rest = SIZE.get(memory, chunk) - size;
        long second = chunk + size;
        SIZE.set(memory, chunk, size);
        SIZE.set(memory, second, rest);
        BEFORE.set(memory, second, size);
        setBefore(stretch, second, rest);
        return second;
    }

    /** Tells the chunk behind another how large that is, or the stretch that it is the last. */
    private void setBefore(long stretch, long chunk, long size) {
        long behind = chunk + size;
        if (behind == stretch + bytes(stretch)) {
            LAST.set(memory, stretch, chunk - stretch);
        } else {
            BEFORE.set(memory, behind, size);
        }
    }

    /**
     * Whether something that is allocated begins at an address.
     *
     * @param stretch where to look
     * @param address any address
     * @return true if so
     */
    public boolean isAllocated(long stretch, long address) {
        long chunk = address - CHUNK_HEADER;
        long end = stretch + bytes(stretch);
        if (address % ALIGNMENT != 0 || chunk < stretch + HEADER || chunk >= end) {
            return false;
        }
        long word = SIZE.get(memory, chunk);
        long size = word & -ALIGNMENT;
        long before = BEFORE.get(memory, chunk);
        // what lies in the middle of a chunk does not agree with both neighbours unless somebody forged it
        if (word != (size | IN_USE) || size < SMALLEST || size > end - chunk || before % ALIGNMENT != 0) {
            return false;
        }
        boolean agreesBehind = chunk + size == end
                ? LAST.get(memory, stretch) == chunk - stretch
                : BEFORE.get(memory, chunk + size) == size;
        boolean agreesBefore = before == 0
                ? chunk == stretch + HEADER
                : before <= chunk - stretch - HEADER && size(chunk - before) == before;
        return agreesBehind && agreesBefore;
    }

    /**
     * How much was allocated at an address, rounded up.
     *
     * @param address what {@link #allocate} answered
     * @return bytes, 8 or more
     */
    public @Bytes long sizeOf(long address) {
        return size(address - CHUNK_HEADER) - CHUNK_HEADER;
    }

    /**
     * Gives memory back. It is cleared.
     *
     * @param stretch where it is
     * @param address what {@link #allocate} answered
     */
    public void free(long stretch, long address) {
        long chunk = address - CHUNK_HEADER;
        long size = size(chunk);
        memory.clear(address, size - CHUNK_HEADER);
        SIZE.set(memory, chunk, size);
        USED.add(memory, stretch, -size);
        COUNT.add(memory, stretch, -1);
        link(stretch, join(stretch, chunk));
    }

    /** Joins a chunk that is neither in use nor linked with free neighbours; the whole is answered. */
    private long join(long stretch, long chunk) {
        long end = stretch + bytes(stretch);
        long behind = chunk + size(chunk);
        if (behind < end && !isInUse(behind)) {
            unlink(stretch, behind);
            absorb(stretch, chunk, behind);
        }
        long before = BEFORE.get(memory, chunk);
        if (before != 0 && !isInUse(chunk - before)) {
            unlink(stretch, chunk - before);
            absorb(stretch, chunk - before, chunk);
            return chunk - before;
        }
        return chunk;
    }

    /** Adds a chunk to the one before it; its header is cleared. */
    private void absorb(long stretch, long chunk, long second) {
        long word = SIZE.get(memory, chunk);
        long size = SIZE.get(memory, second) & -ALIGNMENT;
        SIZE.set(memory, second, 0);
        BEFORE.set(memory, second, 0);
        SIZE.set(memory, chunk, word + size);
        setBefore(stretch, chunk, (word & -ALIGNMENT) + size);
    }

    /**
     * Makes what was allocated larger or smaller where it is. What is added is zero, to the byte, if nobody has written beyond
     * what was asked for; what goes is cleared.
     *
     * @param stretch where it is
     * @param address what {@link #allocate} answered
     * @param bytes how many it is to have, 0 to {@link #MOST}
     * @return false, with nothing changed, if there is no room behind it
     */
    public boolean resize(long stretch, long address, @Bytes long bytes) {
        long chunk = address - CHUNK_HEADER;
        long size = chunkSize(bytes);
        long old = size(chunk);
        long behind = chunk + old;
        boolean isFreeBehind = behind < stretch + bytes(stretch) && !isInUse(behind);
        if (size > old + (isFreeBehind ? size(behind) : 0)) {
            return false;
        }
        if (size < old) {
            memory.clear(chunk + size, old - size);
        }
        clearTail(address, bytes, Math.min(size, old) - CHUNK_HEADER);
        if (size != old && isFreeBehind) {
            unlink(stretch, behind);
            absorb(stretch, chunk, behind);
        }
        SIZE.set(memory, chunk, size(chunk));
        cutTail(stretch, chunk, size);
        SIZE.set(memory, chunk, SIZE.get(memory, chunk) | IN_USE);
        USED.add(memory, stretch, size(chunk) - old);
        return true;
    }

    /** Clears what a chunk has beyond the bytes that are wanted, so that it is zero if more is wanted later. */
    private void clearTail(long address, long bytes, long end) {
        long word = bytes / ALIGNMENT * ALIGNMENT;
        if (word < bytes && word < end) {
            long kept = (1L << (bytes - word) * Byte.SIZE) - 1;
            memory.store64(address + word, 0, memory.load64(address + word, 0) & kept);
            word += ALIGNMENT;
        }
        if (word < end) {
            memory.clear(address + word, end - word);
        }
    }

    /**
     * Makes a stretch longer.
     *
     * @param stretch which
     * @param bytes by how many, a multiple of 8, 16 or more; the memory behind the stretch is zero
     */
    public void extend(long stretch, @Bytes long bytes) {
        long end = stretch + bytes(stretch);
        long last = stretch + LAST.get(memory, stretch);
        BYTES.set(memory, stretch, bytes(stretch) + bytes);
        LAST.set(memory, stretch, end - stretch);
        SIZE.set(memory, end, bytes);
        BEFORE.set(memory, end, size(last));
        link(stretch, join(stretch, end));
    }

    /**
     * How much of a stretch's end is free.
     *
     * @param stretch which
     * @return bytes of the last chunk, 0 if it is in use
     */
    public @Bytes long freeAtEnd(long stretch) {
        long last = stretch + LAST.get(memory, stretch);
        return isInUse(last) ? 0 : size(last);
    }

    /**
     * Makes a stretch shorter.
     *
     * @param stretch which
     * @param bytes by how many, a multiple of 8; {@link #freeAtEnd} is as many, or 16 and more beyond that
     */
    public void shrink(long stretch, @Bytes long bytes) {
        long last = stretch + LAST.get(memory, stretch);
        long size = size(last);
        unlink(stretch, last);
        if (size == bytes) {
            LAST.set(memory, stretch, last - BEFORE.get(memory, last) - stretch);
            SIZE.set(memory, last, 0);
            BEFORE.set(memory, last, 0);
        } else {
            SIZE.set(memory, last, size - bytes);
            link(stretch, last);
        }
        BYTES.set(memory, stretch, bytes(stretch) - bytes);
    }

    private boolean isInUse(long chunk) {
        return (SIZE.get(memory, chunk) & IN_USE) != 0;
    }

    private long size(long chunk) {
        return SIZE.get(memory, chunk) & -ALIGNMENT;
    }

    private void link(long stretch, long chunk) {
        long first = FREE.get(memory, stretch);
        NEXT.set(memory, chunk, first);
        PREVIOUS.set(memory, chunk, 0);
        if (first != 0) {
            PREVIOUS.set(memory, stretch + first, chunk - stretch);
        }
        FREE.set(memory, stretch, chunk - stretch);
    }

    private void unlink(long stretch, long chunk) {
        long next = NEXT.get(memory, chunk);
        long previous = PREVIOUS.get(memory, chunk);
        if (previous == 0) {
            FREE.set(memory, stretch, next);
        } else {
            NEXT.set(memory, stretch + previous, next);
        }
        if (next != 0) {
            PREVIOUS.set(memory, stretch + next, previous);
        }
        NEXT.set(memory, chunk, 0);
        PREVIOUS.set(memory, chunk, 0);
    }
}
