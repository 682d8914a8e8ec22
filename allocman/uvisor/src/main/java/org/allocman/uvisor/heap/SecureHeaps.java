package org.allocman.uvisor.heap;

import org.allocman.qual.Bytes;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.PageCalls;
import org.allocman.uvisor.block.PageTable;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.Memory;

/**
 * uVisor's secure allocators: a heap is a stretch of memory, or several blocks that need not lie one behind the other, in
 * which case what is allocated must fit into one of them. A heap is known by the address of its table, a {@link PageTable};
 * one with a count of 0 is static, and its memory lies behind the table.
 */
public final class SecureHeaps {
    /** Bytes that a heap in one stretch takes for itself. */
    public static final @Bytes int OVERHEAD = 16 + Chunks.OVERHEAD;

    /** In place of a heap: there is none. */
    public static final long NONE = 0;

    private static final int TABLE = 16;
    private static final int LEAST = 8;
    private static final long MOST_SIZE = 0xffff_ffffL;

    private final Memory user;
    private final BlockPool pool;
    private final PageCalls calls;
    private final Chunks chunks;

    /**
     * Heaps in some memory.
     *
     * @param user the memory as the caller sees it
     * @param pool where blocks come from
     */
    public SecureHeaps(Memory user, BlockPool pool) {
        this.user = user;
        this.pool = pool;
        this.calls = new PageCalls(pool);
        this.chunks = new Chunks(user);
    }

    /**
     * Makes memory that the caller has a heap.
     *
     * @param address its first byte; the heap begins at the next multiple of 8
     * @param bytes how many
     * @return the heap, or the number of a {@link HeapRefusal}: {@code NO_MEMORY} if it is too small, {@code TOO_LARGE}
     */
    public long createInMemory(long address, @Bytes long bytes) {
        long heap = (address + LEAST - 1) & -LEAST;
        long size = (address + bytes - heap) & -LEAST;
        if (size < OVERHEAD + LEAST) {
            return HeapRefusal.NO_MEMORY.code();
        }
        if (size > Chunks.MOST) {
            return HeapRefusal.TOO_LARGE.code();
        }
        user.clear(heap, size);
        PageTable.BLOCK_BYTES.set(user, heap, size);
        PageTable.setOrigin(user, heap, 0, heap + TABLE);
        chunks.initialise(heap + TABLE, size - TABLE);
        return heap;
    }

    /**
     * Makes a heap of blocks.
     *
     * @param box whose blocks they are to be
     * @param bytes how many bytes it is to have at least, in all
     * @param most how many the largest thing in it can have
     * @param tables the heap of which its table is allocated
     * @return the heap, or the number of a {@link HeapRefusal}: {@code TOO_LARGE} if a block is too small for {@code most},
     *     {@code NO_BLOCKS}, {@code QUOTA_EXCEEDED}, {@code NO_TABLE}; nothing has changed then
     */
    public long createOfBlocks(int box, @Bytes long bytes, @Bytes long most, long tables) {
        long inBlock = pool.geometry().blockBytes() - Chunks.OVERHEAD;
        long count = Math.max(1, (bytes + inBlock - 1) / inBlock);
        if (most > inBlock || bytes < 0 || bytes > MOST_SIZE) {
            return HeapRefusal.TOO_LARGE.code();
        }
        if (count > pool.available()) {
            return HeapRefusal.NO_BLOCKS.code();
        }
        long heap = malloc(tables, PageTable.bytes(count));
        if (HeapRefusal.isRefusal(heap)) {
            return HeapRefusal.NO_TABLE.code();
        }
        PageTable.BLOCK_BYTES.set(user, heap, pool.geometry().blockBytes());
        PageTable.COUNT.set(user, heap, count);
        PageError refusal = calls.malloc(box, user, heap);
        if (refusal != PageError.OK) {
            free(tables, heap);
            return (refusal == PageError.QUOTA_EXCEEDED ? HeapRefusal.QUOTA_EXCEEDED : HeapRefusal.NO_BLOCKS).code();
        }
        for (long i = 0; i < count; i++) {
            chunks.initialise(PageTable.origin(user, heap, i), pool.geometry().blockBytes());
        }
        return heap;
    }

