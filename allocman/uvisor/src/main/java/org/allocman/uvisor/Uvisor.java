package org.allocman.uvisor;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.block.TopLevel;
import org.allocman.uvisor.guard.AclTable;
import org.allocman.uvisor.guard.BoxGuard;
import org.allocman.uvisor.guard.GuardedMemory;
import org.allocman.uvisor.heap.HeapAnswer;
import org.allocman.uvisor.heap.HeapRefusal;
import org.allocman.uvisor.heap.SecureHeaps;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.Memory;
import org.allocman.vka.Mpu;

/**
 * A running system. Calls are those of the box and the thread that run; {@link #enterBox} and {@link #run} say which.
 *
 * <p>With one box and {@link Mpu#NONE} it works without any uVisor: the whole program is one process, with arena, stack, pool
 * and threads as before.
 */
public final class Uvisor {
    private final UvisorPlan plan;
    private final Memory memory;
    private final Memory user;
    private final BlockPool pool;
    private final TopLevel top;
    private final AclTable acls;
    private final BoxGuard guard;
    private final SecureHeaps heaps;
    private final SecureHeaps kernelHeaps;
    private final ProcessHeaps processes;
    private final Threads threads;
    private final BlockCalls blocks;

    /**
     * The hardware that a system runs on.
     *
     * @param mpu the memory protection unit, or {@link Mpu#NONE}
     * @param memory the memory as privileged code sees it
     * @param behindMpu the memory as the unit lets unprivileged code see it; without one the same
     */
    public record Hardware(Mpu mpu, Memory memory, Memory behindMpu) {}

    /**
     * A view of the system whose books are in memory.
     *
     * @param plan where everything goes
     * @param hardware what it runs on
     * @param source where the memory of blocks comes from
     * @param metadata where its book-keeping is
     */
    public Uvisor(UvisorPlan plan, Hardware hardware, BlockSource source, UvisorMetadata metadata) {
        this.plan = plan;
        this.memory = hardware.memory;
        this.pool = new BlockPool(memory, plan.geometry(), source, plan.boxes().size(), metadata.pool());
        this.top = new TopLevel(memory, pool, metadata.top());
        this.acls = new AclTable(memory, metadata.acls());
        this.guard = new BoxGuard(hardware.mpu, memory, pool, acls, metadata.guard());
        this.user = new GuardedMemory(hardware.behindMpu, guard);
        this.heaps = new SecureHeaps(user, pool);
        this.kernelHeaps = new SecureHeaps(memory, pool);
        this.processes = new ProcessHeaps(memory, top, plan.geometry().blockBytes(), metadata.boxes());
        this.threads = new Threads(memory, pool, kernelHeaps, processes, metadata);
        this.blocks = new BlockCalls(pool, threads);
    }

    /** Starts the system: quotas, regions and heaps of the boxes; box 0 runs. Once only, when books and RAM are all zero. */
    public void start() {
        pool.initialiseEmpty();
        top.initialise();
        new BoxStart(plan, pool, processes, kernelHeaps, acls).all();
        guard.switchTo(BlockPool.PUBLIC_BOX);
    }

    /** {@return where everything goes} */
    public UvisorPlan plan() {
        return plan;
    }

    /** {@return the pool of blocks} */
    public BlockPool pool() {
        return pool;
    }

    /** {@return the arena and the stack} */
    public TopLevel topLevel() {
        return top;
    }

    /** {@return what is known of the threads} */
    public Threads threads() {
        return threads;
    }

    /** {@return who keeps boxes apart} */
    public BoxGuard guard() {
        return guard;
    }

    /** {@return memory as the box that runs sees it, which faults where the box may not go} */
    public Memory user() {
        return user;
    }

    /** {@return heaps, as the box that runs may use them} */
    public SecureHeaps heaps() {
        return heaps;
    }

    /**
     * The process heap of a box.
     *
     * @param box which
     * @return the heap, or 0 if it has none
     */
    public long processHeap(int box) {
        return processes.heap(box);
    }

    /**
     * Lets a box run, and none of its threads.
     *
     * @param box its number
     * @throws IllegalArgumentException if there is no such box; nothing has changed
     */
    public void enterBox(int box) {
        if (box < 0 || box >= plan.boxes().size()) {
            throw new IllegalArgumentException(
                    "there is no box " + box + "; the last is " + (plan.boxes().size() - 1));
        }
        threads.setActive(Threads.NONE);
        guard.switchTo(box);
    }

