package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE_BITS;

import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/** What a process has at one page of its addresses; the numbers beyond the addresses list its threads and page tables. */
final class Mapping {
    /*
     *   word 0   [43..41] what was there before  [40..38] state  [37..32] flags  [31..0] page
     *   word 1   cptr of the copy that it is mapped through; 0 if it is the object's own capability
     *
     * Of a thread, the words are the handle and the cptr of its TCB.
     */
    static final Bits PAGE = new Bits("page", 0, 0, 32);
    static final Bits FLAGS = new Bits("flags", 0, 32, 6);
    static final Bits STATE = new Bits("state", 0, 38, 3);
    static final Bits BEFORE = new Bits("state before", 0, 41, 3);
    static final Word COPY = new Word("copy", Long.BYTES);

    static final Word THREAD_HANDLE = new Word("thread handle", 0);
    static final Word THREAD_CPTR = new Word("thread cptr", Long.BYTES);

    /** Set aside: a page comes at first touch. */
    static final int RESERVED = 1;

    /** The process sees the page, and owns it. */
    static final int MAPPED = 2;

    /** The process owns the page and does not see it while another has it. */
    static final int LENT = 3;

    /** The process sees a page of another's. */
    static final int BORROWED = 4;

    /** A page of the kernel's, which the process does not see. */
    static final int KERNEL = 5;

    /**
     * A mapping that was undone, of which the kernel beneath has not let go yet. Then there will be what was there before:
     * nothing, addresses set aside, or a page that is lent; flags and page are already those.
     */
    static final int GOING = 6;

    /**
     * A page of the process' that is to be seen as before, which the kernel beneath has refused: it is not seen, or, if the
     * state before is {@link #MAPPED}, with fewer rights than it is to have.
     */
    static final int COMING = 7;

    static final long ADDRESSES = 1L << 32 - PAGE_BITS;
    static final int MOST_THREADS = 32;
    static final long FIRST_THREAD = ADDRESSES;
    static final long FIRST_TABLE = FIRST_THREAD + MOST_THREADS;

    /** Page tables are listed by the 4 MiB they are in, as Xous has it. */
    static final int TABLE_BITS = 22;

    static final long CAPACITY = FIRST_TABLE + (1L << 32 - TABLE_BITS);

    private Mapping() {}
}
