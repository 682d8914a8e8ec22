package org.allocman.untyped;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;

/**
 * What must be known of an untyped manager before there is one: pools are planned, and a reserve set apart, from what it
 * declares. A design is a value; two of the same parameters are equal.
 */
public interface UntypedDesign {
    /**
     * The name to show and to be asked for.
     *
     * @return for instance {@code arena}
     */
    String name();

    /**
     * The kinds of records that it takes.
     *
     * @return at most {@link RecordKind#FOR_UNTYPEDS}; the one at an index has that {@link RecordKind#index}
     */
    List<RecordKind> records();

    /**
     * The kind of record that stands for an untyped that was handed over. It begins with the fields of {@link RootRecord}.
     *
     * @return one of {@link #records}
     */
    RecordKind rootRecord();

    /**
     * The state beside the records.
     *
     * @return bytes, 0 to {@link #MOST_STATE_BYTES}
     */
    @Bytes
    int stateBytes();

    /** The most state a manager can have: what is left of the page in which all state lies. */
    @Bytes
    int MOST_STATE_BYTES = 3584;

    /**
     * Whether memory can be given back. A manager that cannot gets no virtual pool: a frame that could not be mapped could
     * not be given back either.
     *
     * @return false if all it does is allocate
     */
    boolean canFree();

    /**
     * The design for a CSpace of a certain size.
     *
     * @param freeSlots how many slots it has at most for objects
     * @param nodeBits radix of the CNodes of its second level; 0 if all slots are in one CNode
     * @return this design, or one that is more sparing of slots
     */
    default UntypedDesign fittedTo(long freeSlots, @SizeBits int nodeBits) {
        return this;
    }

    /**
     * What a request of the pools' own can need at worst, whatever is free and whatever is in use, as long as memory is left
     * for it. A manager that cannot free is not asked for pages.
     *
     * @param architecture fixes the sizes of objects
     * @param largestBits size bits of the largest untyped of normal memory
     * @param request what objects
     * @return records by kind, and runs of slots
     */
    Need worstCase(Architecture architecture, @SizeBits int largestBits, Request request);

    /**
     * A view of the manager whose state is at an address. Memory that is all zero is a manager with nothing to manage. It
     * keeps nothing of its own in Java.
     *
     * @param kernel makes and revokes
     * @param memory where the book-keeping lies
     * @param state address of {@link #stateBytes} bytes in one page, a multiple of 8
     * @param records where records come from
     * @param slots where slots come from
     * @param table the untypeds that are handed over
     * @return the manager
     */
    UntypedManager open(
            Kernel kernel, Memory memory, long state, RecordStore records, SlotRuns slots, UntypedTable table);

    /**
     * Checks that a design keeps to what is said here.
     *
     * @param design the design
     * @return the design
     * @throws IllegalArgumentException if its kinds of records or its state are not as they have to be
     */
    static UntypedDesign checked(UntypedDesign design) {
        List<RecordKind> kinds = design.records();
        for (int i = 0; i < kinds.size(); i++) {
            if (kinds.get(i).index() != i || !kinds.get(i).isForUntypeds()) {
                throw new IllegalArgumentException("the record kind at index " + i + " of the design " + design.name()
                        + " has the index " + kinds.get(i).index());
            }
        }
        if (!kinds.contains(design.rootRecord())) {
            throw new IllegalArgumentException(
                    "the root record of the design " + design.name() + " is none of its kinds");
        }
        if (design.stateBytes() < 0 || design.stateBytes() > MOST_STATE_BYTES) {
            throw new IllegalArgumentException("the design " + design.name() + " wants " + design.stateBytes()
                    + " bytes of state; there are 0 to " + MOST_STATE_BYTES);
        }
        return design;
    }
}
