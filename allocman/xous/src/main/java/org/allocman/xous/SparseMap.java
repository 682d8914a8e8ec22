package org.allocman.xous;

import org.allocman.qual.Bytes;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Word;

/**
 * Entries of two words by number, in memory: only what is there takes room, and finding one takes as many steps as the
 * numbers have digits to base 64.
 */
public final class SparseMap {
    /*
     * A tree of nodes of one size. The lowest level has 32 entries of two words a node, the others 64 addresses of nodes.
     *
     *   word 0       which of them are there
     *   word 1..64   the entries, or the addresses
     *
     * A node with nothing in it does not exist. The anchor is two words: the root's address, and how many nodes there are.
     */
    /** The size of a node. */
    public static final @Bytes int NODE_BYTES = 65 * Long.BYTES;

    /** The size of the anchor. */
    public static final @Bytes int ANCHOR_BYTES = 2 * Long.BYTES;

    private static final Word ROOT = new Word("root", 0);
    private static final Word NODES = new Word("nodes", Long.BYTES);
    private static final Word PRESENT = new Word("present", 0);
    private static final int FIRST = Long.BYTES;
    private static final int LEAF_BITS = 5;
    private static final int BITS = 6;
    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    private final Memory memory;
    private final NodeStore store;
    private final long anchor;
    private final int levels;

    /**
     * A view of the map at an anchor; all zero means that it is empty.
     *
     * @param memory where it lies
     * @param store where nodes come from
     * @param anchor address of {@link #ANCHOR_BYTES} bytes in one page, a multiple of 8
     * @param capacity one more than the greatest number, 1 or more
     */
    public SparseMap(Memory memory, NodeStore store, long anchor, long capacity) {
        this.memory = memory;
        this.store = store;
        this.anchor = anchor;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(capacity - 1);
        this.levels = 1 + Math.max(0, bits - LEAF_BITS + BITS - 1) / BITS;
    }

    /**
     * Where it lies.
     *
     * @return the memory that entries are read from
     */
    public Memory memory() {
        return memory;
    }

    /**
     * How many nodes there are.
     *
     * @return each of {@link #NODE_BYTES} bytes
     */
    public long nodes() {
        return NODES.get(memory, anchor);
    }

    /**
     * Finds an entry.
     *
     * @param number below the capacity
     * @return the address of its two words; 0 if it is not there
     */
    public long find(long number) {
        long node = ROOT.get(memory, anchor);
        for (int level = levels - 1; level > 0 && node != 0; level--) {
            node = memory.load64(child(node, digit(number, level)), 0);
        }
        return node == 0 || !has(node, leafDigit(number)) ? 0 : entry(node, number);
    }

    /**
     * Puts an entry there, all zero.
     *
     * @param number below the capacity; not there yet
     * @return the address of its two words; 0, with nothing changed, if there is no memory
     */
    public long make(long number) {
        long parent = anchor;
        int created = 0;
        for (int level = levels - 1; level >= 0; level--) {
            boolean isRoot = level == levels - 1;
            long place = isRoot ? anchor : child(parent, digit(number, level + 1));
            long node = memory.load64(place, 0);
            if (node == 0) {
                node = store.take();
                if (node == 0) {
                    prune(number, created);
                    return 0;
                }
                created++;
                NODES.add(memory, anchor, 1);
                memory.store64(place, 0, node);
                if (!isRoot) {
                    set(parent, digit(number, level + 1));
                }
            }
            parent = node;
        }
        set(parent, leafDigit(number));
        return entry(parent, number);
    }

    /**
     * Takes an entry away.
     *
     * @param number of one that is there
     */
    public void remove(long number) {
        long entry = find(number);
        memory.store64(entry, 0, 0);
        memory.store64(entry, Long.BYTES, 0);
        clear(nodeAt(number, 0), leafDigit(number));
        prune(number, levels);
    }

    /**
     * The first entry from a number on.
     *
     * @param from 0 or more
     * @return its number, or -1
     */
    public long next(long from) {
        long number = from;
        while (number >>> LEAF_BITS + (levels - 1) * BITS == 0) {
            int level = 0;
            long node = nodeAt(number, 0);
            while (node == 0 && level < levels - 1) {
                level++;
                node = nodeAt(number, level);
            }
            if (node == 0) {
                return -1;
            }
            int digit = level == 0 ? leafDigit(number) : digit(number, level);
            long left = PRESENT.get(memory, node) & -1L << digit;
            if (left != 0 && level == 0) {
                return number - digit + Long.numberOfTrailingZeros(left);
            }
            int width = level == 0 ? LEAF_BITS : LEAF_BITS + level * BITS;
            number = left != 0
                    ? (number >>> width << width) + ((long) Long.numberOfTrailingZeros(left) << width - BITS)
                    : (number >>> width) + 1 << width;
        }
        return -1;
    }

    /** The node of a level on the way to a number, level 0 having the entries; 0 if it does not exist. */
    private long nodeAt(long number, int wanted) {
        long node = ROOT.get(memory, anchor);
        for (int level = levels - 1; level > wanted && node != 0; level--) {
            node = memory.load64(child(node, digit(number, level)), 0);
        }
        return node;
    }

    /** Gives back the lowest nodes on the way to a number, at most so many, as long as there is nothing in them. */
    private void prune(long number, int most) {
        int gone = 0;
        for (int level = 0; level < levels && gone < most; level++) {
            long node = nodeAt(number, level);
            if (node == 0) {
                continue;
            }
            if (PRESENT.get(memory, node) != 0) {
                return;
            }
            if (level == levels - 1) {
                ROOT.set(memory, anchor, 0);
            } else {
                long parent = nodeAt(number, level + 1);
                memory.store64(child(parent, digit(number, level + 1)), 0, 0);
                clear(parent, digit(number, level + 1));
            }
            NODES.add(memory, anchor, -1);
            store.giveBack(node);
            gone++;
        }
    }

    private static int leafDigit(long number) {
        return (int) number & (1 << LEAF_BITS) - 1;
    }

    private static int digit(long number, int level) {
        return (int) (number >>> LEAF_BITS + (level - 1) * BITS) & (1 << BITS) - 1;
    }

    private static long child(long node, int digit) {
        return node + FIRST + (long) digit * Long.BYTES;
    }

    private static long entry(long node, long number) {
        return node + FIRST + (long) leafDigit(number) * ENTRY_BYTES;
    }

    private boolean has(long node, int digit) {
        return (PRESENT.get(memory, node) & 1L << digit) != 0;
    }

    private void set(long node, int digit) {
        PRESENT.set(memory, node, PRESENT.get(memory, node) | 1L << digit);
    }

    private void clear(long node, int digit) {
        PRESENT.set(memory, node, PRESENT.get(memory, node) & ~(1L << digit));
    }
}
