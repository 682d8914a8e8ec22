package org.allocman.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.allocman.manager.Designs;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.InvocationKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the measured works cost wherever they run: invocations, slots, bytes, garbage. */
class WorkCountsTest {
    private static final double NO_GARBAGE = 0.05;

    private static Measurement measure(Work work, UntypedDesign manager, long n) {
        return Measurement.of(work, manager, n, WorkProgress.NONE);
    }

    private static void assertAtMost(double most, Row row, Figure figure) {
        double value = row.figure(figure);
        assertTrue(value <= most, row.label() + ": " + figure.text() + " " + value + ", at most " + most);
    }

    /** FNV-1a over index and kind, as little-endian words, of the first steps. */
    @Test
    void theChurnIsTheOneThatOthersWereMeasuredWith() {
        int live = 10_000;
        ChurnDraws draws = new ChurnDraws(live);
        for (int i = 0; i < live; i++) {
            draws.kind();
        }
        long hash = 0xcbf2_9ce4_8422_2325L;
        for (int i = 0; i < 500_000; i++) {
            hash = fnv(fnv(hash, draws.index()), draws.kind());
        }
        assertEquals("7908c55c30037d7c", Long.toHexString(hash));
    }

    private static long fnv(long hash, long word) {
        long result = hash;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            result = (result ^ word >>> shift & 0xff) * 0x100_0000_01b3L;
        }
        return result;
    }

    @Test
    void churn() {
        Row row = measure(Work.CHURN, UntypedDesigns.ARENA, 100_000).mainRow();
        assertAtMost(1.001, row, Figure.RETYPES_PER_ALLOCATION);
        assertAtMost(1.001, row, Figure.REVOKES_PER_FREE);
        assertAtMost(2.05, row, Figure.SLOTS_PER_OBJECT);
        assertAtMost(8, row, Figure.BYTES_PER_OBJECT);
        assertAtMost(NO_GARBAGE, row, Figure.GARBAGE_BYTES_PER_OPERATION);
    }

    @Test
    void fillAndDrain() {
        List<Row> rows = measure(Work.FRAMES, UntypedDesigns.ARENA, 1 << 16).rows();
        assertEquals(4, rows.size());
        for (Row row : rows) {
            assertAtMost(1.05, row, Figure.RETYPES_PER_ALLOCATION);
            assertAtMost(1.05, row, Figure.REVOKES_PER_FREE);
            assertAtMost(2.05, row, Figure.SLOTS_PER_OBJECT);
            assertAtMost(4, row, Figure.BYTES_PER_OBJECT);
            assertEquals(true, row.wholeAgain(), row.label());
        }
        rows.subList(0, 3).forEach(row -> assertAtMost(NO_GARBAGE, row, Figure.GARBAGE_BYTES_PER_OPERATION));
    }

    @Test
    void framesAtAddressesCostTheSameHoweverManyAreTaken() {
        for (Row row : measure(Work.ADDRESSES, UntypedDesigns.ARENA, 1000).rows()) {
            assertAtMost(2.02, row, Figure.INVOCATIONS_PER_PAIR);
            assertAtMost(NO_GARBAGE, row, Figure.GARBAGE_BYTES_PER_OPERATION);
        }
    }

    @Test
    void slotsCostNoInvocation() {
        for (Row row : measure(Work.SLOTS, UntypedDesigns.ARENA, 1 << 14).rows()) {
            assertEquals(0, row.figure(Figure.INVOCATIONS_PER_PAIR));
            assertAtMost(NO_GARBAGE, row, Figure.GARBAGE_BYTES_PER_OPERATION);
        }
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void bootstrapIsLinearInUntypeds(UntypedDesign manager) {
        assertLinear(untypeds -> BootstrapWork.inPlace(untypeds, manager).wordsWritten());
        // 900 more are in the one CNode of the second level that 100 need
        assertLinear(untypeds -> BootstrapWork.intoTwoLevels(untypeds, manager).wordsWritten());
        List<Row> rows = measure(Work.BOOTSTRAP, manager, 100).rows();
        assertEquals(0, rows.get(0).figure(Figure.INVOCATIONS_PER_BOOTSTRAP));
        Row twoLevels = rows.get(1);
        Map<InvocationKind, Double> invocations = twoLevels.invocations();
        assertEquals(108, invocations.get(InvocationKind.MOVE));
    }

    private static void assertLinear(ToLongFunction<Integer> wordsWritten) {
        long at100 = wordsWritten.applyAsLong(100);
        long at200 = wordsWritten.applyAsLong(200);
        long at900 = wordsWritten.applyAsLong(900);
        double first = (at200 - at100) / 100.0;
        double all = (at900 - at100) / 800.0;
        assertTrue(
                Math.abs(all - first) <= 0.05 * first, "words per untyped: " + first + " at first, " + all + " later");
    }

    @Test
    void thrash() {
        Row row = measure(Work.THRASH, UntypedDesigns.ARENA, 10_000).mainRow();
        assertAtMost(4, row, Figure.INVOCATIONS_PER_PAIR);
        assertAtMost(4096, row, Figure.ZEROED_BYTES_PER_PAIR);
        assertAtMost(NO_GARBAGE, row, Figure.GARBAGE_BYTES_PER_OPERATION);
        assertEquals(true, row.wholeAgain());
    }

    @Test
    void splitZeroesTheWholeUntypedAgainAndAgain() {
        Row row = measure(Work.THRASH, UntypedDesigns.SPLIT, 100).mainRow();
        assertEquals(1 << 28, row.figure(Figure.ZEROED_BYTES_PER_PAIR), 1 << 24);
    }

    @Test
    void splitDoesTheWorkToo() {
        assertAtMost(1, measure(Work.CHURN, UntypedDesigns.SPLIT, 1000).mainRow(), Figure.REVOKES_PER_FREE);
        for (Row row : measure(Work.FRAMES, UntypedDesigns.SPLIT, 1 << 10).rows()) {
            assertEquals(true, row.wholeAgain(), row.label());
        }
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        for (Work work : Work.values()) {
            assertNull(work.obstacle(UntypedDesigns.ARENA, work.usual()));
            assertEquals(work, Work.named(work.word()));
            assertNotNull(work.obstacle(UntypedDesigns.ARENA, 0));
        }
        String obstacle = Work.CHURN.obstacle(UntypedDesigns.TWINKLE, 1000);
        assertTrue(obstacle != null && obstacle.contains("twinkle gives nothing back"), obstacle);
        assertNull(Work.SLOTS.obstacle(UntypedDesigns.TWINKLE, 1 << 14));
        assertThrows(IllegalArgumentException.class, () -> measure(Work.FRAMES, UntypedDesigns.ARENA, 1000));
    }
}
