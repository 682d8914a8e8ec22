package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.untyped.BareManager.Block;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sizes that a manager states, what it is handed at the start, and what it keeps for speed. */
class UntypedEdgesTest {
    private static final List<Block> ONE = List.of(new Block(0x1000_0000, 28, MemoryKind.KERNEL));

    private static int stateBytes(Kind kind) {
        return kind.design(BareManager.CHILDREN_BITS).stateBytes();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void stateIsAsLargeAsIsSaid(Kind kind) {
        BareManager bare = new BareManager(kind);
        for (int bits = 4; bits < 16; bits++) {
            for (MemoryKind memory : MemoryKind.values()) {
                bare.allocate(memory, ObjectType.UNTYPED, bits);
            }
        }
        assertTrue(stateBytes(kind) > 0 && stateBytes(kind) % Long.BYTES == 0);
        for (int offset = stateBytes(kind); offset < 2048; offset += Long.BYTES) {
            assertEquals(0, bare.machine.rootMemory().load64(bare.machine.pool() + 1024, offset), "byte " + offset);
        }
    }

    @Test
    void aTableHasRoomForItsUntypeds() {
        for (long room = 0; room < 20; room++) {
            long bytes = UntypedTable.tableBytes(room);
            assertEquals(0, bytes % 8);
            assertTrue(bytes >= 4 * room && bytes < 4 * room + 8, room + " take " + bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void untypedsAreTakenOverInAnyOrder(Kind kind) {
        List<Block> blocks = new ArrayList<>(BareManager.BLOCKS);
        for (int turn = 0; turn < blocks.size(); turn++) {
            Collections.rotate(blocks, 1);
            BareManager bare = new BareManager(kind, blocks, 11, 12);
            UntypedRoots roots = new UntypedRoots(bare.manager);
            assertEquals(blocks.size(), roots.count());
            for (int i = 0; i < roots.count(); i++) {
                Block block = BareManager.BLOCKS.get(i);
                Untyped untyped = bare.machine.bootInfo().untypeds().get(blocks.indexOf(block));
                assertEquals(block.paddr(), roots.physicalAddress(i));
                assertEquals(block.bits(), roots.sizeBits(i));
                assertEquals(block.kind(), roots.kind(i));
                assertEquals(untyped.slot(), roots.slot(i));
                assertTrue(roots.isWhole(i));
                assertTrue(bare.allocateAt(ObjectType.UNTYPED, 5, block.paddr()) > 0);
                assertFalse(roots.isWhole(i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void tooFewRecordsForTheUntypeds(Kind kind) {
        BareManager bare = new BareManager(kind, List.of(), 11, 1, behind -> behind, BareManager.CHILDREN_BITS, 100);
        List<UntypedRoots.Root> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(new UntypedRoots.Root(new Untyped(i, 0x100_0000L + i * 0x1000L, 12, false), MemoryKind.KERNEL));
        }
        long table = bare.machine.pool() + 3072;
        assertFalse(new UntypedRoots(bare.manager).adopt(many));
        assertEquals(0, new UntypedRoots(bare.manager).count());
        assertEquals(1, bare.pages.ready(), "no record is lost");
        for (int offset = 0; offset < 400; offset += Long.BYTES) {
            assertEquals(0, bare.machine.rootMemory().load64(table, offset));
        }
        assertTrue(new UntypedRoots(bare.manager).adopt(many.subList(0, 1)), "fewer can be taken over then");
    }

    @Test
    void refusalsOfTheKernelCanBeToldFromOthers() {
        List<KernelError> errors =
                List.of(KernelError.invalidArgument(1), KernelError.rangeError(0, 1), KernelError.notEnoughMemory(0));
        for (KernelError error : errors) {
            long refusal = Refusal.kernel(error);
            assertTrue(Refusal.isKernel(refusal));
            assertEquals(error.code(), Refusal.kernelCode(refusal));
        }
        for (long refusal = Refusal.RESERVE_EMPTY; refusal <= 0; refusal++) {
            assertFalse(Refusal.isKernel(refusal));
        }
    }

    @Test
    void kindsHaveNames() {
        Set<String> names = new HashSet<>();
        for (MemoryKind kind : MemoryKind.values()) {
            assertFalse(kind.text().isBlank());
            assertTrue(names.add(kind.text()));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SPLIT", "COMPATIBLE"})
    void aHalvingIsToBeUndoneOnlyAfterARefusalToUndoIt(Kind kind) {
        BareManager bare = new BareManager(kind);
        SplitUntypeds split = (SplitUntypeds) bare.manager;
        assertFalse(split.hasHalvingToUndo());
        bare.kernel.failAt(3, true);
        assertTrue(Refusal.isKernel(bare.untyped(5)));
        assertTrue(split.hasHalvingToUndo());
        bare.kernel.heal();
        bare.manager.trim();
        assertFalse(split.hasHalvingToUndo());
        assertTrue(bare.isWhole());
    }

    @Test
    void theChildrenOfAnArenaAreMadeManyAtATime() {
        BareManager bare = new BareManager(Kind.ARENA, ONE, 12, 20, behind -> behind, 6);
        bare.untyped(12);
        int more = 0;
        for (int frame = 1; frame < 64; frame++) {
            long before = bare.counting.total();
            assertTrue(bare.untyped(12) > 0);
            more += (int) (bare.counting.total() - before) - 1;
        }
        assertEquals(1, more, "the first frame made 32 untypeds, the 33rd the others");
    }

    @Test
    void oneEmptyArenaOfASizeIsKept() {
        BareManager bare = new BareManager(Kind.ARENA, ONE, 12, 20);
        List<Long> handles = new ArrayList<>();
        for (int frame = 0; frame < 70; frame++) {
            handles.add(bare.untyped(12));
        }
        handles.forEach(bare.manager::free);
        assertEquals(
                1,
                emptyArenas((ArenaUntypeds) bare.manager).stream()
                        .filter(bits -> bits == 12)
                        .count());
        assertEquals(
                new HashSet<>(emptyArenas((ArenaUntypeds) bare.manager)).size(),
                emptyArenas((ArenaUntypeds) bare.manager).size(),
                "one of each size at most");
        long before = bare.counting.total();
        bare.untyped(12);
        assertEquals(1, bare.counting.total() - before, "so the next one takes only the object's own retype");
    }

    private static List<Integer> emptyArenas(ArenaUntypeds manager) {
        return manager.inspect().stream()
                .filter(arena -> arena.depth() > 0 && Long.bitCount(arena.free()) == arena.count())
                .map(ArenaView::childBits)
                .toList();
    }

    /** Which of many free untypeds is used first does not depend on what was freed before. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ARENA", "SPLIT", "COMPATIBLE"})
    void afterTrimUntypedsAreUsedInTheOrderOfTheirAddresses(Kind kind) {
        List<Block> blocks = List.of(
                new Block(0x100_0000, 12, MemoryKind.KERNEL),
                new Block(0x200_0000, 12, MemoryKind.KERNEL),
                new Block(0x300_0000, 12, MemoryKind.KERNEL));
        BareManager bare = new BareManager(kind, blocks, 9, 12);
        List<Block> order = new ArrayList<>(blocks);
        if (kind != Kind.ARENA) {
            Collections.reverse(order);
        }
        bare.manager.trim();
        for (int turn = 0; turn < blocks.size(); turn++) {
            List<Long> handles = new ArrayList<>();
            for (Block block : order) {
                handles.add(bare.untyped(12));
                assertEquals(block.paddr(), bare.manager.physicalAddress(handles.get(handles.size() - 1)));
            }
            Collections.rotate(handles, turn);
            handles.forEach(handle -> assertEquals(0, bare.manager.free(handle)));
            bare.manager.trim();
        }
    }

    @Test
    void kindsOfRecordsAreChecked() {
        for (int bytes : new int[] {0, 32, 65, 4096, -64}) {
            assertThrows(IllegalArgumentException.class, () -> RecordKind.forUntypeds(0, "record", bytes));
        }
        assertThrows(IllegalArgumentException.class, () -> RecordKind.forUntypeds(8, "record", 64));
        assertThrows(IllegalArgumentException.class, () -> RecordKind.forSlots(4, "record", 64));
        assertThrows(IllegalArgumentException.class, () -> RecordKind.forSlots(-1, "record", 64));
        assertFalse(RecordKind.forSlots(0, "record", 64).isForUntypeds());
        assertTrue(RecordKind.forUntypeds(7, "record", 4032).isForUntypeds());
    }
}
