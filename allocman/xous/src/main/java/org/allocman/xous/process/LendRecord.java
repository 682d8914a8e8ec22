package org.allocman.xous.process;

import org.allocman.qual.Bytes;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/** Memory that one process lent to another and has not got back. */
final class LendRecord {
    static final Bits STATE = new Bits("state", 0, 0, 8);
    static final Bits LENDER = new Bits("lender", 0, 8, 8);
    static final Bits BORROWER = new Bits("borrower", 0, 16, 8);
    static final Word LENDER_START = new Word("lender start", 8);
    static final Word BORROWER_START = new Word("borrower start", 16);
    static final Word LENGTH = new Word("length", 24);
    static final @Bytes int BYTES = 32;

    /** How many can be outstanding in all. */
    static final int COUNT = 128;

    static final int FREE = 0;
    static final int OPEN = 1;

    /** The lender has ended; the pages are the kernel's until they are returned. */
    static final int ORPHAN = 2;

    private LendRecord() {}
}