    /**
     * Lets a thread run, and its box with it.
     *
     * @param thread a live one
     * @throws IllegalArgumentException if there is no such thread; nothing has changed
     */
    public void run(int thread) {
        if (!threads.isLive(thread)) {
            throw new IllegalArgumentException("there is no thread " + thread);
        }
        if (threads.box(thread) != guard.active()) {
            guard.switchTo(threads.box(thread));
        }
        threads.setActive(thread);
    }

    private int box() {
        return guard.active();
    }

    private long threadHeap() {
        int thread = threads.active();
        return thread == Threads.NONE ? 0 : threads.heap(thread);
    }

    /**
     * Allocates from the heap of the thread that runs, or from the process heap if it has none of its own.
     *
     * @param bytes how many
     * @return an address of memory that is all zero, or the number of a {@link HeapRefusal}: {@code TOO_LARGE},
     *     {@code NO_HEAP}, {@code NO_MEMORY}
     */
    public long malloc(@Bytes long bytes) {
        return alignedAlloc(ProcessHeaps.ALIGNMENT, bytes);
    }

    /**
     * Allocates at a multiple of a power of two, as {@link #malloc} does.
     *
     * @param alignment a power of two
     * @param bytes how many
     * @return an address of memory that is all zero, or the number of a {@link HeapRefusal}, among them {@code BAD_ALIGNMENT}
     */
    public long alignedAlloc(@Bytes long alignment, @Bytes long bytes) {
        long heap = threadHeap();
        return heap == 0 ? processAlloc(alignment, bytes) : heaps.alignedAlloc(heap, alignment, bytes);
    }

    /**
     * Allocates memory for several things of one size, as {@link #malloc} does.
     *
     * @param count how many things
     * @param bytes how large each is
     * @return an address of memory that is all zero, or the number of a {@link HeapRefusal}; {@code TOO_LARGE} also if the
     *     product has more than 32 bits
     */
    public long calloc(long count, @Bytes long bytes) {
        return SecureHeaps.overflows(count, bytes) ? HeapRefusal.TOO_LARGE.code() : malloc(count * bytes);
    }

    /**
     * Makes what {@link #malloc} returned larger or smaller.
     *
     * @param address what was allocated, or 0 to allocate
     * @param bytes how many it is to have
     * @return its address, which may be another, or the number of a {@link HeapRefusal} with nothing changed
     */
    public long realloc(long address, @Bytes long bytes) {
        if (address == 0) {
            return malloc(bytes);
        }
        long heap = threadHeap();
        if (heap != 0 && heaps.contains(heap, address)) {
            return heaps.realloc(heap, address, bytes);
        }
        return processRealloc(address, bytes);
    }

    /**
     * Gives memory back, to the heap of the thread that runs or to the process heap, whichever it is in.
     *
     * @param address what was allocated
     * @return {@link HeapAnswer#OK}, or why nothing was done
     */
    public HeapAnswer free(long address) {
        long heap = threadHeap();
        HeapAnswer answer = heap == 0 ? HeapAnswer.NOT_IN_HEAP : heaps.free(heap, address);
        return answer == HeapAnswer.NOT_IN_HEAP ? processFree(address) : answer;
    }

    /**
     * Allocates from the process heap, whichever thread runs.
     *
     * @param bytes how many
     * @return an address of memory that is all zero, or the number of a {@link HeapRefusal}
     */
    public long processMalloc(@Bytes long bytes) {
        return processAlloc(ProcessHeaps.ALIGNMENT, bytes);
    }

    private long processAlloc(long alignment, long bytes) {
        long address = processes.malloc(heaps, box(), bytes, alignment);
        guard.refresh();
        return address;
    }

    /**
     * Makes what is in the process heap larger or smaller.
     *
     * @param address what was allocated
     * @param bytes how many it is to have
     * @return its address, which may be another, or the number of a {@link HeapRefusal} with nothing changed
     */
    public long processRealloc(long address, @Bytes long bytes) {
        long moved = processes.realloc(heaps, box(), address, bytes);
        guard.refresh();
        return moved;
    }

    /**
     * Gives memory back to the process heap.
     *
     * @param address what was allocated
     * @return {@link HeapAnswer#OK}, or why nothing was done
     */
    public HeapAnswer processFree(long address) {
        HeapAnswer answer = processes.free(heaps, box(), address);
        guard.refresh();
        return answer;
    }

