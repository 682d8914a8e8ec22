package org.allocman.mspace;

import static org.allocman.vka.PageSize.PAGE;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.Rounding;

/**
 * An mspace in memory of the caller's: a stretch of its image, frames it mapped itself, anything that can be read and
 * written. The stretch holds all there is, state and pages, so whoever knows where it lies has the whole mspace again.
 *
 * <pre>
 *   address               up to the next multiple of 256: not used
 *   + 256                 state of the size classes
 *   + a bit for each page which pages are ready
 *   next multiple of 4096 the pages, as many as fit
 * </pre>
 */
public final class BufferMspace implements Mspace {
    // a stretch of that size at a multiple of it lies in one page
    private static final int STATE_ROOM = 256;

    static {
        if (SlabMspace.STATE_BYTES > STATE_ROOM) {
            throw new AssertionError("the state of the size classes has outgrown its room");
        }
    }

    private final Memory memory;
    private final long address;
    private final long bytes;
    private final FixedPages pages;
    private final SlabMspace records;

    /**
     * A view of the mspace in a stretch of memory.
     *
     * @param memory where it lies
     * @param address its first byte, a multiple of 8
     * @param bytes its size; with less than {@link #bytesFor one page} takes, nothing can be had from it
     */
    public BufferMspace(Memory memory, @VirtAddr long address, @Bytes long bytes) {
        this.memory = memory;
        this.address = address;
        this.bytes = bytes;
        long state = Rounding.up(address, STATE_ROOM);
        long bitmap = state + STATE_ROOM;
        long most = Math.max(0, bytes / PAGE);
        long base = Rounding.up(bitmap + FixedPages.stateBytes(most), PAGE);
        this.pages = new FixedPages(memory, bitmap, base, Math.max(0, (address + bytes - base) / PAGE));
        this.records = new SlabMspace(memory, state, pages, List.of());
    }

    /**
     * The size of stretch that is enough for some pages wherever it lies.
     *
     * @param count how many pages of 4 KiB, 0 or more
     * @return bytes, a multiple of 4096
     */
    public static @Bytes long bytesFor(long count) {
        long state = Rounding.up(2L * STATE_ROOM + FixedPages.stateBytes(2 * count + 2), PAGE);
        return state + (count + 1) * PAGE;
    }

    /** Makes all of it free. Once only; what is in the stretch is lost. */
    public void initialise() {
        memory.clear(address, bytes);
        pages.initialise();
    }

    @Override
    public long allocate(int size) {
        return records.allocate(size);
    }

    @Override
    public boolean free(long piece, int size) {
        return records.free(piece, size);
    }

    /**
     * Pages that hold nothing.
     *
     * @return how many
     */
    public long pagesReady() {
        return pages.ready();
    }
}
