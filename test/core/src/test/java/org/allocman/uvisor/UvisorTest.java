package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.block.TopLevel;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.heap.HeapAnswer;
import org.allocman.uvisor.heap.HeapRefusal;
import org.allocman.uvisor.heap.SecureHeaps;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The running system: arena, stack, threads and what goes with them. */
class UvisorTest {
    private final Rig rig = Rig.of(MpuKind.ARMV7M, BlockPool.NO_QUOTA);
    private final Uvisor uvisor = rig.uvisor();

    @ParameterizedTest
    @EnumSource(MpuKind.class)
    void theUpdateThreadTakesBlocksAndLeavesNothing(MpuKind kind) {
        Rig machine = Rig.of(kind, BlockPool.NO_QUOTA);
        Uvisor system = machine.uvisor();
        long kept = system.malloc(100);
        assertTrue(kept > 0);
        machine.words().store64(kept, 0, 42);
        Fingerprint before = settled(machine);
        long free = machine.free();

        long heap = system.createHeap(30_000, 4_000);
        assertTrue(heap > 0);
        int thread = system.createThreadOn(5, heap, 0, 2048);
        assertTrue(thread >= 0, () -> ThreadRefusal.of(thread).toString());
        system.run(thread);
        long[] buffers = new long[7];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = system.malloc(4_000);
            assertTrue(system.heaps().contains(heap, buffers[i]));
            system.user().store64(buffers[i], 0, i);
        }
        long elsewhere = system.processMalloc(64);
        system.user().store64(elsewhere, 0, 7);
        assertTrue(machine.free() <= free - 4);
        assertTrue(system.endThread(thread));