    /**
     * Hands out whole blocks that lie one behind the other. They go with the thread that runs.
     *
     * @param bytes how many are wanted; rounded up to blocks
     * @return the address of memory that is all zero, or the number of a {@link HeapRefusal}: {@code TOO_LARGE} for 0 bytes or
     *     for more than there are, {@code NO_BLOCKS}, {@code QUOTA_EXCEEDED}
     */
    public @PhysAddr long mallocBlock(@Bytes long bytes) {
        long address = blocks.take(box(), bytes);
        guard.refresh();
        return address;
    }

    /**
     * Takes whole blocks back, all or none. A thread's heap or stack may not lie in them.
     *
     * @param address what {@link #mallocBlock} returned
     * @param bytes how many were wanted
     * @return {@link PageError#OK}, or why nothing was done
     */
    public PageError freeBlock(@PhysAddr long address, @Bytes long bytes) {
        PageError answer = blocks.giveBack(box(), address, bytes);
        guard.refresh();
        return answer;
    }

    /**
     * Makes a heap of blocks, which need not lie one behind the other; what is allocated from it must fit into one.
     *
     * @param bytes how many bytes it is to have at least, in all
     * @param most how many the largest thing in it can have
     * @return the heap, or the number of a {@link HeapRefusal}: {@code NO_HEAP}, {@code TOO_LARGE}, {@code NO_BLOCKS},
     *     {@code QUOTA_EXCEEDED}, {@code NO_TABLE}
     */
    public long createHeap(@Bytes long bytes, @Bytes long most) {
        long heap = processes.createHeap(heaps, box(), bytes, most);
        guard.refresh();
        return heap;
    }

    /**
     * Gives a heap of blocks back, with all that is in it. No thread may have it.
     *
     * @param heap what {@link #createHeap} returned
     * @return {@link HeapAnswer#OK}, or why nothing was done
     */
    public HeapAnswer destroyHeap(long heap) {
        if (!threads.isHeapOfBlocks(box(), heap)) {
            return HeapAnswer.NOT_ALLOCATED;
        }
        if (threads.isHeapOfAnother(heap)) {
            return HeapAnswer.NOT_OWNED;
        }
        HeapAnswer answer = threads.destroy(box(), heap);
        guard.refresh();
        return answer;
    }

    /**
     * Makes a thread in the box that runs.
     *
     * @param priority how urgent it is
     * @param heap memory for a heap of its own, in blocks or in the process heap; 0 for the process heap
     * @param heapBytes how large that is; 0 for the process heap
     * @param stack memory for its stack; 0 to have it allocated from the process heap
     * @param stackBytes how large that is, or is to be
     * @return the thread, or a negative number for a {@link ThreadRefusal}, with nothing changed
     */
    public int createThread(long priority, long heap, @Bytes long heapBytes, long stack, @Bytes long stackBytes) {
        int thread = threads.create(box(), priority, heap, heapBytes, stack, stackBytes);
        guard.refresh();
        return thread;
    }

    /**
     * Makes a thread in the box that runs, with a heap of blocks that several threads may share.
     *
     * @param priority how urgent it is
     * @param heap what {@link #createHeap} returned
     * @param stack memory for its stack; 0 to have it allocated from the process heap
     * @param stackBytes how large that is, or is to be
     * @return the thread, or a negative number for a {@link ThreadRefusal}, with nothing changed
     */
    public int createThreadOn(long priority, long heap, long stack, @Bytes long stackBytes) {
        int thread = threads.createOn(box(), priority, heap, stack, stackBytes);
        guard.refresh();
        return thread;
    }

    /**
     * Ends a thread of the box that runs. Its blocks are freed, unless another thread has memory in them; what it allocated from the process heap
     * stays.
     *
     * @param thread any number
     * @return false, with nothing changed, if there is no such thread or it is another box's
     */
    public boolean endThread(int thread) {
        if (!threads.isLive(thread) || threads.box(thread) != box()) {
            return false;
        }
        threads.end(thread);
        guard.refresh();
        return true;
    }

    /**
     * Lets the stack of the system, which is box 0's, reach down to an address.
     *
     * @param address the lowest address that it is to have
     * @return false, with nothing changed, if what lies between is in use, or another box runs
     */
    public boolean growStack(@PhysAddr long address) {
        boolean grown = box() == BlockPool.PUBLIC_BOX && top.growStack(address);
        guard.refresh();
        return grown;
    }

    /**
     * Moves the end of the arena, which box 0 alone may do.
     *
     * @param increment by how many bytes, possibly negative
     * @return where the end was before, or {@link TopLevel#REFUSED}
     */
    public long sbrk(@Bytes long increment) {
        long old = box() == BlockPool.PUBLIC_BOX ? top.sbrk(increment) : TopLevel.REFUSED;
        guard.refresh();
        return old;
    }
}
