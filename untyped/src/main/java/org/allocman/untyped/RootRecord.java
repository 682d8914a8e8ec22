package org.allocman.untyped;

import org.allocman.qual.Bytes;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/**
 * How the record of an untyped that was handed over begins, whatever the manager. {@link UntypedTable} writes it; the bits
 * that are not named are the manager's own.
 *
 * <pre>
 *        63                       14  13 12 11    6 5      0
 *   +0  |              physical address                    |
 *   +8  |            -               | kind |   -  |  bits  |
 * </pre>
 */
public final class RootRecord {
    /** The physical address. */
    public static final Word BASE = new Word("base", 0);

    /** The word in which size and kind are, for whoever reads both. */
    static final Word META = new Word("size and kind", 8);

    /** The size in bits. */
    public static final Bits SIZE_BITS = new Bits("size bits", META.offset(), 0, 6);

    /** What memory: the ordinal of a {@link MemoryKind}. */
    public static final Bits KIND = new Bits("kind", META.offset(), 12, 2);

    /** Where a manager's own fields can begin. */
    public static final @Bytes int BYTES = 16;

    private RootRecord() {}
}
