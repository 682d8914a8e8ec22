package org.allocman.mspace;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.HierarchicalBitmap;
import org.allocman.vka.layout.Word;

/** Pages in a window of addresses, each there as long as somebody has mapped a frame at it. */
public final class VirtualPages implements PageSource {
    private static final Word READY = new Word("ready", 0);
    private static final Word MAPPED = new Word("mapped", 8);
    private static final int BITMAPS = 16;

    private final Memory memory;
    private final long state;
    private final long base;
    private final long count;
    private final HierarchicalBitmap ready;
    private final HierarchicalBitmap unmapped;

    /**
     * A view of the window whose state is at an address.
     *
     * @param memory where they lie
     * @param state address of {@link #stateBytes} bytes, a multiple of 8
     * @param base the first page, a multiple of 4096
     * @param count how many pages, 0 or more
     */
    public VirtualPages(Memory memory, long state, @VirtAddr long base, long count) {
        this.memory = memory;
        this.state = state;
        this.base = base;
        this.count = count;
        this.ready = new HierarchicalBitmap(memory, state + BITMAPS, Math.max(1, count));
        this.unmapped = new HierarchicalBitmap(
                memory, state + BITMAPS + HierarchicalBitmap.bytesFor(Math.max(1, count)), Math.max(1, count));
    }

    /**
     * The memory the state takes.
     *
     * @param count how many pages, 0 or more
     * @return bytes, a multiple of 8
     */
    public static @Bytes long stateBytes(long count) {
        return BITMAPS + 2 * HierarchicalBitmap.bytesFor(Math.max(1, count));
    }

    /** Makes every page unmapped. Once only, when the state is still zero. */
    public void initialise() {
        for (long page = 0; page < count; page++) {
            unmapped.add(page);
        }
    }

    /**
     * The next address at which no frame is mapped.
     *
     * @param from an address in the window, or 0 for its start
     * @return the least such page not below it, or 0 if there is none
     */
    public @VirtAddr long nextUnmapped(@VirtAddr long from) {
        long page = unmapped.leastFrom(Math.max(0, (from - base + PAGE - 1) / PAGE));
        return page < 0 ? 0 : base + page * PAGE;
    }

    /**
     * Makes a page ready at which a frame was mapped, all zero.
     *
     * @param page its address
     * @param frame the frame's handle
     */
    public void add(@VirtAddr long page, long frame) {
        unmapped.remove((page - base) / PAGE);
        MAPPED.add(memory, state, 1);
        PageHeader.FRAME.set(memory, page, frame);
        giveBack(page);
    }

    /**
     * The greatest page that is ready, the first to be released.
     *
     * @return its address, or 0 if none is ready
     */
    public @VirtAddr long greatestReady() {
        long found = ready.greatest();
        return found < 0 ? 0 : base + found * PAGE;
    }

    /**
     * The frame under a page.
     *
     * @param page the page's address; it is mapped
     * @return the frame's handle
     */
    public long frame(@VirtAddr long page) {
        return PageHeader.FRAME.get(memory, page);
    }

    /**
     * Where the handle of the frame under a page is kept.
     *
     * @param page the page's address; it is mapped
     * @return the word's address
     */
    public @VirtAddr long frameAt(@VirtAddr long page) {
        return page + PageHeader.FRAME.offset();
    }

    /**
     * Gives a page up; its frame can be unmapped then.
     *
     * @param page the page's address; it is ready
     */
    public void remove(@VirtAddr long page) {
        take(page);
        PageHeader.FRAME.set(memory, page, 0);
        MAPPED.add(memory, state, -1);
        unmapped.add((page - base) / PAGE);
    }

    /**
     * The next page that is mapped.
     *
     * @param from an address in the window, or 0
     * @return the least mapped page not below it, or 0 if there is none
     */
    public @VirtAddr long nextMapped(@VirtAddr long from) {
        long page = Math.max(0, (from - base + PAGE - 1) / PAGE);
        while (page < count) {
            long mapped = ~unmapped.word(page / Long.SIZE) & -1L << page;
            if (mapped != 0) {
                page = page / Long.SIZE * Long.SIZE + Long.numberOfTrailingZeros(mapped);
                return page < count ? base + page * PAGE : 0;
            }
            page = (page / Long.SIZE + 1) * Long.SIZE;
        }
        return 0;
    }

    @Override
    public long take() {
        long page = ready.least();
        if (page < 0) {
            return 0;
        }
        take(base + page * PAGE);
        return base + page * PAGE;
    }

    private void take(long page) {
        ready.remove((page - base) / PAGE);
        READY.add(memory, state, -1);
    }

    @Override
    public void giveBack(long page) {
        ready.add((page - base) / PAGE);
        READY.add(memory, state, 1);
    }

    @Override
    public long ready() {
        return READY.get(memory, state);
    }

    /**
     * Pages with a frame, ready or in use.
     *
     * @return how many
     */
    public long mapped() {
        return MAPPED.get(memory, state);
    }

    /**
     * The size of the window.
     *
     * @return in pages
     */
    public long count() {
        return count;
    }

    @Override
    public boolean isThere(long address) {
        return isOurs(address) && !unmapped.contains((address - base) / PAGE);
    }

    private boolean isOurs(long address) {
        return address >= base && address < base + count * PAGE;
    }
}
