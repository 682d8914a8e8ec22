package org.allocman.plan;

import static org.allocman.vka.PageSize.PAGE;
import static org.allocman.vka.PageSize.PAGE_BITS;

import org.allocman.vka.Memory;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Memory wherever somebody writes, zero wherever nobody has: pages in a hash table with open addressing. */
final class DryRunMemory implements Memory {
    private static final int WORDS = 512;
    private static final int FIRST_CAPACITY = 64;
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;
    private static final int HALF = 32;
    private static final long LOW_HALF = 0xffff_ffffL;

    private long[] numbers = new long[FIRST_CAPACITY];
    private long[] @Nullable [] pages = new long[FIRST_CAPACITY] @Nullable [];
    private int used;

    @Override
    public long load64(long record, int offset) {
        long at = record + offset;
        long @Nullable [] page = pages[place(at >>> PAGE_BITS)];
        return page == null ? 0 : page[word(at)];
    }

    @Override
    public void store64(long record, int offset, long value) {
        long at = record + offset;
        int place = place(at >>> PAGE_BITS);
        long @Nullable [] page = pages[place];
        if (page == null) {
            if (value == 0) {
                return;
            }
            page = newPage(at >>> PAGE_BITS);
        }
        page[word(at)] = value;
    }

    @Override
    public int load32(long record, int offset) {
        long at = record + offset;
        long @Nullable [] page = pages[place(at >>> PAGE_BITS)];
        return page == null ? 0 : (int) (page[word(at)] >>> shift(at));
    }

    @Override
    public void store32(long record, int offset, int value) {
        long at = record + offset;
        long word = at & -Long.BYTES;
        long others = load64(word, 0) & ~(LOW_HALF << shift(at));
        store64(word, 0, others | (value & LOW_HALF) << shift(at));
    }

    private static int word(long address) {
        return (int) (address & PAGE - 1) / Long.BYTES;
    }

    private static int shift(long address) {
        return (address & Integer.BYTES) == 0 ? 0 : HALF;
    }

    /** Where a page is, or would be. */
    private int place(long number) {
        int mask = pages.length - 1;
        int place = (int) (number * SPREAD >>> HALF) & mask;
        while (pages[place] != null && numbers[place] != number) {
            place = place + 1 & mask;
        }
        return place;
    }

    private long[] newPage(long number) {
        if (2 * used >= pages.length) {
            grow();
        }
        long[] page = new long[WORDS];
        int place = place(number);
        numbers[place] = number;
        pages[place] = page;
        used++;
        return page;
    }

    private void grow() {
        long[] oldNumbers = numbers;
        long[] @Nullable [] oldPages = pages;
        numbers = new long[2 * oldNumbers.length];
        pages = new long[2 * oldNumbers.length] @Nullable [];
        for (int i = 0; i < oldPages.length; i++) {
            if (oldPages[i] != null) {
                int place = place(oldNumbers[i]);
                numbers[place] = oldNumbers[i];
                pages[place] = oldPages[i];
            }
        }
    }
}
