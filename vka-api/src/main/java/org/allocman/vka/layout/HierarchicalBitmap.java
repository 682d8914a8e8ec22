package org.allocman.vka.layout;

import org.allocman.qual.Bytes;
import org.allocman.vka.Memory;
import org.checkerframework.checker.index.qual.IndexFor;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.MinLen;

/**
 * A set of small numbers in memory whose least element is found without a scan: in as many words as the set has levels,
 * which is the logarithm of its capacity to base 64.
 *
 * <p>The object is only a view: everything it knows lies in the memory.
 */
public final class HierarchicalBitmap {
    /*
     * Level 0 has a bit for each number. A bit of a higher level says that the word below it is not zero. The levels lie
     * one behind the other, level 0 first; the last has one word.
     *
     *   level 2                [root]
     *   level 1     [word 0] [word 1] ...            bit j: word j of level 0 is not zero
     *   level 0     [0..63] [64..127] ...            bit i: number i is in the set
     */
    private static final int WORD_BITS = 6;

    private final Memory memory;
    private final long @MinLen(1) [] levels;
    private final long capacity;

    /**
     * A view of the set at an address. Memory that is all zero is the empty set.
     *
     * @param memory where it lies
     * @param address its first byte, a multiple of 8
     * @param capacity one more than the greatest number it can hold, 1 or more
     */
    public HierarchicalBitmap(Memory memory, long address, long capacity) {
        this.memory = memory;
        this.capacity = capacity;
        int count = 1;
        for (long words = wordsFor(capacity); words > 1; words = wordsFor(words)) {
            count++;
        }
        levels = new long[count];
        long at = address;
        long words = capacity;
        for (int level = 0; level < count; level++) {
            levels[level] = at;
            words = wordsFor(words);
            at += words * Long.BYTES;
        }
    }

    /**
     * The memory a set takes.
     *
     * @param capacity one more than the greatest number it can hold, 1 or more
     * @return bytes, a multiple of 8
     */
    public static @Bytes long bytesFor(long capacity) {
        long total = 0;
        long words = capacity;
        do {
            words = wordsFor(words);
            total += words;
        } while (words > 1);
        return total * Long.BYTES;
    }

    /**
     * How many numbers there are.
     *
     * @return one more than the greatest number
     */
    public long capacity() {
        return capacity;
    }

    /**
     * Whether a number is in the set.
     *
     * @param number 0 to capacity - 1
     * @return true if it is
     */
    public boolean contains(long number) {
        return (word(number >>> WORD_BITS) & 1L << number) != 0;
    }

    /**
     * Puts a number into the set.
     *
     * @param number 0 to capacity - 1
     */
    public void add(long number) {
        long index = number >>> WORD_BITS;
        long at = address(index);
        long[] pin = memory.pin(at);
        long word = memory.load64(pin, at, 0);
        replaceWord(pin, index, word, word | 1L << number);
    }

    /**
     * Takes a number out of the set.
     *
     * @param number 0 to capacity - 1
     */
    public void remove(long number) {
        long index = number >>> WORD_BITS;
        long at = address(index);
        long[] pin = memory.pin(at);
        long word = memory.load64(pin, at, 0);
        replaceWord(pin, index, word, word & ~(1L << number));
    }

    /**
     * Where sixty-four numbers are, for whoever pins their page.
     *
     * @param index which word: numbers {@code 64 * index} and following
     * @return the word's address
     */
    public long address(long index) {
        return levels[0] + index * Long.BYTES;
    }

    /**
     * Sixty-four numbers at once.
     *
     * @param index which word: numbers {@code 64 * index} and following
     * @return a bit for each
     */
    public long word(long index) {
        return memory.load64(address(index), 0);
    }

    /**
     * Replaces sixty-four numbers at once.
     *
     * @param index which word: numbers {@code 64 * index} and following
     * @param bits a bit for each
     */
    public void setWord(long index, long bits) {
        replaceWord(index, word(index), bits);
    }

    /**
     * Replaces sixty-four numbers at once, for whoever has just read them.
     *
     * @param index which word: numbers {@code 64 * index} and following
     * @param old what is there now
     * @param bits a bit for each
     */
    public void replaceWord(long index, long old, long bits) {
        replaceWord(null, index, old, bits);
    }

    private void replaceWord(long @Nullable [] pin, long index, long old, long bits) {
        memory.store64(pin, address(index), 0, bits);
        if ((old == 0) != (bits == 0)) {
            mark(index, bits != 0);
        }
    }

    /**
     * The least number in the set.
     *
     * @return the number, or -1 if the set is empty
     */
    public long least() {
        long index = 0;
        for (int level = levels.length - 1; level >= 0; level--) {
            long bits = memory.load64(levels[level] + index * Long.BYTES, 0);
            if (bits == 0) {
                return -1;
            }
            index = index << WORD_BITS | Long.numberOfTrailingZeros(bits);
        }
        return index;
    }

    /**
     * The greatest number in the set.
     *
     * @return the number, or -1 if the set is empty
     */
    public long greatest() {
        long index = 0;
        for (int level = levels.length - 1; level >= 0; level--) {
            long bits = memory.load64(levels[level] + index * Long.BYTES, 0);
            if (bits == 0) {
                return -1;
            }
            index = index << WORD_BITS | Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
        }
        return index;
    }

    /**
     * The least number in the set that is not below a given one.
     *
     * @param from 0 or more
     * @return the number, or -1 if there is none
     */
    public long leastFrom(long from) {
        long at = from;
        for (int level = 0; level < levels.length; level++) {
            long index = at >>> WORD_BITS;
            if (index >= wordsIn(level)) {
                return -1;
            }
            long bits = memory.load64(levels[level] + index * Long.BYTES, 0) & -1L << at;
            if (bits != 0) {
                return descend(level, index << WORD_BITS | Long.numberOfTrailingZeros(bits));
            }
            at = index + 1;
        }
        return -1;
    }

    private long descend(@IndexFor("levels") int from, long found) {
        long index = found;
        for (int level = from - 1; level >= 0; level--) {
            long bits = memory.load64(levels[level] + index * Long.BYTES, 0);
            index = index << WORD_BITS | Long.numberOfTrailingZeros(bits);
        }
        return index;
    }

    /**
     * Puts a word of sixty-four numbers into the sets above, or takes it out of them. Whoever stores such words by their
     * address does this when one becomes or is no longer zero; while a word is in no set above, {@link #least} and the like
     * pass over its numbers.
     *
     * @param word which word: numbers {@code 64 * word} and following
     * @param present true to put it in, false to take it out; it was not in, or it was
     */
    public void mark(long word, boolean present) {
        long index = word;
        for (int level = 1; level < levels.length; level++) {
            long address = levels[level] + (index >>> WORD_BITS) * Long.BYTES;
            long[] pin = memory.pin(address);
            long old = memory.load64(pin, address, 0);
            long bits = present ? old | 1L << index : old & ~(1L << index);
            memory.store64(pin, address, 0, bits);
            if ((old == 0) == (bits == 0)) {
                return;
            }
            index >>>= WORD_BITS;
        }
    }

    private long wordsIn(int level) {
        long words = capacity;
        for (int i = 0; i <= level; i++) {
            words = wordsFor(words);
        }
        return words;
    }

    private static long wordsFor(long bits) {
        return bits + 63 >>> WORD_BITS;
    }
}