        assertEquals(7, system.user().load64(elsewhere, 0), "what was allocated elsewhere stays");
        assertEquals(Threads.NONE, system.threads().active());
        assertEquals(HeapAnswer.OK, system.free(elsewhere));
        assertEquals(free, machine.free());
        assertEquals(42, system.user().load64(kept, 0));
        assertEquals(before, settled(machine), "nothing else remains, to the last bit");
    }

    /** Without what is kept for speed or told to people: where the pool has been, what is in the MPU, counts of faults. */
    private static Fingerprint settled(Rig machine) {
        machine.uvisor().pool().trim();
        machine.uvisor().enterBox(0);
        for (int block = 0; block < machine.uvisor().plan().geometry().count(); block++) {
            machine.uvisor().pool().resetFaults(block);
        }
        return machine.physical().fingerprint();
    }

    @Test
    void allocationsOfAThreadComeFromItsHeapAndOthersFromTheProcess() {
        uvisor.enterBox(1);
        long heap = uvisor.mallocBlock(5000);
        int with = uvisor.createThread(1, heap, Rig.BLOCK, 0, 0);
        int without = uvisor.createThread(1, 0, 0, 0, 0);
        assertTrue(with >= 0 && without >= 0);
        uvisor.run(with);
        assertEquals(rig.blockAt(heap), rig.blockAt(uvisor.malloc(50)));
        uvisor.run(without);
        assertEquals(-1, rig.blockAt(uvisor.malloc(50)), "box 1's process heap is in its static region");
        uvisor.run(with);
        assertRefused(
                HeapRefusal.NO_MEMORY, uvisor.malloc(2 * Rig.BLOCK), "a full heap of its own has no other behind it");
    }

    @Test
    void threadsShareABlockAndTheLastOneTakesItAway() {
        uvisor.enterBox(1);
        long free = rig.free();
        long block = uvisor.mallocBlock(Rig.BLOCK);
        int first = uvisor.createThread(1, block, 3000, block + 3000, 1096);
        int second = uvisor.createThread(1, block + 4096, 3000, block + 7096, 1096);
        assertTrue(first >= 0 && second >= 0);
        assertEquals(ThreadRefusal.OVERLAPS, ThreadRefusal.of(uvisor.createThread(1, block + 2048, 4096, 0, 0)));
        assertEquals(PageError.INVALID_PAGE_OWNER, uvisor.freeBlock(block, Rig.BLOCK), "threads have memory in it");
        uvisor.endThread(second);
        assertEquals(free - 1, rig.free());
        uvisor.endThread(first);
        assertEquals(free, rig.free());
        assertFalse(uvisor.endThread(first));
    }

    @Test
    void aHeapOfBlocksThatTwoThreadsShareGoesWithTheLast() {
        long free = rig.free();
        long heap = uvisor.createHeap(20_000, 100);
        int first = uvisor.createThreadOn(1, heap, 0, 0);
        int second = uvisor.createThreadOn(1, heap, 0, 0);
        assertEquals(HeapAnswer.NOT_OWNED, uvisor.destroyHeap(heap), "threads have it");
        uvisor.endThread(first);
        uvisor.run(second);
        assertTrue(uvisor.malloc(100) > 0);
        uvisor.endThread(second);
        assertEquals(free, rig.free());
        assertEquals(0, uvisor.processHeap(0), "the arena is empty again");
    }

    @Test
    void threadLocalStorageIsTakenFromTheHeapOfTheBox() {
        uvisor.enterBox(1);
        long heap = uvisor.processHeap(1);
        long used = uvisor.heaps().used(heap);
        int thread = uvisor.createThread(1, 0, 0, 0, 1024);
        long local = uvisor.threads().threadLocal(thread);
        assertTrue(uvisor.heaps().contains(heap, local));
        assertEquals(used + 1024 + 8 + 64 + 8, uvisor.heaps().used(heap));
        uvisor.endThread(thread);
        assertEquals(used, uvisor.heaps().used(heap));
    }

    @Test
    void aThreadIsRefusedWithAReasonAndNothingChanges() {
        uvisor.enterBox(1);
        long mine = uvisor.mallocBlock(1);
        uvisor.enterBox(2);
        long others = uvisor.mallocBlock(1);
        uvisor.enterBox(1);
        Fingerprint before = rig.physical().fingerprint();
        assertRefused(ThreadRefusal.HEAP_NOT_OWNED, uvisor.createThread(1, others, 1000, 0, 0));
        assertRefused(ThreadRefusal.HEAP_NOT_OWNED, uvisor.createThread(1, mine, Rig.BLOCK + 1, 0, 0));
        assertRefused(ThreadRefusal.HEAP_NOT_OWNED, uvisor.createThread(1, Rig.DEVICE, 64, 0, 0));
        assertRefused(ThreadRefusal.HEAP_NOT_OWNED, uvisor.createThread(1, -8, 64, 0, 0));
        assertRefused(ThreadRefusal.HEAP_NOT_OWNED, uvisor.createThreadOn(1, mine, 0, 0));
        assertRefused(ThreadRefusal.HEAP_TOO_SMALL, uvisor.createThread(1, mine, 40, 0, 0));
        assertRefused(ThreadRefusal.STACK_NOT_OWNED, uvisor.createThread(1, mine, 1000, others, 1000));
        assertRefused(ThreadRefusal.OVERLAPS, uvisor.createThread(1, mine, 1000, mine + 999, 1000));
        assertRefused(ThreadRefusal.NO_MEMORY, uvisor.createThread(1, mine, 1000, 0, 5000));
        assertRefused(ThreadRefusal.NO_MEMORY, uvisor.createThread(1, 0, 0, 0, 2900));
        assertEquals(before, rig.physical().fingerprint());
    }

    private static void assertRefused(ThreadRefusal expected, int answer) {
        assertTrue(answer < 0, () -> "made thread " + answer);
        assertEquals(expected, ThreadRefusal.of(answer));
    }

    @Test
    void aStrangerEndsNoThreadAndGrowsNoStack() {
        uvisor.enterBox(1);
        int thread = uvisor.createThread(1, uvisor.mallocBlock(1), Rig.BLOCK, 0, 0);
        uvisor.enterBox(2);
        Fingerprint before = rig.physical().fingerprint();
        assertFalse(uvisor.endThread(thread));
        assertFalse(uvisor.growStack(uvisor.topLevel().stackBottom() - 1));
        assertEquals(before, rig.physical().fingerprint());
        uvisor.enterBox(1);
        assertTrue(uvisor.endThread(thread));
    }

    @Test
    void whatIsNotThereDoesNotRun() {
        Fingerprint before = rig.physical().fingerprint();
        for (int box : new int[] {-1, 3, 7, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> uvisor.enterBox(box));
        }
        for (int thread : new int[] {-1, 0, 15, 16, 99}) {
            assertThrows(IllegalArgumentException.class, () -> uvisor.run(thread));
        }
        assertEquals(before, rig.physical().fingerprint());
    }

    @Test
    void thereAreSixteenThreads() {
        for (int i = 0; i < 16; i++) {
            assertEquals(i, uvisor.createThread(i, 0, 0, 0, 0));
            assertEquals(i, uvisor.threads().priority(i));
        }
        assertRefused(ThreadRefusal.TOO_MANY, uvisor.createThread(1, 0, 0, 0, 0));
        uvisor.endThread(7);
        assertEquals(7, uvisor.createThread(1, 0, 0, 0, 0));
    }

    @Test
    void aBoxHasNoMoreBlocksThanItMay() {
        Rig limited = Rig.of(MpuKind.ARMV7M, 3);
        Uvisor system = limited.uvisor();
        system.enterBox(2);
        assertTrue(system.mallocBlock(2 * Rig.BLOCK) > 0);
        assertRefused(HeapRefusal.QUOTA_EXCEEDED, system.mallocBlock(2 * Rig.BLOCK), "three at most");
        assertRefused(HeapRefusal.QUOTA_EXCEEDED, system.createHeap(10_000, 10), "two blocks are one too many");
        assertTrue(system.mallocBlock(1) > 0);
        assertRefused(HeapRefusal.QUOTA_EXCEEDED, system.mallocBlock(1), "it has three");
        assertEquals(3, system.pool().owned(2));
        system.enterBox(1);
        assertTrue(system.mallocBlock(3 * Rig.BLOCK) > 0);
    }

    @Test
    void whyNothingWasAllocatedIsSaid() {
        BoxSetup bare = new BoxSetup(new BoxConfig("bare", BoxSizes.of(1024, 0)), BlockPool.NO_QUOTA, List.of());
        BoxSetup tiny = new BoxSetup(
                new BoxConfig("tiny", new BoxSizes(1024, 0, 0, 0, 0, 0, SecureHeaps.OVERHEAD + 24)),
                BlockPool.NO_QUOTA,
                List.of());
        List<BoxSetup> boxes = List.of(Rig.boxes(0).get(0), bare, tiny);
        Uvisor system = Rig.of(MpuKind.ARMV7M, boxes, BlockSource.ALWAYS_THERE).uvisor();
        system.enterBox(1);
        assertRefused(HeapRefusal.NO_HEAP, system.malloc(8), "no heap was given");
        assertRefused(HeapRefusal.NO_HEAP, system.createHeap(100, 10), "nor a place for a table");
        assertRefused(HeapRefusal.TOO_LARGE, system.malloc(1L << 31), "whatever heap there were");
        assertRefused(HeapRefusal.NOT_ALLOCATED, system.realloc(system.mallocBlock(1), 8), "a block is no chunk");
        system.enterBox(2);
        assertRefused(HeapRefusal.NO_TABLE, system.createHeap(10 * Rig.BLOCK, 10), "the table has an entry a block");
        assertRefused(HeapRefusal.TOO_LARGE, system.createHeap(100, Rig.BLOCK), "must fit a block");
        assertRefused(HeapRefusal.NO_BLOCKS, system.createHeap(Rig.RAM_BYTES, 10), "more than there are");
        assertRefused(HeapRefusal.TOO_LARGE, system.mallocBlock(0), "nothing is wanted");
        assertRefused(HeapRefusal.TOO_LARGE, system.mallocBlock(Rig.RAM_BYTES), "the boxes have some of it");
        long half = system.plan().geometry().count() / 2 * Rig.BLOCK;
        assertTrue(system.mallocBlock(half) > 0);
        assertRefused(HeapRefusal.NO_BLOCKS, system.mallocBlock(half + 2 * Rig.BLOCK), "not so many are free");
        assertRefused(ThreadRefusal.NO_MEMORY, system.createThread(1, 0, 0, 0, 0));
        assertTrue(ThreadRefusal.isRefusal(ThreadRefusal.NO_MEMORY.code()));
        for (HeapRefusal refusal : HeapRefusal.values()) {
            assertEquals(refusal, HeapRefusal.of(refusal.code()));
        }
        assertThrows(IllegalArgumentException.class, () -> HeapRefusal.of(0));
    }

    private static void assertRefused(HeapRefusal refusal, long answer, String why) {
        assertTrue(HeapRefusal.isRefusal(answer), why);
        assertEquals(refusal, HeapRefusal.of(answer), why);
    }

    @Test
    void arenaStackAndPoolMeetAndNeverCross() {
        int blocks = uvisor.plan().geometry().count();
        long in = uvisor.mallocBlock(1);
        int block = rig.blockAt(in);
        assertTrue(block > 0 && block < blocks - 1, "the pool begins in the middle");
        long start = uvisor.sbrk(block * Rig.BLOCK);
        assertEquals(uvisor.plan().geometry().start(), start);
        assertEquals(TopLevel.REFUSED, uvisor.sbrk(1));
        assertEquals(block, uvisor.topLevel().arenaBlocks());
        assertFalse(uvisor.growStack(in));
        assertEquals(0, uvisor.topLevel().stackBlocks());
        assertTrue(uvisor.growStack(in + Rig.BLOCK));
        assertEquals(blocks - block - 1, uvisor.topLevel().stackBlocks());
        assertEquals(0, rig.free());
        assertEquals(PageError.OK, uvisor.freeBlock(in, 1));
        assertEquals(in, uvisor.sbrk(8), "the block that is free again is the arena's next");
        assertFalse(uvisor.growStack(in));
        assertEquals(in + 8, uvisor.sbrk(-8));
        assertTrue(uvisor.growStack(in));
        assertEquals(TopLevel.REFUSED, uvisor.sbrk(8), "the stack gives nothing back");
    }

    @Test
    void theProcessHeapOfBox0IsTheArena() {
        long small = uvisor.malloc(10);
        assertEquals(1, uvisor.topLevel().arenaBlocks());
        long large = uvisor.malloc(3 * Rig.BLOCK);
        assertTrue(large > 0);
        assertEquals(5, uvisor.topLevel().arenaBlocks());
        assertEquals(HeapAnswer.OK, uvisor.free(large));
        assertEquals(1, uvisor.topLevel().arenaBlocks(), "and back");
        assertRefused(HeapRefusal.NO_MEMORY, uvisor.malloc(100 * Rig.BLOCK), "more than the RAM");
        assertEquals(1, uvisor.topLevel().arenaBlocks());
        assertEquals(HeapAnswer.OK, uvisor.free(small));
        assertEquals(0, uvisor.topLevel().arenaBlocks());
    }

    @Test
    void allocationFunctionsBehaveAsInC() {
        long address = uvisor.calloc(10, 20);
        uvisor.user().store64(address, 0, 99);
        assertRefused(HeapRefusal.TOO_LARGE, uvisor.calloc(1L << 20, 1L << 20), "the product has more than 32 bits");
        assertRefused(HeapRefusal.TOO_LARGE, uvisor.calloc(-1, 1), "a negative number");
        long moved = uvisor.realloc(address, 20_000);
        assertEquals(99, uvisor.user().load64(moved, 0));
        assertEquals(moved, uvisor.realloc(moved, 50), "smaller, and so where it is");
        assertEquals(99, uvisor.user().load64(moved, 0));
        assertRefused(HeapRefusal.TOO_LARGE, uvisor.realloc(moved, 1L << 40), "more than 32 bits");
        assertRefused(HeapRefusal.NOT_ALLOCATED, uvisor.realloc(moved + 8, 10), "the middle of something");
        long aligned = uvisor.alignedAlloc(1024, 100);
        assertEquals(0, aligned % 1024);
        assertRefused(HeapRefusal.BAD_ALIGNMENT, uvisor.alignedAlloc(48, 100), "no power of two");
        assertEquals(HeapAnswer.OK, uvisor.free(aligned));
        assertEquals(HeapAnswer.NOT_IN_HEAP, uvisor.free(aligned + (1 << 20)));
        assertEquals(HeapAnswer.NOT_ALLOCATED, uvisor.free(aligned));
        assertEquals(HeapAnswer.OK, uvisor.free(moved));
        assertEquals(HeapAnswer.NOT_IN_HEAP, uvisor.free(moved), "the heap itself is gone");
        long fresh = uvisor.realloc(0, 10);
        assertTrue(fresh > 0);
    }

    @Test
    void withoutUvisorTheWholeProgramIsOneProcess() {
        Rig plain = Rig.withoutUvisor();
        Uvisor system = plain.uvisor();
        Fingerprint before = plain.physical().fingerprint();
        long kept = system.malloc(100);
        long heap = system.mallocBlock(2 * Rig.BLOCK);
        int thread = system.createThread(3, heap, Rig.BLOCK, heap + Rig.BLOCK, Rig.BLOCK);
        system.run(thread);
        long inner = system.malloc(1000);
        assertEquals(plain.blockAt(heap), plain.blockAt(inner));
        assertTrue(system.growStack(system.topLevel().stackBottom() - 1) || plain.free() > 0);
        system.endThread(thread);
        system.free(kept);
        assertEquals(plain.uvisor().plan().geometry().count() - 1, plain.free(), "but for the stack's block");
        assertNotEquals(before, plain.physical().fingerprint());
    }
}
