package org.allocman.check.uvisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.allocman.lab.workload.XorShift;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.heap.HeapAnswer;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.MemoryFault;

/**
 * Work for boxes, seeded: memory, blocks, heaps and threads come and go, and every box tries to touch what is not its own.
 * Whoever owns memory finds in it what was written last.
 */
public final class BoxWorkload {
    private static final int MOST_THINGS = 48;
    private static final int WORD_OF_STACK = 512;

    /** What is done. */
    public enum Kind {
        /** Memory allocated. */
        ALLOCATE,
        /** Memory freed. */
        FREE,
        /** Blocks taken. */
        TAKE_BLOCKS,
        /** Blocks given back. */
        FREE_BLOCKS,
        /** A thread made on memory of its own, on a heap of blocks or on the process heap. */
        CREATE_THREAD,
        /** A thread ended. */
        END_THREAD,
        /** Another box's memory touched, which has to fail. */
        TOUCH_OTHERS
    }

    private final Uvisor uvisor;
    private final XorShift random;
    private final List<Thing> things = new ArrayList<>();
    private final Map<Kind, Integer> done = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> refused = new EnumMap<>(Kind.class);
    private final List<String> wrong = new ArrayList<>();
    private int denied;
    private int steps;
    private String last = "";

    /** Something that a box has: memory if it is in a thread's or a process' heap, else blocks. */
    private record Thing(int box, int thread, boolean isBlocks, long address, long bytes, long stamp) {}

    /**
     * Work on a system.
     *
     * @param uvisor the system
     * @param seed which sequence of work
     */
    public BoxWorkload(Uvisor uvisor, long seed) {
        this.uvisor = uvisor;
        this.random = new XorShift(seed);
    }

    /** Does one thing. */
    public void step() {
        steps++;
        int box = random.below(uvisor.pool().boxes());
        int thread = thread(box);
        if (thread < 0) {
            uvisor.enterBox(box);
        } else {
            uvisor.run(thread);
        }
        work(box, thread);
        last = "box " + box + (thread < 0 ? ", " : ", thread " + thread + ", ") + last;
    }

    private void work(int box, int thread) {
        switch (random.below(16)) {
            case 0, 1, 2, 3 -> allocate(box, thread);
            case 4, 5, 6 -> free(box, thread);
            case 7, 8 -> takeBlocks(box, thread);
            case 9 -> freeBlocks(box);
            case 10 -> createThread(box);
            case 11 -> endThread(box);
            default -> touchOthers(box);
        }
    }

    private int thread(int box) {
        int drawn = random.below(MOST_THINGS);
        return uvisor.threads().isLive(drawn) && uvisor.threads().box(drawn) == box ? drawn : -1;
    }

    private void count(Kind kind, boolean isDone) {
        last = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + (isDone ? ": done" : ": refused");
        (isDone ? done : refused).merge(kind, 1, Integer::sum);
    }

    private void allocate(int box, int thread) {
        long bytes = 8L + random.below(600);
        long address = things.size() < MOST_THINGS ? uvisor.malloc(bytes) : 0;
        count(Kind.ALLOCATE, address > 0);
        if (address > 0) {
            boolean own = thread >= 0 && uvisor.threads().heap(thread) != 0;
            keep(new Thing(box, own ? thread : -1, false, address, bytes, random.next()));
        }
    }

    private void keep(Thing thing) {
        uvisor.user().store64(thing.address, 0, thing.stamp);
        things.add(thing);
    }

    private void free(int box, int thread) {
        for (int i = 0; i < things.size(); i++) {
            Thing thing = things.get(i);
            if (thing.box == box && !thing.isBlocks && (thing.thread < 0 || thing.thread == thread)) {
                check(thing);
                HeapAnswer answer = uvisor.free(thing.address);
                if (answer != HeapAnswer.OK) {
                    wrong.add("step " + steps + ": a free was refused: " + answer);
                }
                things.remove(i);
                count(Kind.FREE, true);
                return;
            }
        }
        count(Kind.FREE, false);
    }

    private void check(Thing thing) {
        if (uvisor.user().load64(thing.address, 0) != thing.stamp) {
            wrong.add("step " + steps + ": what box " + thing.box + " wrote at 0x" + Long.toHexString(thing.address)
                    + " is gone");
        }
    }

    private void takeBlocks(int box, int thread) {
        long bytes = (1L + random.below(2)) * uvisor.plan().geometry().blockBytes();
        long address = uvisor.mallocBlock(bytes);
        count(Kind.TAKE_BLOCKS, address > 0);
        if (address > 0) {
            keep(new Thing(box, thread, true, address, bytes, random.next()));
        }
    }

