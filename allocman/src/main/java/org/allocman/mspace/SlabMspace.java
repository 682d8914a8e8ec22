package org.allocman.mspace;

import static org.allocman.vka.PageSize.PAGE;

import java.util.Arrays;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.untyped.RecordKind;
import org.allocman.untyped.RecordStore;
import org.allocman.untyped.Requester;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.HalfWord;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Records by size class: each page holds records of one class, the least free one is taken, and a page without records is
 * given back. Taking and giving back cost the same however many records there are.
 *
 * <p>A reserve of the untyped manager's records can be set apart for the pools' own growth.
 */
public final class SlabMspace implements RecordStore, Mspace {
    private static final HalfWord[] FIRST = new HalfWord[SizeClass.MOST];
    private static final HalfWord[] FREE_RECORDS = new HalfWord[SizeClass.MOST];
    private static final HalfWord[] RESERVED = new HalfWord[RecordKind.MOST];
    private static final int RESERVED_AT = SizeClass.MOST * Long.BYTES;

    static {
        for (int i = 0; i < SizeClass.MOST; i++) {
            FIRST[i] = new HalfWord("first page", i * Long.BYTES);
            FREE_RECORDS[i] = new HalfWord("free records", i * Long.BYTES + 4);
        }
        for (int i = 0; i < RecordKind.MOST; i++) {
            RESERVED[i] = new HalfWord("reserved records", RESERVED_AT + i * Integer.BYTES);
        }
    }

    /*
     * Whether the reserve is low, so that an operation that takes none of it need not look. Users cannot lower it; what can
     * looks again: the pools' own growth, another reserve, and pages that come or go.
     */
    private static final int LOW_AT = RESERVED_AT + RecordKind.MOST * Integer.BYTES;
    private static final HalfWord LOW = new HalfWord("reserve is low", LOW_AT);

    /** Bytes of state. */
    public static final @Bytes int STATE_BYTES = LOW_AT + Integer.BYTES;

    private static final int REFERENCE_SHIFT = 4;
    private static final int NO_KIND = -1;

    // of an index that no array has, so that taking a record of a kind that was not declared stops at once
    private static final SizeClass UNDECLARED = SizeClass.ofUnits(NO_KIND, 1);

    private final Memory memory;
    private final long state;
    private final PageSource pages;
    private final RecordKind[] kinds;
    private final SizeClass[] classes = new SizeClass[RecordKind.MOST];

    /**
     * A view of the mspace whose state is at an address. All zero means that no page is in use.
     *
     * @param memory where it lies
     * @param state address of {@link #STATE_BYTES} bytes in one page, a multiple of 8
     * @param pages where pages come from
     * @param kinds the kinds of records that are taken, each index at most once
     */
    public SlabMspace(Memory memory, long state, PageSource pages, List<RecordKind> kinds) {
        this.memory = memory;
        this.state = state;
        this.pages = pages;
        this.kinds = kinds.toArray(RecordKind[]::new);
        Arrays.fill(classes, UNDECLARED);
        for (RecordKind kind : kinds) {
            if (classes[kind.index()] != UNDECLARED) {
                throw new IllegalArgumentException("two kinds of records have the index " + kind.index());
            }
            classes[kind.index()] = SizeClass.of(kind);
        }
    }

    /** Leaves the reserve alone. */
    @Override
    public long allocate(int bytes) {
        SizeClass size = SizeClass.holding(bytes);
        if (size == null || freeRecords(size) == 0 && !hasReserve(NO_KIND, 1)) {
            return 0;
        }
        return take(size);
    }

    @Override
    public boolean free(long address, int bytes) {
        SizeClass size = SizeClass.holding(bytes);
        if (size == null || !holds(size, address)) {
            return false;
        }
        giveBack(size, address);
        return true;
    }

    /**
     * Whether an address is that of a piece of memory in use; any number may be asked.
     *
     * @param address the address
     * @param bytes how many bytes were asked for
     * @return true if it was allocated and not freed
     */
    public boolean holds(long address, @Bytes int bytes) {
        SizeClass size = SizeClass.holding(bytes);
        return size != null && holds(size, address);
    }

    @Override
    public long take(RecordKind kind, Requester requester) {
        if (requester == Requester.CLIENT && !hasReserve(kind.index(), 0)) {
            return 0;
        }
        long record = take(classes[kind.index()]);
        if (requester == Requester.POOLS) {
            lookAtReserve();
        }
        return record;
    }

    @Override
    public void giveBack(RecordKind kind, long record) {
        giveBack(classes[kind.index()], record);
    }

    @Override
    public boolean holds(RecordKind kind, long record) {
        return holds(kind, record, memory.pin(record));
    }

    @Override
    public boolean holds(RecordKind kind, long record, long @Nullable [] pin) {
        return holds(classes[kind.index()], record, pin);
    }

    /**
     * Sets apart records for the pools' own growth.
     *
     * @param kind what they are
     * @param count how many users have to leave
     */
    public void reserve(RecordKind kind, int count) {
        RESERVED[kind.index()].set(memory, state, count);
        lookAtReserve();
    }

    /**
     * The pages that records take.
     *
     * @param kind what they are
     * @param records how many
     * @return how many pages of 4096 bytes
     */
    public static long pagesFor(RecordKind kind, long records) {
        return pages(records, SizeClass.of(kind));
    }

