package org.allocman.testkit.contract;

import static org.allocman.vka.PageSize.PAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.allocman.mspace.Mspace;
import org.allocman.qual.Bytes;
import org.allocman.vka.Memory;
import org.junit.jupiter.api.Test;

/**
 * What memory for book-keeping has to be like: zero when it is handed out, in one page, nobody else's, checked when it
 * comes back, and all of it there again afterwards.
 */
public abstract class MspaceContract {
    private static final int MANY = 400;

    /**
     * An mspace of which nothing is taken.
     *
     * @param mspace the mspace
     * @param memory where what it hands out lies
     * @param most the largest request that can be met, in bytes
     * @param state what it knows, in a form that is equal if it knows the same
     */
    public record Subject(
            Mspace mspace, Memory memory, @Bytes int most, Supplier<? extends Object> state) {}

    /** For those who extend it. */
    protected MspaceContract() {}

    /**
     * Makes an mspace.
     *
     * @return a fresh one
     */
    protected abstract Subject subject();

    private static final class Live {
        final TreeMap<Long, Integer> pieces = new TreeMap<>();

        void add(Subject subject, long address, int bytes) {
            assertEquals(0, address % 64, "aligned");
            assertEquals(address / PAGE, (address + bytes - 1) / PAGE, "in one page");
            Map.Entry<Long, Integer> below = pieces.lowerEntry(address + bytes);
            assertTrue(below == null || below.getKey() + below.getValue() <= address, "overlaps another");
            for (int offset = 0; offset + Long.BYTES <= bytes; offset += Long.BYTES) {
                assertEquals(0, subject.memory.load64(address, offset), "all zero");
                subject.memory.store64(address, offset, -1);
            }
            pieces.put(address, bytes);
        }
    }

    private static Live fill(Subject subject, int seed) {
        Random random = new Random(seed);
        Live live = new Live();
        for (int i = 0; i < MANY; i++) {
            int bytes = 1 + random.nextInt(random.nextInt(8) == 0 ? subject.most : Math.min(subject.most, 256));
            long address = subject.mspace.allocate(bytes);
            if (address != 0) {
                live.add(subject, address, bytes);
            }
        }
        assertFalse(live.pieces.isEmpty());
        return live;
    }

    @Test
    void piecesAreZeroApartAndGoBackWithoutATrace() {
        for (int seed = 0; seed < 4; seed++) {
            Subject subject = subject();
            Object empty = subject.state.get();
            Live live = fill(subject, seed);
            List<Map.Entry<Long, Integer>> pieces = new ArrayList<>(live.pieces.entrySet());
            Collections.shuffle(pieces, new Random(seed));
            pieces.forEach(piece -> assertTrue(subject.mspace.free(piece.getKey(), piece.getValue())));
            assertEquals(empty, subject.state.get());
        }
    }

    @Test
    void asMuchCanBeHadTheSecondTime() {
        Subject subject = subject();
        List<Integer> had = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            List<Long> pieces = new ArrayList<>();
            for (long at = subject.mspace.allocate(64); at != 0; at = subject.mspace.allocate(64)) {
                pieces.add(at);
            }
            had.add(pieces.size());
            pieces.forEach(at -> assertTrue(subject.mspace.free(at, 64)));
        }
        assertTrue(had.get(0) > 0);
        assertEquals(Collections.nCopies(3, had.get(0)), had);
    }

    @Test
    void requestsOfNoSizeThatThereIsAreRefused() {
        Subject subject = subject();
        Object empty = subject.state.get();
        for (int bytes : new int[] {0, -1, Integer.MIN_VALUE, subject.most + 1, Integer.MAX_VALUE}) {
            assertEquals(0, subject.mspace.allocate(bytes), bytes + " bytes");
        }
        assertEquals(empty, subject.state.get());
        assertTrue(subject.mspace.allocate(subject.most) != 0);
        assertTrue(subject.mspace.allocate(1) != 0);
    }

    @Test
    void whatComesBackIsChecked() {
        Subject subject = subject();
        long keeper = subject.mspace.allocate(64);
        long piece = subject.mspace.allocate(64);
        Object before = subject.state.get();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long made = piece ^ 1L << bit;
            if (made != keeper) {
                assertFalse(subject.mspace.free(made, 64), "a made-up address");
            }
        }
        assertFalse(subject.mspace.free(0, 64));
        assertFalse(subject.mspace.free(piece, 0));
        assertEquals(before, subject.state.get(), "a refusal leaves no trace");
        assertTrue(subject.mspace.free(piece, 64));
        assertFalse(subject.mspace.free(piece, 64), "a second time");
        assertTrue(subject.mspace.free(keeper, 64));
    }
}
