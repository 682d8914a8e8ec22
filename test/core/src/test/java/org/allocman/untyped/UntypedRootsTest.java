package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.untyped.BareManager.Block;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.untyped.UntypedStatistics.FreeBlocks;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Untypeds come later and go again; what a manager says is free. */
class UntypedRootsTest {
    private static final List<Block> BLOCKS = List.of(
            new Block(0x100_0000, 16, MemoryKind.KERNEL),
            new Block(0x200_0000, 14, MemoryKind.DEVICE),
            new Block(0x300_0000, 15, MemoryKind.DEVICE_RAM));

    private static UntypedRoots.Root root(BareManager bare, int index) {
        Untyped untyped = bare.machine.bootInfo().untypeds().get(index);
        return new UntypedRoots.Root(untyped, BLOCKS.get(index).kind());
    }

    private static UntypedRoots.Root madeUp(long paddr, int bits) {
        return new UntypedRoots.Root(new Untyped(99, paddr, bits, false), MemoryKind.KERNEL);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatGoesComesBackAndNothingHasChanged(Kind kind) {
        BareManager bare = new BareManager(kind, BLOCKS, 11, 40);
        UntypedRoots roots = new UntypedRoots(bare.manager);
        List<Long> before = bare.bookKeeping();
        for (int index : new int[] {1, 0, 2, 1}) {
            UntypedRoots.Root root = root(bare, index);
            assertEquals(root.untyped().slot(), roots.remove(root.untyped().paddr()));
            assertEquals(2, roots.count());
            assertEquals(null, roots.kindAt(root.untyped().paddr()));
            assertEquals(Refusal.NOT_MANAGED, roots.remove(root.untyped().paddr()));
            assertEquals(
                    Refusal.NOT_MANAGED,
                    bare.allocateAt(ObjectType.UNTYPED, 4, root.untyped().paddr()));
            assertEquals(0, bare.manager.freeBlocks(root.kind(), root.untyped().sizeBits()));
            assertEquals(List.of(), bare.broken());
            assertEquals(0, roots.add(root));
            assertEquals(root.kind(), roots.kindAt(root.untyped().last()));
        }
        assertEquals(before, bare.bookKeeping());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatComesLaterCanBeUsedToTheLastByte(Kind kind) {
        BareManager bare = new BareManager(kind, BLOCKS, 11, 40);
        UntypedRoots.Root memory = root(bare, 0);
        new UntypedRoots(bare.manager).remove(memory.untyped().paddr());
        assertEquals(Refusal.OUT_OF_UNTYPED, bare.allocate(ObjectType.TCB, 0));
        assertEquals(0, new UntypedRoots(bare.manager).add(memory));
        long tcb = bare.allocate(ObjectType.TCB, 0);
        assertTrue(tcb > 0);
        List<Long> books = bare.bookKeeping();
        assertEquals(
                Refusal.IN_USE,
                new UntypedRoots(bare.manager).remove(memory.untyped().paddr()));
        assertEquals(books, bare.bookKeeping(), "a refusal changes nothing");
        if (kind == Kind.TWINKLE) {
            return;
        }
        assertEquals(0, bare.manager.free(tcb));
        bare.manager.trim();
        long whole = bare.untyped(16);
        assertEquals(0x100_0000, bare.manager.physicalAddress(whole), "a whole untyped can be had");
        assertEquals(List.of(), bare.broken());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatCannotBeManagedIsRefused(Kind kind) {
        BareManager bare = new BareManager(kind, BLOCKS, 11, 40);
        UntypedRoots roots = new UntypedRoots(bare.manager);
        List<Long> before = bare.bookKeeping();
        for (UntypedRoots.Root overlapping : List.of(
                root(bare, 0),
                madeUp(0x100_0000, 12),
                madeUp(0x100_8000, 15),
                madeUp(0x0ff_8000, 16),
                madeUp(0x000_0000, 40),
                madeUp(0x300_7ff0, 4))) {
            assertEquals(Refusal.ALREADY_MANAGED, roots.add(overlapping));
        }
        assertEquals(before, bare.bookKeeping());
        assertEquals(0, roots.add(madeUp(0x101_0000, 12)), "right behind another");
        assertEquals(0, roots.add(madeUp(0x0ff_0000, 16)), "right before it");
        assertEquals(0, roots.add(madeUp(0x400_0000, 4)));
        assertEquals(Refusal.TABLE_FULL, roots.add(madeUp(0x500_0000, 4)));
        List<Long> bases = new ArrayList<>();
        for (int i = 0; i < roots.count(); i++) {
            bases.add(roots.physicalAddress(i));
        }
        assertEquals(List.of(0x0ff_0000L, 0x100_0000L, 0x101_0000L, 0x200_0000L, 0x300_0000L, 0x400_0000L), bases);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void highAddresses(Kind kind) {
        BareManager bare = new BareManager(kind, BLOCKS, 11, 40);
        UntypedRoots roots = new UntypedRoots(bare.manager);
        assertTrue(bare.allocate(ObjectType.TCB, 0) > 0);
        long answer = roots.add(madeUp(1L << 46, 12));
        assertEquals(kind == Kind.TWINKLE ? Refusal.OUT_OF_REACH : 0, answer);
        BareManager fresh = new BareManager(kind, BLOCKS, 11, 40);
        assertEquals(0, new UntypedRoots(fresh.manager).add(madeUp(1L << 46, 12)));
        long handle = fresh.allocateAt(ObjectType.UNTYPED, 14, 0x200_0000);
        assertEquals(0x200_0000, fresh.manager.physicalAddress(handle));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void noRecordIsReady(Kind kind) {
        BareManager bare = new BareManager(kind, BLOCKS, 11, 1);
        while (bare.records.take(kind.rootRecord(), Requester.CLIENT) != 0) {
            // until none is left
        }
        List<Long> before = bare.bookKeeping();
        assertEquals(Refusal.OUT_OF_BOOK_KEEPING, new UntypedRoots(bare.manager).add(madeUp(0x400_0000, 12)));
        assertEquals(before, bare.bookKeeping());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void statistics(Kind kind) {
        BareManager bare = new BareManager(kind, BLOCKS, 11, 40);
        UntypedStatistics fresh = UntypedStatistics.of(bare.manager);
        for (Block block : BLOCKS) {
            UntypedStatistics.OfKind line = fresh.of(block.kind());
            assertEquals(List.of(new FreeBlocks(block.bits(), 1)), line.free());
            assertEquals(block.bits(), line.largestFree());
            assertEquals(1, line.untypeds());
            assertEquals(1L << block.bits(), line.bytes());
            assertEquals(line.bytes(), line.freeBytes());
            assertEquals(0, line.fragmentation());
        }
        bare.untyped(12);
        UntypedStatistics.OfKind memory = UntypedStatistics.of(bare.manager).of(MemoryKind.KERNEL);
        assertEquals(memory.bytes() - 4096, memory.freeBytes());
        assertEquals(
                1 - (double) (1L << memory.largestFree()) / memory.freeBytes(),
                memory.fragmentation(),
                "of what is free");
        assertEquals(kind == Kind.ARENA ? 12 : 15, memory.largestFree());
        assertEquals(1, UntypedStatistics.of(bare.manager).liveObjects());
        bare.untyped(4);
        UntypedStatistics.OfKind less = UntypedStatistics.of(bare.manager).of(MemoryKind.KERNEL);
        assertEquals(less.bytes() - 4096 - 16, less.freeBytes());
        BareManager empty = new BareManager(kind, List.of(), 11, 40);
        UntypedStatistics.OfKind nothing = UntypedStatistics.of(empty.manager).of(MemoryKind.KERNEL);
        assertEquals(-1, nothing.largestFree());
        assertEquals(0, nothing.fragmentation());
    }
}
