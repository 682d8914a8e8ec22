package org.allocman.mspace;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.HierarchicalBitmap;
import org.allocman.vka.layout.Word;

/** Pages that were there from the beginning: the rest of the static pool. */
public final class FixedPages implements PageSource {
    private static final Word READY = new Word("ready", 0);
    private static final int BITMAP = Long.BYTES;

    private final Memory memory;
    private final long state;
    private final long base;
    private final long count;
    private final HierarchicalBitmap ready;

    /**
     * A view of pages whose state is at an address.
     *
     * @param memory where they lie
     * @param state address of {@link #stateBytes} bytes, a multiple of 8
     * @param base the first page, a multiple of 4096
     * @param count how many pages, 0 or more
     */
    public FixedPages(Memory memory, long state, @VirtAddr long base, long count) {
        this.memory = memory;
        this.state = state;
        this.base = base;
        this.count = count;
        this.ready = new HierarchicalBitmap(memory, state + BITMAP, Math.max(1, count));
    }

    /**
     * The memory the state takes.
     *
     * @param count how many pages, 0 or more
     * @return bytes, a multiple of 8
     */
    public static @Bytes long stateBytes(long count) {
        return BITMAP + HierarchicalBitmap.bytesFor(Math.max(1, count));
    }

    /** Makes every page ready. Once only, when the state is still zero. */
    public void initialise() {
        for (long page = 0; page < count; page++) {
            ready.add(page);
        }
        READY.set(memory, state, count);
    }

    @Override
    public long take() {
        long page = ready.least();
        if (page < 0) {
            return 0;
        }
        ready.remove(page);
        READY.add(memory, state, -1);
        return base + page * PAGE;
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
     * Whether an address lies in one of these pages.
     *
     * @param address any number
     * @return true if it does
     */
    public boolean isOurs(long address) {
        return address >= base && address < base + count * PAGE;
    }

    @Override
    public boolean isThere(long address) {
        return isOurs(address);
    }
}
