package org.allocman.sim.memory;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The pages that a view has at hand, by their addresses. */
final class PageDirectory {
    /*
     * Two levels, so that a board of a tebibyte costs what is touched: 4096 pages to a chunk, and as many chunks as the
     * highest address touched asks for.
     */
    private static final int CHUNK_BITS = 24;
    private static final int PAGES_IN_CHUNK = 1 << CHUNK_BITS - PAGE_BITS;
    private static final int MAX_CHUNKS = 1 << 24;
    private static final int FEW = 64;

    private @Nullable PageChunk[] chunks = new PageChunk[0];

    // the addresses of the first few pages that were added since nothing was there
    private final long[] firstAdded = new long[FEW];
    private int added;

    /** The pages of one chunk; an own type, because a nullable array of nullable arrays reads badly. */
    private static final class PageChunk {
        private final long[] @Nullable [] pages = new long[PAGES_IN_CHUNK][];
    }

    /** What is done to each page. */
    interface Visitor {
        void visit(long address, long[] page);
    }

    /** The page that an address lies in, or null. */
    long @Nullable [] find(long address) {
        long chunk = address >>> CHUNK_BITS;
        if (chunk < chunks.length) {
            PageChunk pages = chunks[(int) chunk];
            if (pages != null) {
                return pages.pages[inChunk(address)];
            }
        }
        return null;
    }

    /** Adds a page; one beyond 2^48 is not added. */
    void add(long address, long[] page) {
        long index = address >>> CHUNK_BITS;
        if (index >= MAX_CHUNKS) {
            return;
        }
        if (index >= chunks.length) {
            @Nullable
            PageChunk[] grown = new PageChunk[Math.max((int) index + 1, Math.min(2 * chunks.length, MAX_CHUNKS))];
            System.arraycopy(chunks, 0, grown, 0, chunks.length);
            chunks = grown;
        }
        PageChunk chunk = chunks[(int) index];
        if (chunk == null) {
            chunk = new PageChunk();
            chunks[(int) index] = chunk;
        }
        chunk.pages[inChunk(address)] = page;
        if (added < firstAdded.length) {
            firstAdded[added] = address;
        }
        added = Math.min(added, firstAdded.length) + 1;
    }

    /** Removes every page. */
    void clear() {
        if (added <= firstAdded.length) {
            for (int i = 0; i < added; i++) {
                PageChunk chunk = chunks[(int) (firstAdded[i] >>> CHUNK_BITS)];
                if (chunk != null) {
                    chunk.pages[inChunk(firstAdded[i])] = null;
                }
            }
        } else {
            remove(0, (long) chunks.length << CHUNK_BITS);
        }
        added = 0;
    }

    /** Removes the pages of some addresses. */
    void remove(long address, long bytes) {
        long end = Math.min(address + bytes, (long) chunks.length << CHUNK_BITS);
        for (long at = address; at < end; at = (at >>> CHUNK_BITS) + 1 << CHUNK_BITS) {
            PageChunk chunk = chunks[(int) (at >>> CHUNK_BITS)];
            if (chunk != null) {
                long last = Math.min(end - 1, at | (1L << CHUNK_BITS) - 1);
                Arrays.fill(chunk.pages, inChunk(at), inChunk(last) + 1, null);
            }
        }
    }

    /** Where the next page can be: {@code next}, or the end of a chunk that has none. */
    long absentUpTo(long next, long end) {
        long chunk = next - 1 >>> CHUNK_BITS;
        if (chunk >= chunks.length) {
            return end;
        }
        return chunks[(int) chunk] != null ? next : Math.min(end, chunk + 1 << CHUNK_BITS);
    }

    /** Visits every page, in address order. */
    void forEach(Visitor visitor) {
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            PageChunk pages = chunks[chunk];
            if (pages == null) {
                continue;
            }
            for (int i = 0; i < PAGES_IN_CHUNK; i++) {
                long[] page = pages.pages[i];
                if (page != null) {
                    visitor.visit(((long) chunk << CHUNK_BITS) + ((long) i << PAGE_BITS), page);
                }
            }
        }
    }

    private static int inChunk(long address) {
        return (int) (address >>> PAGE_BITS) & PAGES_IN_CHUNK - 1;
    }
}