    private void freeBlocks(int box) {
        for (int i = 0; i < things.size(); i++) {
            Thing thing = things.get(i);
            if (thing.box == box && thing.isBlocks) {
                check(thing);
                PageError error = uvisor.freeBlock(thing.address, thing.bytes);
                if (error != PageError.OK) {
                    wrong.add("step " + steps + ": blocks were not taken back: " + error);
                }
                things.remove(i);
                count(Kind.FREE_BLOCKS, true);
                return;
            }
        }
        count(Kind.FREE_BLOCKS, false);
    }

    private void createThread(int box) {
        uvisor.enterBox(box);
        long blockBytes = uvisor.plan().geometry().blockBytes();
        int thread;
        switch (random.below(3)) {
            case 0 -> {
                long block = uvisor.mallocBlock(blockBytes);
                thread = block < 0
                        ? -1
                        : uvisor.createThread(1, block, blockBytes - 2048, block + blockBytes - 2048, 2048);
                if (block > 0 && thread < 0) {
                    uvisor.freeBlock(block, blockBytes);
                }
            }
            case 1 -> {
                long heap = uvisor.createHeap(2 * blockBytes, WORD_OF_STACK);
                thread = heap < 0 ? -1 : uvisor.createThreadOn(2, heap, 0, WORD_OF_STACK);
                if (heap > 0 && thread < 0) {
                    uvisor.destroyHeap(heap);
                }
            }
            default -> thread = uvisor.createThread(3, 0, 0, 0, WORD_OF_STACK);
        }
        count(Kind.CREATE_THREAD, thread >= 0);
    }

    private void endThread(int box) {
        for (int thread = 0; thread < MOST_THINGS; thread++) {
            if (uvisor.threads().isLive(thread) && uvisor.threads().box(thread) == box) {
                end(thread);
                count(Kind.END_THREAD, true);
                return;
            }
        }
        count(Kind.END_THREAD, false);
    }

    private void end(int thread) {
        uvisor.endThread(thread);
        things.removeIf(thing -> thing.thread == thread);
    }

    private void touchOthers(int box) {
        List<Thing> others = things.stream()
                .filter(thing -> thing.box != box && thing.box != BlockPool.PUBLIC_BOX)
                .toList();
        if (others.isEmpty()) {
            count(Kind.TOUCH_OTHERS, false);
            return;
        }
        Thing thing = others.get(random.below(others.size()));
        try {
            if (random.below(2) == 0) {
                uvisor.user().load64(thing.address, 0);
            } else {
                uvisor.user().store64(thing.address, 0, 0);
            }
            if (uvisor.pool().boxes() > 1) {
                wrong.add("step " + steps + ": box " + box + " touched what is box " + thing.box + "'s");
            }
        } catch (MemoryFault fault) {
            denied++;
        }
        count(Kind.TOUCH_OTHERS, true);
    }

    /** Ends all threads and gives everything back. */
    public void freeAll() {
        for (int thread = 0; thread < MOST_THINGS; thread++) {
            if (uvisor.threads().isLive(thread)) {
                uvisor.enterBox(uvisor.threads().box(thread));
                end(thread);
            }
        }
        // of the arena the last thing first, so that it shrinks
        things.sort(Comparator.comparingLong(Thing::address).reversed());
        for (Thing thing : things) {
            uvisor.enterBox(thing.box);
            check(thing);
            boolean freed = thing.isBlocks
                    ? uvisor.freeBlock(thing.address, thing.bytes) == PageError.OK
                    : uvisor.free(thing.address) == HeapAnswer.OK;
            if (!freed) {
                wrong.add("at the end: 0x" + Long.toHexString(thing.address) + " was not taken back");
            }
        }
        things.clear();
        uvisor.enterBox(BlockPool.PUBLIC_BOX);
    }

    /**
     * What was done last.
     *
     * @return the last step and what came of it, in words
     */
    public String last() {
        return last;
    }

    /**
     * How often each thing was done.
     *
     * @return counts, without what was refused
     */
    public Map<Kind, Integer> done() {
        return new EnumMap<>(done);
    }

    /**
     * How often each thing could not be done: no memory, over the quota, or nothing there to do it with.
     *
     * @return counts
     */
    public Map<Kind, Integer> refused() {
        return new EnumMap<>(refused);
    }

    /**
     * How many accesses to other boxes' memory were denied.
     *
     * @return their number
     */
    public int denied() {
        return denied;
    }

    /**
     * What went wrong.
     *
     * @return sentences; empty if nothing did
     */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }
}
