package org.allocman.mspace;

import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;

/**
 * The head of a page of records.
 *
 * <pre>
 *   +0  records that are free: a bit each
 *   +8  size class + 1 (0: the page is ready)
 *  +16  next page with a free record / 16  |  previous / 16
 *  +24  handle of the frame, in a virtual page; kept while the page is ready
 * </pre>
 */
final class PageHeader {
    static final Word FREE = new Word("free records", 0);
    static final Bits SIZE_CLASS = new Bits("size class + 1", 8, 0, 8);
    static final HalfWord PREVIOUS = new HalfWord("previous", 16);
    static final HalfWord NEXT = new HalfWord("next", 20);
    static final Word FRAME = new Word("frame", 24);
    static final int BYTES = 64;

    private PageHeader() {}
}
