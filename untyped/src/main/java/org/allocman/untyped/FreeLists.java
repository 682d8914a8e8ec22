package org.allocman.untyped;

import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What has something free in it, by kind and size: arenas with a free child, or free halves. What was put in last comes
 * first. So of arenas the fullest is filled first and the others drain; of halves, the warmest one is used.
 */
final class FreeLists {
    /*
     * A member is named by an address in its record, and its links lie so far behind that: an arena's record has one pair of
     * links, the record of two halves has one for each. Size and kind are the record's, which is 64 bytes or more.
     */
    static final HalfWord PREVIOUS = new HalfWord("previous", 32);
    static final HalfWord NEXT = new HalfWord("next", 36);

    // both in one word, for whoever reads or writes the two
    private static final Word LINKS = new Word("links", 32);
    private static final Bits PREVIOUS_IN_LINKS = new Bits("previous", 32, 0, 32);
    private static final Bits NEXT_IN_LINKS = new Bits("next", 32, 32, 32);

    private static final long RECORD_MASK = -64;

    private final Memory memory;
    private final long state;

    FreeLists(Memory memory, long state) {
        this.memory = memory;
        this.state = state;
    }

    /** The record that a member lies in. */
    static long record(long member) {
        return member & RECORD_MASK;
    }

    /** The first member, or 0. */
    long first(int kind, int bits) {
        return first(memory.pin(state), kind, bits);
    }

    private long first(long @Nullable [] heads, int kind, int bits) {
        return Reference.target(Integer.toUnsignedLong(memory.load32(heads, state, ManagerState.head(kind, bits))));
    }

    /** The member behind one, or 0. */
    long next(long member) {
        return Reference.target(NEXT.get(memory, member));
    }

    /** Whether a member is the only one of its list. */
    boolean isAlone(long member) {
        return NEXT.get(memory, member) == 0 && PREVIOUS.get(memory, member) == 0;
    }

    /** A bit for each size of which there is a member. */
    long sizes(int kind) {
        return memory.load64(state, ManagerState.mask(kind));
    }

    /** The least size, not below one given, of which there is a member; -1 if there is none. */
    int least(int kind, int bits) {
        long sizes = sizes(kind) & -1L << bits;
        return sizes == 0 ? -1 : Long.numberOfTrailingZeros(sizes);
    }

    /** The greatest size, greater than one given, of which there is a member; -1 if there is none. */
    int greatestAbove(int kind, int bits) {
        return 63 - Long.numberOfLeadingZeros(sizes(kind) & -2L << bits);
    }

    /** The greatest size of which there is a member; -1 if there is none. */
    int greatest(int kind) {
        return 63 - Long.numberOfLeadingZeros(sizes(kind));
    }

    void push(long member) {
        push(memory.pin(state), memory.pin(member), member, sizeAndKind(member));
    }

    /** Pushes a member; state and member are pinned, and of its record the word with size and kind was read. */
    void push(long @Nullable [] heads, long @Nullable [] pin, long member, long sizeAndKind) {
        int kind = (int) RootRecord.KIND.of(sizeAndKind);
        int bits = (int) RootRecord.SIZE_BITS.of(sizeAndKind);
        long first = first(heads, kind, bits);
        LINKS.set(memory, pin, member, NEXT_IN_LINKS.into(0, Reference.to(first)));
        if (first != 0) {
            PREVIOUS.set(memory, first, Reference.to(member));
        } else {
            int mask = ManagerState.mask(kind);
            memory.store64(heads, state, mask, memory.load64(heads, state, mask) | 1L << bits);
        }
        memory.store32(heads, state, ManagerState.head(kind, bits), (int) Reference.to(member));
    }

    void remove(long member) {
        remove(memory.pin(state), memory.pin(member), member, sizeAndKind(member));
    }

    /** Removes a member; state and member are pinned, and of its record the word with size and kind was read. */
    void remove(long @Nullable [] heads, long @Nullable [] pin, long member, long sizeAndKind) {
        long links = LINKS.get(memory, pin, member);
        long next = NEXT_IN_LINKS.of(links);
        long previous = PREVIOUS_IN_LINKS.of(links);
        if (next != 0) {
            PREVIOUS.set(memory, Reference.target(next), previous);
        }
        if (previous != 0) {
            NEXT.set(memory, Reference.target(previous), next);
        } else {
            int kind = (int) RootRecord.KIND.of(sizeAndKind);
            int bits = (int) RootRecord.SIZE_BITS.of(sizeAndKind);
            memory.store32(heads, state, ManagerState.head(kind, bits), (int) next);
            if (next == 0) {
                int mask = ManagerState.mask(kind);
                memory.store64(heads, state, mask, memory.load64(heads, state, mask) & ~(1L << bits));
            }
        }
        LINKS.set(memory, pin, member, 0);
    }

    private long sizeAndKind(long member) {
        return RootRecord.META.get(memory, record(member));
    }
}
