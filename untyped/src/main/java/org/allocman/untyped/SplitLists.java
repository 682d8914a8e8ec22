package org.allocman.untyped;

import static org.allocman.untyped.PairRecord.NEXT;
import static org.allocman.untyped.PairRecord.PREVIOUS;

import org.allocman.vka.Memory;

/** The free nodes, by kind and size; the one that became free last is used first. */
final class SplitLists {
    private final Memory memory;
    private final long state;

    SplitLists(Memory memory, long state) {
        this.memory = memory;
        this.state = state;
    }

    /** The first free node, or 0. */
    long first(int kind, int bits) {
        return PairRecord.node(Integer.toUnsignedLong(memory.load32(state, SplitState.head(kind, bits))));
    }

    /** The free node behind one, or 0. */
    long next(long node) {
        return PairRecord.node(NEXT.get(memory, PairRecord.half(node)));
    }

    /** The least size, not below one given, of which a node is free; -1 if there is none. */
    int least(int kind, int bits) {
        long sizes = sizes(kind) & -1L << bits;
        return sizes == 0 ? -1 : Long.numberOfTrailingZeros(sizes);
    }

    /** The greatest size of which a node is free; -1 if there is none. */
    int greatest(int kind) {
        return 63 - Long.numberOfLeadingZeros(sizes(kind));
    }

    private long sizes(int kind) {
        return memory.load64(state, SplitState.mask(kind));
    }

    void push(long node) {
        int kind = PairRecord.kind(memory, node);
        int bits = PairRecord.sizeBits(memory, node);
        long half = PairRecord.half(node);
        long first = first(kind, bits);
        PairRecord.setState(memory, node, PairRecord.FREE);
        PREVIOUS.set(memory, half, 0);
        NEXT.set(memory, half, PairRecord.reference(first));
        if (first != 0) {
            PREVIOUS.set(memory, PairRecord.half(first), PairRecord.reference(node));
        } else {
            memory.store64(state, SplitState.mask(kind), sizes(kind) | 1L << bits);
        }
        memory.store32(state, SplitState.head(kind, bits), (int) PairRecord.reference(node));
    }

    /** Takes a node out; the caller gives it its new state. */
    void remove(long node) {
        long half = PairRecord.half(node);
        long next = NEXT.get(memory, half);
        long previous = PREVIOUS.get(memory, half);
        if (next != 0) {
            PREVIOUS.set(memory, PairRecord.half(PairRecord.node(next)), previous);
        }
        if (previous != 0) {
            NEXT.set(memory, PairRecord.half(PairRecord.node(previous)), next);
        } else {
            int kind = PairRecord.kind(memory, node);
            int bits = PairRecord.sizeBits(memory, node);
            memory.store32(state, SplitState.head(kind, bits), (int) next);
            if (next == 0) {
                memory.store64(state, SplitState.mask(kind), sizes(kind) & ~(1L << bits));
            }
        }
        NEXT.set(memory, half, 0);
        PREVIOUS.set(memory, half, 0);
    }

    /** Sees to it that a free node whose record was moved is found in its new place. */
    void replace(long node) {
        long half = PairRecord.half(node);
        long next = NEXT.get(memory, half);
        long previous = PREVIOUS.get(memory, half);
        if (next != 0) {
            PREVIOUS.set(memory, PairRecord.half(PairRecord.node(next)), PairRecord.reference(node));
        }
        if (previous != 0) {
            NEXT.set(memory, PairRecord.half(PairRecord.node(previous)), PairRecord.reference(node));
        } else {
            int kind = PairRecord.kind(memory, node);
            int bits = PairRecord.sizeBits(memory, node);
            memory.store32(state, SplitState.head(kind, bits), (int) PairRecord.reference(node));
        }
    }
}
