package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.untyped.BareManager.Block;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory, slots and records run out, one at a time; what is given back can be had again, to the last object. */
class UntypedExhaustionTest {
    private static final List<Block> LARGE = List.of(new Block(0x100_0000, 20, MemoryKind.KERNEL));

    private static List<Long> takeAll(BareManager bare, Kind kind, long refusal) {
        List<Long> taken = new ArrayList<>();
        long handle = bare.allocate(ObjectType.ENDPOINT, 0);
        while (handle > 0) {
            taken.add(handle);
            handle = bare.allocate(ObjectType.ENDPOINT, 0);
        }
        assertEquals(refusal, handle, kind.toString());
        List<Long> before = bare.bookKeeping();
        assertEquals(refusal, bare.allocate(ObjectType.ENDPOINT, 0));
        assertEquals(before, bare.bookKeeping(), "a refusal changes nothing");
        assertEquals(List.of(), bare.broken());
        return taken;
    }

    private static void recovers(BareManager bare, Kind kind, long refusal) {
        List<Long> taken = takeAll(bare, kind, refusal);
        assertTrue(taken.size() > 100, "so many were had: " + taken.size());
        if (kind == Kind.TWINKLE) {
            taken.forEach(handle -> assertEquals(Refusal.ALLOCATE_ONLY, bare.manager.free(handle)));
            return;
        }
        assertEquals(0, bare.manager.free(taken.get(50)));
        assertTrue(bare.allocate(ObjectType.ENDPOINT, 0) > 0, "what is freed can be had");
        for (int i = 0; i < taken.size(); i++) {
            if (i != 50) {
                assertEquals(0, bare.manager.free(taken.get(i)));
            }
        }
        bare.manager.trim();
        assertEquals(List.of(), bare.broken());
        // the one in place of the 50th is still there
        assertEquals(taken.size() - 1, takeAll(bare, kind, refusal).size());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void memory(Kind kind) {
        List<Block> small = List.of(new Block(0x100_0000, 12, MemoryKind.KERNEL));
        recovers(new BareManager(kind, small, 13, 100), kind, Refusal.OUT_OF_UNTYPED);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void slots(Kind kind) {
        recovers(new BareManager(kind, LARGE, 9, 100), kind, Refusal.OUT_OF_SLOTS);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ARENA", "SPLIT", "COMPATIBLE"})
    void records(Kind kind) {
        recovers(new BareManager(kind, LARGE, 13, 4), kind, Refusal.OUT_OF_BOOK_KEEPING);
    }
}
