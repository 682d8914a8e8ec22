package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.heap.PoolQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue where no recording reaches: its lock, and numbers that are no slots. */
class PoolQueueTest {
    private final PoolQueue queue =
            new PoolQueue(new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, 4095))).words(), 0);

    @BeforeEach
    void initialise() {
        assertTrue(queue.initialise(4));
    }

    @Test
    void whoDoesNotWaitIsRefusedWhileTheLockIsHeld() {
        int slot = queue.tryAllocate();
        int other = queue.tryAllocate();
        assertEquals(slot, queue.tryEnqueue(slot));
        assertTrue(queue.tryLock());
        assertFalse(queue.tryLock());
        assertEquals(PoolQueue.INVALID, queue.tryAllocate());
        assertEquals(PoolQueue.INVALID, queue.tryEnqueue(other));
        assertEquals(PoolQueue.INVALID, queue.tryDequeue(slot));
        assertEquals(PoolQueue.INVALID, queue.tryDequeueFirst());
        assertEquals(PoolQueue.INVALID, queue.tryFree(other));
        assertEquals(PoolQueue.INVALID, queue.tryFindFirst(any -> true));
        assertEquals(2, queue.allocated());
        assertEquals(slot, queue.head());
        queue.unlock();
        assertEquals(slot, queue.tryFindFirst(any -> true));
        assertEquals(slot, queue.tryDequeueFirst());
        assertEquals(slot, queue.tryFree(slot));
        assertEquals(PoolQueue.DEQUEUED, queue.tryDequeue(other));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, 251, 255, Integer.MAX_VALUE})
    void aNumberThatIsNoSlotIsInvalid(int slot) {
        assertEquals(PoolQueue.INVALID, queue.free(slot));
        assertEquals(PoolQueue.INVALID, queue.enqueue(slot));
        assertEquals(PoolQueue.INVALID, queue.dequeue(slot));
        assertEquals(0, queue.allocated());
    }

    @Test
    void aQueuedSlotCannotBeFreed() {
        int first = queue.allocate();
        int second = queue.allocate();
        queue.enqueue(first);
        queue.enqueue(second);
        assertEquals(PoolQueue.INVALID, queue.free(first));
        assertEquals(PoolQueue.INVALID, queue.free(second));
        assertEquals(first, queue.dequeueFirst());
        assertEquals(first, queue.free(first));
        assertEquals(PoolQueue.FREE, queue.free(first));
    }
}
