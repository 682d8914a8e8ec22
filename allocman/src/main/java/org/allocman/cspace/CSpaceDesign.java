package org.allocman.cspace;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.Need;
import org.allocman.untyped.RecordKind;
import org.allocman.untyped.RecordStore;
import org.allocman.vka.Memory;

/** What must be known of a CSpace manager before there is one: pools are planned from what it declares. A design is a value. */
public interface CSpaceDesign {
    /** The most state a manager can have beside its sets. */
    @Bytes
    int MOST_STATE_BYTES = 64;

    /**
     * The name to show.
     *
     * @return for instance {@code one-level}
     */
    String name();

    /**
     * Whether it manages CNodes of a second level. If so, its managers have {@link CSpace#secondLevels}.
     *
     * @return false if all slots are in the root CNode
     */
    boolean hasSecondLevel();

    /**
     * Whether slots that are given back can be taken again.
     *
     * @return false if they are lost, so that no work can be repeated for ever
     */
    default boolean canGiveBack() {
        return true;
    }

    /**
     * The kinds of records that it takes.
     *
     * @return at most {@link RecordKind#FOR_SLOTS}, made by {@link RecordKind#forSlots}
     */
    default List<RecordKind> records() {
        return List.of();
    }

    /**
     * The records that one more CNode of the second level takes.
     *
     * @param secondBits its radix
     * @return records of {@link #records} alone
     */
    default Need forNode(@SizeBits int secondBits) {
        return Need.NONE;
    }

    /**
     * The state beside the sets.
     *
     * @return bytes, 0 to {@link #MOST_STATE_BYTES}
     */
    @Bytes
    int stateBytes();

    /**
     * What a manager needs beside its state: sets of slots, tables.
     *
     * @param form the CSpace
     * @return bytes, a multiple of 8
     */
    @Bytes
    long setBytes(CSpaceForm form);

    /**
     * A view of the manager whose state is at an address. Memory that is all zero is a manager without a free slot. It keeps
     * nothing of its own in Java.
     *
     * @param memory where its state and sets lie
     * @param state address of {@link #stateBytes} bytes in one page, a multiple of 8
     * @param sets address of {@link #setBytes} bytes, a multiple of 8
     * @param records where records come from
     * @param form the CSpace
     * @return the manager
     */
    CSpace open(Memory memory, long state, long sets, RecordStore records, CSpaceForm form);

    /**
     * Checks that a design keeps to what is said here.
     *
     * @param design the design
     * @param form the CSpace it is to manage
     * @return the design
     * @throws IllegalArgumentException if it does not, or if it is not for such a CSpace
     */
    static CSpaceDesign checked(CSpaceDesign design, CSpaceForm form) {
        if (design.stateBytes() < 0 || design.stateBytes() > MOST_STATE_BYTES) {
            throw new IllegalArgumentException("the CSpace design " + design.name() + " wants " + design.stateBytes()
                    + " bytes of state; there are 0 to " + MOST_STATE_BYTES);
        }
        if (design.records().stream().anyMatch(RecordKind::isForUntypeds)) {
            throw new IllegalArgumentException(
                    "the CSpace design " + design.name() + " declares a record kind of an untyped manager's");
        }
        if (design.hasSecondLevel() != form.hasTwoLevels()) {
            throw new IllegalArgumentException("the CSpace design " + design.name() + " is for CSpaces of "
                    + (design.hasSecondLevel() ? "two levels" : "one level"));
        }
        return design;
    }
}