    /**
     * Gives a heap of blocks back, with all that is in it.
     *
     * @param box whose blocks they are
     * @param heap the heap
     * @param tables the heap of which its table was allocated
     * @return {@link HeapAnswer#OK}, or why nothing was done
     */
    public HeapAnswer destroy(int box, long heap, long tables) {
        if (isStatic(heap)) {
            return HeapAnswer.STATIC;
        }
        if (calls.free(box, user, heap) != PageError.OK) {
            return HeapAnswer.NOT_OWNED;
        }
        return free(tables, heap);
    }

    /**
     * Whether a heap is in one stretch of memory, and none of its blocks are its own.
     *
     * @param heap the heap
     * @return true if so
     */
    public boolean isStatic(long heap) {
        return PageTable.COUNT.get(user, heap) == 0;
    }

    /**
     * How many stretches a heap has.
     *
     * @param heap the heap
     * @return 1 for a static one, else how many blocks; no more than there are, whatever is written in its table
     */
    public long stretches(long heap) {
        long count = PageTable.COUNT.get(user, heap);
        return Math.max(1, Math.min(count, pool.geometry().count()));
    }

    /**
     * One of a heap's stretches.
     *
     * @param heap the heap
     * @param index 0 to {@link #stretches} - 1
     * @return where it begins
     */
    public long stretch(long heap, long index) {
        return PageTable.origin(user, heap, index);
    }

    /**
     * How much of a heap is in use.
     *
     * @param heap the heap
     * @return bytes, book-keeping of chunks counted
     */
    public @Bytes long used(long heap) {
        long used = 0;
        for (long i = 0; i < stretches(heap); i++) {
            used += chunks.used(stretch(heap, i));
        }
        return used;
    }

    /**
     * Whether an address is in a heap.
     *
     * @param heap the heap
     * @param address any address
     * @return true if it is in one of its stretches
     */
    public boolean contains(long heap, long address) {
        return stretchOf(heap, address) != NONE;
    }

    /**
     * Allocates memory, which is all zero.
     *
     * @param heap from which
     * @param bytes how many
     * @return its address, a multiple of 8; or the number of a {@link HeapRefusal}: {@code TOO_LARGE}, {@code NO_MEMORY}
     */
    public long malloc(long heap, @Bytes long bytes) {
        return alignedAlloc(heap, Chunks.ALIGNMENT, bytes);
    }

    /**
     * Allocates memory at a multiple of a power of two. Unlike uVisor's it can be freed.
     *
     * @param heap from which
     * @param alignment a power of two
     * @param bytes how many
     * @return its address, or the number of a {@link HeapRefusal}: {@code TOO_LARGE}, {@code BAD_ALIGNMENT}, {@code NO_MEMORY}
     */
    public long alignedAlloc(long heap, @Bytes long alignment, @Bytes long bytes) {
        if (bytes < 0 || bytes > Chunks.MOST) {
            return HeapRefusal.TOO_LARGE.code();
        }
        if (Long.bitCount(alignment) != 1 || alignment < 0 || alignment > MOST_SIZE) {
            return HeapRefusal.BAD_ALIGNMENT.code();
        }
        long to = Math.max(Chunks.ALIGNMENT, alignment);
        long count = stretches(heap);
        for (long i = 0; i < count; i++) {
            long address = chunks.allocate(stretch(heap, i), bytes, to);
            if (address != 0) {
                return address;
            }
        }
        return HeapRefusal.NO_MEMORY.code();
    }

    /**
     * Allocates memory for several things of one size, all zero.
     *
     * @param heap from which
     * @param count how many things
     * @param bytes how large each is
     * @return its address, or the number of a {@link HeapRefusal}; {@code TOO_LARGE} also if the product has more than 32 bits
     */
    public long calloc(long heap, long count, @Bytes long bytes) {
        return overflows(count, bytes) ? HeapRefusal.TOO_LARGE.code() : malloc(heap, count * bytes);
    }

    /**
     * Whether so many things are more than 32 bits can count.
     *
     * @param count how many things
     * @param bytes how large each is
     * @return true if so, or if a number is negative
     */
    public static boolean overflows(long count, @Bytes long bytes) {
        return count < 0 || bytes < 0 || count != 0 && bytes > MOST_SIZE / count;
    }

