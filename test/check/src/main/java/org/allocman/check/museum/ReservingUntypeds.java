package org.allocman.check.museum;

import static org.allocman.vka.PageSize.PAGE_BITS;

import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Requester;
import org.allocman.vka.ObjectType;
import org.allocman.vka.layout.HalfWord;

/** Keeps pages ready for an emergency; they are made anew when the outermost operation ends. */
class ReservingUntypeds extends SmallUntypeds {
    /** The most pages that can be kept ready. */
    static final int MOST = 2;

    private static final HalfWord DEPTH = new HalfWord("operations begun", 0);
    private static final HalfWord TARGET = new HalfWord("pages to be ready", 4);
    private static final HalfWord LEVEL = new HalfWord("pages ready", 8);
    private static final int HANDLES = 16;

    private final long reserve;

    ReservingUntypeds(Home home) {
        super(home);
        this.reserve = home.small();
    }

    final void begin() {
        DEPTH.add(memory, reserve, 1);
    }

    final void end() {
        DEPTH.add(memory, reserve, -1);
        while (DEPTH.get(memory, reserve) == 0 && level() < target()) {
            long page = page();
            if (page < 0) {
                return;
            }
            memory.store64(reserve + HANDLES + level() * Long.BYTES, 0, page);
            LEVEL.add(memory, reserve, 1);
        }
    }

    private long page() {
        return super.allocate(
                MemoryKind.KERNEL, architecture().number(ObjectType.SMALL_PAGE), 0, PAGE_BITS, 0, Requester.POOLS);
    }

    final long target() {
        return TARGET.get(memory, reserve);
    }

    final long level() {
        return LEVEL.get(memory, reserve);
    }

    /** Says how many pages are to be ready. */
    void setReserve(int pages) {
        begin();
        setTarget(pages);
        end();
    }

    final void setTarget(int pages) {
        TARGET.set(memory, reserve, pages);
        while (level() > pages) {
            super.free(takeLast());
        }
    }

    private long takeLast() {
        LEVEL.add(memory, reserve, -1);
        long at = reserve + HANDLES + level() * Long.BYTES;
        long page = memory.load64(at, 0);
        memory.store64(at, 0, 0);
        return page;
    }

    /** A page that was ready, in an emergency; 0 if there is none. */
    final long takeReady() {
        begin();
        long page = level() == 0 ? 0 : takeLast();
        end();
        return page;
    }

    @Override
    public long free(long handle) {
        begin();
        long answer = super.free(handle);
        end();
        return answer;
    }
}
