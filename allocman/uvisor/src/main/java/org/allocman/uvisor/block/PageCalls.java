package org.allocman.uvisor.block;

import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.Memory;
import org.allocman.vka.MemoryFault;

/**
 * uVisor's two calls on the pool, whose argument is a table in the caller's memory. Checks, their order and the answers are
 * uVisor's; but a free frees all entries or none, a block has one owner, and no count overflows.
 */
public final class PageCalls {
    private final BlockPool pool;
    private final BlockGeometry geometry;

    /**
     * Calls on a pool.
     *
     * @param pool the pool
     */
    public PageCalls(BlockPool pool) {
        this.pool = pool;
        this.geometry = pool.geometry();
    }

    /**
     * Hands out as many blocks as a table says, lowest first, and writes their addresses into it. The blocks are all zero.
     *
     * @param box who wants them
     * @param user the memory as the caller sees it; what it may not touch faults, and then nothing has changed
     * @param table where the {@link PageTable} is
     * @return {@link PageError#OK}, or why nothing was done
     */
    public PageError malloc(int box, Memory user, long table) {
        long count = PageTable.COUNT.get(user, table);
        if (count == 0) {
            return PageError.INVALID_PAGE_COUNT;
        }
        if (PageTable.BLOCK_BYTES.get(user, table) != geometry.blockBytes()) {
            return PageError.INVALID_PAGE_SIZE;
        }
        PageError refusal = pool.mayHave(box, count);
        if (refusal != PageError.OK) {
            return refusal;
        }
        // the caller's table faults now or not at all
        for (long i = 0; i < count; i++) {
            PageTable.setOrigin(user, table, i, PageTable.origin(user, table, i));
        }
        int first = pool.first();
        int end = pool.end();
        int from = 0;
        for (long i = 0; i < count; i++) {
            int block = pool.takeNext(box, from);
            if (block == BlockPool.NONE) {
                for (long given = 0; given < i; given++) {
                    pool.blocks().release(blockAt(PageTable.origin(user, table, given)), box);
                }
                pool.extent().restore(first, end);
                return PageError.OUT_OF_MEMORY;
            }
            PageTable.setOrigin(user, table, i, geometry.addressOf(block));
            from = block + 1;
        }
        return PageError.OK;
    }

    /**
     * Takes the blocks of a table back. They are cleared.
     *
     * @param box whose they are
     * @param user the memory as the caller sees it; what it may not touch faults, and then nothing has changed
     * @param table where the {@link PageTable} is; any address within a block names it
     * @return {@link PageError#OK}, or why nothing was done
     */
    public PageError free(int box, Memory user, long table) {
        long used = geometry.count() - pool.available();
        if (used == 0) {
            return PageError.INVALID_PAGE_TABLE;
        }
        long count = PageTable.COUNT.get(user, table);
        if (PageTable.BLOCK_BYTES.get(user, table) != geometry.blockBytes()) {
            return PageError.INVALID_PAGE_SIZE;
        }
        if (count == 0) {
            return PageError.INVALID_PAGE_COUNT;
        }
        return count > used ? PageError.INVALID_PAGE_TABLE : freeAll(box, user, table, count);
    }

    /*
     * An entry that comes twice is found because the first one has already taken the owner away.
     */
    private PageError freeAll(int box, Memory user, long table, long count) {
        long done = 0;
        PageError refusal = PageError.OK;
        try {
            while (done < count && refusal == PageError.OK) {
                int block = blockAt(PageTable.origin(user, table, done));
                refusal = pool.mayFree(box, block);
                if (refusal == PageError.OK) {
                    pool.owners().take(block, box);
                    done++;
                }
            }
        } catch (MemoryFault fault) {
            disown(box, user, table, done);
            throw fault;
        }
        if (refusal != PageError.OK) {
            disown(box, user, table, done);
            return refusal;
        }
        for (long i = 0; i < count; i++) {
            pool.extent().addFree(blockAt(PageTable.origin(user, table, i)));
        }
        pool.blocks().addOwned(box, (int) -count);
        releaseAll(user, table, count);
        return PageError.OK;
    }

    /** Undoes what the first entries of a table have done. */
    private void disown(int box, Memory user, long table, long done) {
        for (long i = 0; i < done; i++) {
            pool.owners().give(blockAt(PageTable.origin(user, table, i)), box);
        }
    }

    /** Clears the blocks; those that the table itself lies in come last, when nothing of it is wanted any more. */
    private void releaseAll(Memory user, long table, long count) {
        int tableFirst = blockAt(table);
        int tableLast = blockAt(table + PageTable.bytes(count) - 1);
        boolean isWithin = false;
        for (long i = 0; i < count; i++) {
            int block = blockAt(PageTable.origin(user, table, i));
            if (block < tableFirst || block > tableLast) {
                pool.blocks().releaseObject(block);
            } else {
                isWithin = true;
            }
        }
        for (int block = tableFirst; isWithin && block <= tableLast; block++) {
            if (pool.isFree(block)) {
                pool.blocks().releaseObject(block);
            }
        }
    }

    private int blockAt(long address) {
        return geometry.blockAt(address);
    }
}