    /**
     * Makes what was allocated larger or smaller: where it is if there is room, else at another place to which it is copied.
     *
     * @param heap where it is
     * @param address what was allocated; 0 to allocate
     * @param bytes how many it is to have
     * @return its address, or the number of a {@link HeapRefusal} with nothing changed
     */
    public long realloc(long heap, long address, @Bytes long bytes) {
        if (address == 0) {
            return malloc(heap, bytes);
        }
        long stretch = stretchOf(heap, address);
        if (stretch == NONE || !chunks.isAllocated(stretch, address)) {
            return HeapRefusal.NOT_ALLOCATED.code();
        }
        if (bytes < 0 || bytes > Chunks.MOST) {
            return HeapRefusal.TOO_LARGE.code();
        }
        if (chunks.resize(stretch, address, bytes)) {
            return address;
        }
        long moved = malloc(heap, bytes);
        if (!HeapRefusal.isRefusal(moved)) {
            copy(address, moved);
            chunks.free(stretch, address);
        }
        return moved;
    }

    /**
     * Copies what was allocated at one address to what was allocated at another, as much as both have.
     *
     * @param address where it is
     * @param moved where it is to be
     */
    public void copy(long address, long moved) {
        long size = Math.min(chunks.sizeOf(address), chunks.sizeOf(moved));
        for (long at = 0; at < size; at += Long.BYTES) {
            user.store64(moved + at, 0, user.load64(address + at, 0));
        }
    }

    /**
     * Whether something that is allocated begins at an address.
     *
     * @param heap where to look
     * @param address any address
     * @return true if so
     */
    public boolean isAllocated(long heap, long address) {
        long stretch = stretchOf(heap, address);
        return stretch != NONE && chunks.isAllocated(stretch, address);
    }

    /**
     * How large a static heap is.
     *
     * @param heap the heap
     * @return bytes, its table counted
     */
    public @Bytes long bytes(long heap) {
        return PageTable.BLOCK_BYTES.get(user, heap);
    }

    /**
     * Gives memory back. It is cleared.
     *
     * @param heap where it is
     * @param address what was allocated
     * @return {@link HeapAnswer#OK}, or why nothing was done
     */
    public HeapAnswer free(long heap, long address) {
        long stretch = stretchOf(heap, address);
        if (stretch == NONE) {
            return HeapAnswer.NOT_IN_HEAP;
        }
        if (!chunks.isAllocated(stretch, address)) {
            return HeapAnswer.NOT_ALLOCATED;
        }
        chunks.free(stretch, address);
        return HeapAnswer.OK;
    }

    /**
     * Makes a static heap longer.
     *
     * @param heap which
     * @param bytes by how many, a multiple of 8, 16 or more; the memory behind it is zero
     */
    public void extend(long heap, @Bytes long bytes) {
        chunks.extend(stretch(heap, 0), bytes);
        PageTable.BLOCK_BYTES.set(user, heap, PageTable.BLOCK_BYTES.get(user, heap) + bytes);
    }

    /**
     * Makes a static heap shorter by whole units that are free at its end.
     *
     * @param heap which
     * @param unit the size of a unit, a multiple of 16
     * @return by how many bytes
     */
    public @Bytes long shrink(long heap, @Bytes long unit) {
        long stretch = stretch(heap, 0);
        long free = chunks.freeAtEnd(stretch);
        long bytes = free / unit * unit;
        if (bytes != free && free - bytes < LEAST * 2) {
            bytes -= unit;
        }
        if (bytes <= 0 || bytes >= chunks.bytes(stretch) - Chunks.OVERHEAD) {
            return 0;
        }
        chunks.shrink(stretch, bytes);
        PageTable.BLOCK_BYTES.set(user, heap, PageTable.BLOCK_BYTES.get(user, heap) - bytes);
        return bytes;
    }

    private long stretchOf(long heap, long address) {
        long count = stretches(heap);
        for (long i = 0; i < count; i++) {
            long stretch = stretch(heap, i);
            if (address >= stretch && address < stretch + chunks.bytes(stretch)) {
                return stretch;
            }
        }
        return NONE;
    }
}
