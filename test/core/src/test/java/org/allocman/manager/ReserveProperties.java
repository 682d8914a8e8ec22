package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/** The reserve is what docs/reserve.md derives, computed another way: by walking down the sizes. */
class ReserveProperties {
    @Property(tries = 500)
    void arenas(
            @ForAll Architecture architecture,
            @ForAll @IntRange(min = 12, max = 40) int largest,
            @ForAll @IntRange(min = 1, max = 6) int k) {
        int lines = architecture.hasPaging() ? 2 : 1;
        int steps = 0;
        for (int size = largest; size > least(architecture); size -= k) {
            steps++;
        }
        Reserve reserve = Reserve.of(ManagerKind.ARENA, architecture, largest, k);
        assertEquals(lines * steps, reserve.arenas(), "a record for each arena of each line");
        assertEquals(lines * steps, reserve.tables(), "a table for each");
        assertEquals(0, reserve.pairs());
        covers(reserve, lines * (steps + 1) << k);
    }

    @Property(tries = 300)
    void halves(@ForAll Architecture architecture, @ForAll @IntRange(min = 12, max = 40) int largest) {
        int least = least(architecture);
        // once down to the least; then each of the four objects one halving, and one for each bit by which it is
        // smaller
        int pairs = largest - least + 4 * (1 + (12 - least));
        Reserve reserve = Reserve.of(ManagerKind.SPLIT, architecture, largest, 6);
        assertEquals(pairs, reserve.pairs());
        assertEquals(0, reserve.arenas() + reserve.tables());
        covers(reserve, 2 * pairs + 4);
    }

    @Property(tries = 500)
    void aSecondLevel(
            @ForAll Architecture architecture,
            @ForAll @IntRange(min = 12, max = 40) int largest,
            @ForAll @IntRange(min = 1, max = 6) int k,
            @ForAll @IntRange(min = 1, max = 14) int secondBits) {
        int cnode = architecture.sizeBits(ObjectType.CNODE, secondBits);
        int steps = 0;
        for (int size = largest; size > cnode; size -= k) {
            steps++;
        }
        int books = secondBits <= 10 ? 1 : 1 << secondBits - 10;
        Reserve arenas = Reserve.ofSecondLevel(ManagerKind.ARENA, architecture, largest, k, secondBits);
        assertEquals(steps, arenas.arenas());
        assertEquals(steps, arenas.tables());
        assertEquals(books, arenas.slotBooks());
        covers(arenas, steps << k);
        Reserve halves = Reserve.ofSecondLevel(ManagerKind.SPLIT, architecture, largest, k, secondBits);
        assertEquals(Math.max(0, largest - cnode), halves.pairs());
        assertEquals(books, halves.slotBooks());
        covers(halves, 2 * Math.max(0, largest - cnode));
        assertEquals(Reserve.NONE, Reserve.ofSecondLevel(ManagerKind.ARENA, architecture, largest, k, 0));
    }

    /** The smallest object of a growth: a frame of 2^12 bytes, or a paging structure. */
    private static int least(Architecture architecture) {
        int least = 12;
        for (ObjectType table : new ObjectType[] {ObjectType.PAGE_TABLE, ObjectType.PAGE_DIRECTORY, ObjectType.PDPT}) {
            if (architecture.has(table) && architecture.sizeBits(table, 0) < least) {
                least = architecture.sizeBits(table, 0);
            }
        }
        return least;
    }

    private static void covers(Reserve reserve, int slots) {
        long have = reserve.slotWords() * 64L;
        assertTrue(have >= slots && have < slots + 64, have + " slots for " + slots);
    }
}
