package org.allocman.uvisor.block;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Word;

/**
 * The top level: an arena that grows upwards and back as {@code sbrk()} moves its end, a stack that grows downwards, and the
 * pool between them. Arena and stack grow block by block, into blocks that the pool has no use for, so they never cross the
 * pool or each other. A block of the stack stays the stack's.
 */
public final class TopLevel {
    private static final Word BREAK = new Word("end of the arena", 0);

    /** Bytes of state beside the pool's. */
    public static final @Bytes int STATE_BYTES = 8;

    /** In place of an address: refused. */
    public static final long REFUSED = -1;

    private final Memory memory;
    private final BlockPool pool;
    private final PoolEdges edges;
    private final @PhysAddr long state;

    /**
     * A view of the top level.
     *
     * @param memory the memory, as privileged code sees it
     * @param pool the pool in between
     * @param state address of {@link #STATE_BYTES} bytes, a multiple of 8
     */
    public TopLevel(Memory memory, BlockPool pool, @PhysAddr long state) {
        this.memory = memory;
        this.pool = pool;
        this.edges = new PoolEdges(pool);
        this.state = state;
    }

    /** Makes the arena empty. Once only. */
    public void initialise() {
        BREAK.set(memory, state, pool.geometry().start());
    }

    /**
     * Where the arena ends.
     *
     * @return one past its last byte
     */
    public @PhysAddr long end() {
        return BREAK.get(memory, state);
    }

    /**
     * Where the stack begins, which grows downwards.
     *
     * @return the first byte of its lowest block
     */
    public @PhysAddr long stackBottom() {
        return pool.geometry().addressOf(edges.top());
    }

    /**
     * How many blocks the arena has.
     *
     * @return a number of blocks
     */
    public int arenaBlocks() {
        return edges.bottom();
    }

    /**
     * How many blocks the stack has.
     *
     * @return a number of blocks
     */
    public int stackBlocks() {
        return pool.geometry().count() - edges.top();
    }

    /**
     * Moves the arena's end. New memory is all zero.
     *
     * @param increment by how many bytes, possibly negative
     * @return where the end was before, or {@link #REFUSED} with nothing changed
     */
    public long sbrk(@Bytes long increment) {
        BlockGeometry geometry = pool.geometry();
        long old = end();
        // an arena is shorter than 2^32 bytes, so what cannot be is far from overflowing
        if (increment > geometry.end() - old || increment < geometry.start() - old) {
            return REFUSED;
        }
        long now = old + increment;
        int blocks = blocksTo(now);
        int before = edges.bottom();
        int first = pool.first();
        int last = pool.end();
        while (edges.bottom() < blocks) {
            if (!edges.growBottom()) {
                while (edges.bottom() > before) {
                    edges.shrinkBottom();
                }
                pool.extent().restore(first, last);
                return REFUSED;
            }
        }
        while (edges.bottom() > blocks) {
            edges.shrinkBottom();
        }
        if (now < old) {
            clear(now, Math.min(old, geometry.addressOf(blocks)));
        }
        BREAK.set(memory, state, now);
        return old;
    }

    private int blocksTo(long end) {
        BlockGeometry geometry = pool.geometry();
        return (int) ((end - geometry.start() + geometry.blockBytes() - 1) / geometry.blockBytes());
    }

    private void clear(long from, long end) {
        long word = from & -Long.BYTES;
        if (word != from && word < end) {
            long kept = (1L << (from - word) * Byte.SIZE) - 1;
            memory.store64(word, 0, memory.load64(word, 0) & kept);
            word += Long.BYTES;
        }
        if (word < end) {
            memory.clear(word, (end - word + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        }
    }

    /**
     * Lets the stack reach down to an address, as a fault below its end asks for.
     *
     * @param address the lowest address that the stack is to have
     * @return false, with nothing changed, if what lies between is in use
     */
    public boolean growStack(@PhysAddr long address) {
        BlockGeometry geometry = pool.geometry();
        int block = geometry.blockAt(address);
        if (block < edges.bottom()) {
            return false;
        }
        int before = edges.top();
        int first = pool.first();
        int last = pool.end();
        while (edges.top() > block) {
            if (!edges.growTop()) {
                while (edges.top() < before) {
                    edges.undoGrowTop();
                }
                pool.extent().restore(first, last);
                return false;
            }
        }
        return true;
    }
}