    /**
     * Whether the reserve is full.
     *
     * @return true if as many records are ready as were set apart
     */
    public boolean hasReserve() {
        return hasReserve(NO_KIND, 0);
    }

    /**
     * Whether the reserve is low: the opposite of {@link #hasReserve}, but known.
     *
     * @return true if fewer records are ready than were set apart
     */
    public boolean isReserveLow() {
        return LOW.get(memory, state) != 0;
    }

    /** Has to be called after pages came or went. */
    public void lookAtReserve() {
        LOW.set(memory, state, hasReserve() ? 0 : 1);
    }

    /**
     * Whether the reserve would be full with fewer pages ready.
     *
     * @param pagesLess how many fewer
     * @return true if as many records would be ready as were set apart
     */
    public boolean hasReserveWithout(int pagesLess) {
        return hasReserve(NO_KIND, pagesLess);
    }

    private boolean hasReserve(int oneLess, int pagesLess) {
        long needed = pagesLess;
        for (RecordKind kind : kinds) {
            long records = RESERVED[kind.index()].get(memory, state) + (kind.index() == oneLess ? 1 : 0);
            if (records != 0) {
                SizeClass size = classes[kind.index()];
                long missing = records - freeRecords(size);
                needed += missing <= 0 ? 0 : pages(missing, size);
            }
        }
        return needed == 0 || needed <= pages.ready();
    }

    private static long pages(long records, SizeClass size) {
        return (records + size.recordsInPage() - 1) / size.recordsInPage();
    }

    /** Free records of a class in pages that are cut already. */
    long freeRecords(SizeClass size) {
        return FREE_RECORDS[size.index()].get(memory, state);
    }

    private long take(SizeClass size) {
        long page = first(size);
        if (page == 0) {
            page = pages.take();
            if (page == 0) {
                return 0;
            }
            PageHeader.SIZE_CLASS.set(memory, page, size.index() + 1);
            PageHeader.FREE.set(memory, page, all(size));
            FREE_RECORDS[size.index()].add(memory, state, size.recordsInPage());
            link(size, page);
        }
        long free = PageHeader.FREE.get(memory, page);
        PageHeader.FREE.set(memory, page, free & free - 1);
        FREE_RECORDS[size.index()].add(memory, state, -1);
        if ((free & free - 1) == 0) {
            unlink(size, page);
        }
        return page + PageHeader.BYTES + (long) Long.numberOfTrailingZeros(free) * size.bytes();
    }

    private void giveBack(SizeClass size, long record) {
        memory.clear(record, size.bytes());
        long page = record & -PAGE;
        long free = PageHeader.FREE.get(memory, page);
        long now = free | 1L << index(size, record);
        PageHeader.FREE.set(memory, page, now);
        FREE_RECORDS[size.index()].add(memory, state, 1);
        if (free == 0) {
            link(size, page);
        }
        if (now == all(size)) {
            unlink(size, page);
            FREE_RECORDS[size.index()].add(memory, state, -size.recordsInPage());
            PageHeader.FREE.set(memory, page, 0);
            PageHeader.SIZE_CLASS.set(memory, page, 0);
            pages.giveBack(page);
        }
        if (isReserveLow()) {
            lookAtReserve();
        }
    }

    private boolean holds(SizeClass size, long record) {
        return holds(size, record, memory.pin(record));
    }

    /** A page's header is in the page of its records. */
    private boolean holds(SizeClass size, long record, long @Nullable [] pin) {
        if (!pages.isThere(record)) {
            return false;
        }
        long page = record & -PAGE;
        int index = size.recordAt(record - page - PageHeader.BYTES);
        if (index < 0) {
            return false;
        }
        return PageHeader.SIZE_CLASS.get(memory, pin, page) == size.index() + 1
                && (PageHeader.FREE.get(memory, pin, page) & 1L << index) == 0;
    }

    private static int index(SizeClass size, long record) {
        return (int) ((record & PAGE - 1) - PageHeader.BYTES) / size.bytes();
    }

    private static long all(SizeClass size) {
        return -1L >>> Long.SIZE - size.recordsInPage();
    }

    private long first(SizeClass size) {
        return FIRST[size.index()].get(memory, state) << REFERENCE_SHIFT;
    }

    private void link(SizeClass size, long page) {
        long next = first(size);
        PageHeader.NEXT.set(memory, page, next >>> REFERENCE_SHIFT);
        if (next != 0) {
            PageHeader.PREVIOUS.set(memory, next, page >>> REFERENCE_SHIFT);
        }
        FIRST[size.index()].set(memory, state, page >>> REFERENCE_SHIFT);
    }

    private void unlink(SizeClass size, long page) {
        long next = PageHeader.NEXT.get(memory, page);
        long previous = PageHeader.PREVIOUS.get(memory, page);
        if (next != 0) {
            PageHeader.PREVIOUS.set(memory, next << REFERENCE_SHIFT, previous);
        }
        if (previous != 0) {
            PageHeader.NEXT.set(memory, previous << REFERENCE_SHIFT, next);
        } else {
            FIRST[size.index()].set(memory, state, next);
        }
        PageHeader.NEXT.set(memory, page, 0);
        PageHeader.PREVIOUS.set(memory, page, 0);
    }
}
