package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.heap.Chunks;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A box can write to its own heap's book-keeping: whatever it writes there, nobody goes round and round. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForgedHeapTest {
    private static final long START = 0x2000_0000L;
    private static final int FIRST_FREE = 8;
    private static final int NEXT = 8;
    private static final int COUNT = 4;

    @Test
    void aFreeListThatIsACircle() {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(START, START + 4095)));
        Memory memory = physical.words();
        Chunks chunks = new Chunks(memory);
        chunks.initialise(START, 1024);
        int free = memory.load32(START, FIRST_FREE);
        memory.store32(START + free, NEXT, free);
        assertEquals(0, chunks.allocate(START, 2000, 8), "no chunk is large enough, and the only one leads to itself");
        assertTrue(chunks.allocate(START, 100, 8) != 0);
    }

    @Test
    void aTableThatSaysItHasFourMilliardBlocks() {
        Rig rig = Rig.of(MpuKind.ARMV7M, BlockPool.NO_QUOTA);
        Uvisor uvisor = rig.uvisor();
        uvisor.enterBox(1);
        long heap = uvisor.createHeap(Rig.BLOCK, 64);
        int thread = uvisor.createThreadOn(1, heap, 0, 1024);
        long owned = uvisor.pool().owned(1);
        uvisor.user().store32(heap, COUNT, -1);
        assertTrue(!uvisor.threads().hasBlock(thread, uvisor.pool().end() - 1) || owned > 0);
        assertTrue(uvisor.endThread(thread));
        assertEquals(owned, uvisor.pool().owned(1), "what is in a spoilt table stays the box's");
        for (int block = uvisor.pool().first(); block < uvisor.pool().end(); block++) {
            if (uvisor.pool().owner(block) == 1) {
                assertEquals(
                        PageError.OK, uvisor.freeBlock(uvisor.plan().geometry().addressOf(block), 1));
            }
        }
        assertEquals(0, uvisor.pool().owned(1), "and it can give it back");
    }
}
