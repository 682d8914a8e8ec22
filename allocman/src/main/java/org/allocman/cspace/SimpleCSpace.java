package org.allocman.cspace;

import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.untyped.Requester;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Word;

/**
 * The slots of one CNode, one behind the other: all that is known is which is next. Only what was taken last can be given
 * back; a run that is not the last is lost. It is for CSpaces that are filled once, such as those of tasks that are started.
 */
public final class SimpleCSpace implements CSpace {
    private static final Word FIRST = new Word("first", 0);
    private static final Word NEXT = new Word("next", 8);
    private static final Word END = new Word("end", 16);
    private static final Word RESERVED = new Word("reserved slots", 24);

    /** Bytes of state; there is nothing else. */
    public static final @Bytes int STATE_BYTES = 32;

    private static final int SLOTS_IN_WORD = 64;

    private final Memory memory;
    private final long state;
    private final long root;
    private final int depth;

    /**
     * A view of the manager whose state is at an address. All zero means that no slot is free.
     *
     * @param memory where it lies
     * @param state address of {@link #STATE_BYTES} bytes in one page, a multiple of 8
     * @param root cptr of the CNode, in the CSpace of whoever uses the slots; it may be another task's root CNode
     * @param depth bits of a slot number that a look-up in the root resolves
     */
    public SimpleCSpace(Memory memory, long state, @CPtr long root, int depth) {
        this.memory = memory;
        this.state = state;
        this.root = root;
        this.depth = depth;
    }

    /**
     * Says which slots are free. Once only, when the state is still zero.
     *
     * @param start first slot, 1 or more: slot 0 stands for none
     * @param end one past the last slot
     */
    public void addFree(@CPtr long start, @CPtr long end) {
        FIRST.set(memory, state, start);
        NEXT.set(memory, state, start);
        END.set(memory, state, end);
    }

    @Override
    public long take() {
        return takeRun(1, Requester.CLIENT);
    }

    /** The next slot is the only one that can be taken. */
    @Override
    public boolean takeAt(long slot) {
        return slot == NEXT.get(memory, state) && take() != 0;
    }

    @Override
    public long takeSeveral(int count) {
        return takeRun(count, Requester.CLIENT);
    }

    @Override
    public boolean isTaken(long slot) {
        return slot >= FIRST.get(memory, state) && slot < NEXT.get(memory, state);
    }

    @Override
    public boolean isFree(long slot) {
        return slot >= NEXT.get(memory, state) && slot < END.get(memory, state);
    }

    @Override
    public boolean canGiveBack(long slot) {
        return isTaken(slot) && slot == NEXT.get(memory, state) - 1;
    }

    @Override
    public void giveBack(long slot) {
        giveBackRun(slot, 1);
    }

    @Override
    public long takeRun(int count, Requester requester) {
        long left = freeSlots() - (requester == Requester.POOLS ? 0 : RESERVED.get(memory, state));
        if (left < count) {
            return 0;
        }
        long first = NEXT.get(memory, state);
        NEXT.set(memory, state, first + count);
        return first;
    }

    @Override
    public void giveBackRun(long first, int count) {
        if (first + count == NEXT.get(memory, state)) {
            NEXT.set(memory, state, first);
        }
    }

    @Override
    public long freeSlots() {
        return END.get(memory, state) - NEXT.get(memory, state);
    }

    @Override
    public long end() {
        return END.get(memory, state);
    }

    @Override
    public void reserve(int words) {
        RESERVED.set(memory, state, (long) words * SLOTS_IN_WORD);
    }

    @Override
    public boolean hasReserve() {
        return freeSlots() >= RESERVED.get(memory, state);
    }

    @Override
    public long root() {
        return root;
    }

    @Override
    public int depth() {
        return depth;
    }
}
