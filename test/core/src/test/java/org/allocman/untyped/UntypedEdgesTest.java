package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.untyped.BareManager.Block;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
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

    private static List<KernelError> errors() {
        List<KernelError> errors = new ArrayList<>(List.of(
                KernelError.invalidArgument(3),
                KernelError.invalidCapability(2),
                KernelError.illegalOperation(),
                KernelError.rangeError(0, 255),
                KernelError.rangeError(255, (1L << 43) - 1),
                KernelError.alignmentError(),
                KernelError.truncatedMessage(),
                KernelError.deleteFirst(),
                KernelError.revokeFirst(),
                KernelError.notEnoughMemory(0),
                KernelError.notEnoughMemory((1L << 51) - 1)));
        for (boolean source : new boolean[] {false, true}) {
            errors.add(KernelError.failedLookup(source, LookupFault.invalidRoot()));
            errors.add(KernelError.failedLookup(source, LookupFault.missingCapability(64)));
            errors.add(KernelError.failedLookup(source, LookupFault.depthMismatch(3, 57)));
            errors.add(KernelError.failedLookup(source, LookupFault.guardMismatch(64, (1L << 33) - 1, 58)));
        }
        return errors;
    }

    @Test
    void aRefusalOfTheKernelSaysAllThatTheKernelSaid() {
        for (InvocationKind invocation : InvocationKind.values()) {
            for (KernelError error : errors()) {
                long refusal = Refusal.kernel(invocation, error);
                assertTrue(Refusal.isKernel(refusal));
                assertEquals(invocation, Refusal.invocation(refusal));
                assertEquals(error.code(), Refusal.kernelCode(refusal));
                assertEquals(error, Refusal.kernelError(refusal));
                assertEquals(invocation.text() + " refused with " + error, Refusal.text(refusal));
            }
        }
    }

    /** Details are told as a whole or not at all. */
    @Test
    void detailsThatDoNotFitAreLeftOut() {
        List<KernelError> wide = List.of(
                KernelError.notEnoughMemory(1L << 51),
                KernelError.notEnoughMemory(-1),
                KernelError.invalidArgument(-1),
                KernelError.rangeError(256, 300),
                KernelError.rangeError(0, 1L << 43),
                KernelError.rangeError(0, -1),
                KernelError.failedLookup(true, LookupFault.missingCapability(128)),
                KernelError.failedLookup(true, LookupFault.depthMismatch(1, -1)),
                KernelError.failedLookup(false, LookupFault.guardMismatch(64, 1L << 33, 58)));
        for (KernelError error : wide) {
            long refusal = Refusal.kernel(InvocationKind.TCB_CONFIGURE, error);
            assertTrue(Refusal.isKernel(refusal));
            assertEquals(InvocationKind.TCB_CONFIGURE, Refusal.invocation(refusal));
            assertEquals(error.code(), Refusal.kernelCode(refusal));
            assertNull(Refusal.kernelError(refusal));
            assertEquals("tcb configure refused with " + error.code().text(), Refusal.text(refusal));
        }
    }

    @Test
    void refusalsHaveTheirNames() throws Exception {
        int refusals = 0;
        for (Field field : Refusal.class.getFields()) {
            long refusal = field.getLong(null);
            assertEquals(refusal, Refusal.which(refusal));
            if (refusal == Refusal.KERNEL) {
                continue;
            }
            assertFalse(Refusal.isKernel(refusal));
            assertEquals(field.getName(), Refusal.text(refusal));
            refusals++;
        }
        assertEquals(-Refusal.NO_BLOCK_FOR_PAGE, refusals);
        assertEquals("", Refusal.text(0));
        assertEquals("", Refusal.text(Long.MAX_VALUE));
        assertEquals(0, Refusal.which(Long.MAX_VALUE));
        assertEquals(Refusal.KERNEL, Refusal.which(Long.MIN_VALUE));
        assertEquals("refusal -99", Refusal.text(-99));
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
