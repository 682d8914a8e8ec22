package org.allocman.untyped;

import java.util.function.LongConsumer;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The record of an arena: one untyped whose children all have one size.
 *
 * <pre>
 *        63            48 47            32 31            16 15             0
 *   +0  |                    physical address of child 0                   |
 *   +8  |        0        |      made     |  index in parent  | k | n-1 |bits|
 *  +16  |          children that are free, made or not: a bit each          |
 *  +24  |          children that are arenas themselves: a bit each          |
 *  +32  |    next with a free child      |    previous                    |
 *  +40  |    table of sub-arenas         |    parent's record             |
 *  +48  |    first object slot           |    first child slot            |
 *  +56  |          children that hold objects of the pools' own             |
 *  +64  |  generation of child 3 .. 0, and so on: 16 bits each, 64 of them  |
 * </pre>
 *
 * An arena whose record says {@link #IS_ROOT} has one child,
 * the untyped that was handed over.
 */
final class ArenaRecord {
    /*
     * 192 bytes, of which a page holds 21 beside its header: 3 bytes a child. The generations are most of it; they are what
     * tells a handle that was given back from the one that took its place.
     */
    static final Word BASE = RootRecord.BASE;
    static final Word META = RootRecord.META;
    private static final int META_AT = META.offset();
    static final Bits CHILD_BITS = RootRecord.SIZE_BITS;
    static final Bits COUNT_LESS_ONE = new Bits("children - 1", META_AT, 6, 6);
    static final Bits KIND = RootRecord.KIND;
    static final Bits IS_ROOT = new Bits("is root", META_AT, 14, 1);
    static final Bits INDEX_IN_PARENT = new Bits("index in parent", META_AT, 16, 6);
    static final Bits MADE = new Bits("children made", META_AT, 24, 7);
    static final Bits SLOTS_IN_USE = new Bits("object slots are in use", META_AT, 31, 1);
    static final Word FREE = new Word("free children", 16);
    static final Word SUB_ARENAS = new Word("children that are arenas", 24);
    static final HalfWord PARENT = new HalfWord("parent", 40);
    static final HalfWord TABLE = new HalfWord("table of sub-arenas", 44);
    static final HalfWord CHILD_SLOTS = new HalfWord("first child slot", 48);
    static final HalfWord OBJECT_SLOTS = new HalfWord("first object slot", 52);

    // both in one word, for whoever reads the two
    static final Word SLOTS = new Word("first slots", 48);
    static final Bits CHILD_SLOTS_IN_SLOTS = new Bits("first child slot", 48, 0, 32);
    static final Bits OBJECT_SLOTS_IN_SLOTS = new Bits("first object slot", 48, 32, 32);
    static final Word OWN = new Word("children that hold the pools' own objects", 56);
    private static final int GENERATIONS = 64;
    private static final int GENERATION_BITS = 16;
    private static final long GENERATION_MASK = 0xffff;
    private static final int GENERATIONS_IN_WORD = 4;

    /** The kinds of records that arenas take. */
    static final RecordKind ARENA = RecordKind.forUntypeds(0, "arena record", 192);

    static final RecordKind SUB_ARENA_TABLE = RecordKind.forUntypeds(1, "table", 256);

    static final int MAX_CHILDREN = 64;
    static final int MAX_CHILDREN_BITS = 6;

    private ArenaRecord() {}

    /** The number of children, in the word {@link #META}. */
    static int count(long meta) {
        return (int) COUNT_LESS_ONE.of(meta) + 1;
    }

    /** The word in which a child's generation is. */
    static long generations(Memory memory, long @Nullable [] pin, long record, int child) {
        return memory.load64(pin, record, generationWord(child));
    }

    /** A child's generation, of the word in which it is. */
    static long generation(long generations, int child) {
        return generations >>> generationShift(child) & GENERATION_MASK;
    }

    /** Gives a child the next generation; the word in which it is was just read. */
    static void nextGeneration(Memory memory, long @Nullable [] pin, long record, int child, long generations) {
        long others = generations & ~(GENERATION_MASK << generationShift(child));
        long next = generation(generations, child) + 1 & GENERATION_MASK;
        memory.store64(pin, record, generationWord(child), others | next << generationShift(child));
    }

    /** Gives the same generation to every child. */
    static void setGenerations(Memory memory, long record, int count, long generation) {
        long four = (generation & GENERATION_MASK) * 0x0001_0001_0001_0001L;
        for (int child = 0; child < count; child += GENERATIONS_IN_WORD) {
            memory.store64(record, generationWord(child), four);
        }
    }

    /** The addresses of the words that hold the generations of so many children. */
    static void visitGenerations(long record, int count, LongConsumer words) {
        for (int child = 0; child < count; child += GENERATIONS_IN_WORD) {
            words.accept(record + generationWord(child));
        }
    }

    private static int generationWord(int child) {
        return GENERATIONS + child / GENERATIONS_IN_WORD * Long.BYTES;
    }

    private static int generationShift(int child) {
        return child % GENERATIONS_IN_WORD * GENERATION_BITS;
    }

    /** The offset of a child's entry in the table of sub-arenas. */
    static int tableEntry(int child) {
        return child * Integer.BYTES;
    }

    /** A bit for each of an arena's children. */
    static long all(int count) {
        return -1L >>> MAX_CHILDREN - count;
    }
}
