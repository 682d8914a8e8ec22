package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.allocman.cspace.CSpaceDesigns;
import org.allocman.untyped.ArenaDesign;
import org.allocman.untyped.Need;
import org.allocman.untyped.RecordKind;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/** The reserve is what docs/reserve.md derives, computed another way: by walking down the sizes. */
class GrowthReserveProperties {
    private static final RecordKind ARENA = UntypedDesigns.ARENA.records().get(0);
    private static final RecordKind TABLE = UntypedDesigns.ARENA.records().get(1);
    private static final RecordKind PAIR = UntypedDesigns.SPLIT.records().get(0);
    private static final RecordKind BITMAP = CSpaceDesigns.TWO_LEVEL.records().get(0);

    @Property(tries = 500)
    void arenas(
            @ForAll("architectures") Architecture architecture,
            @ForAll @IntRange(min = 12, max = 40) int largest,
            @ForAll @IntRange(min = 1, max = 6) int k) {
        int lines = architecture.hasPaging() ? 2 : 1;
        int steps = 0;
        for (int size = largest; size > least(architecture); size -= k) {
            steps++;
        }
        Need reserve = GrowthReserve.ofPage(new ArenaDesign(k), architecture, largest);
        assertEquals(lines * steps, reserve.of(ARENA), "a record for each arena of each line");
        assertEquals(lines * steps, reserve.of(TABLE), "a table for each");
        assertEquals(2, reserve.records().size(), "nothing else");
        covers(reserve, lines * (steps + 1) << k);
    }

    @Property(tries = 300)
    void halves(@ForAll("architectures") Architecture architecture, @ForAll @IntRange(min = 12, max = 40) int largest) {
        int least = least(architecture);
        // once down to the least; then each of the four objects one halving, and one for each bit by which it is
        // smaller
        int pairs = largest - least + 4 * (1 + (12 - least));
        Need reserve = GrowthReserve.ofPage(UntypedDesigns.SPLIT, architecture, largest);
        assertEquals(List.of(pairs), reserve.records());
        covers(reserve, 2 * pairs + 4);
    }

    @Property(tries = 500)
    void aSecondLevel(
            @ForAll("architectures") Architecture architecture,
            @ForAll @IntRange(min = 12, max = 40) int largest,
            @ForAll @IntRange(min = 1, max = 6) int k,
            @ForAll @IntRange(min = 1, max = 14) int secondBits) {
        int cnode = architecture.sizeBits(ObjectType.CNODE, secondBits);
        int steps = 0;
        for (int size = largest; size > cnode; size -= k) {
            steps++;
        }
        int bitmaps = secondBits <= 10 ? 1 : 1 << secondBits - 10;
        Need arenas = GrowthReserve.ofSecondLevel(
                new ArenaDesign(k), CSpaceDesigns.TWO_LEVEL, architecture, largest, secondBits);
        assertEquals(steps, arenas.of(ARENA));
        assertEquals(steps, arenas.of(TABLE));
        assertEquals(bitmaps, arenas.of(BITMAP));
        covers(arenas, steps << k);
        Need halves = GrowthReserve.ofSecondLevel(
                UntypedDesigns.SPLIT, CSpaceDesigns.TWO_LEVEL, architecture, largest, secondBits);
        assertEquals(Math.max(0, largest - cnode), halves.of(PAIR));
        assertEquals(bitmaps, halves.of(BITMAP));
        covers(halves, 2 * Math.max(0, largest - cnode));
        assertEquals(
                Need.NONE,
                GrowthReserve.ofSecondLevel(new ArenaDesign(k), CSpaceDesigns.TWO_LEVEL, architecture, largest, 0));
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

    private static void covers(Need reserve, int slots) {
        long have = reserve.slotWords() * 64L;
        assertTrue(have >= slots && have < slots + 64, have + " slots for " + slots);
    }

    @Provide
    Arbitrary<Architecture> architectures() {
        return Arbitraries.of(Architecture.values());
    }
}
