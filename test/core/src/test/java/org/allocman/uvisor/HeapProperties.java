package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.allocman.lab.workload.XorShift;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.heap.HeapAnswer;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.Memory;

/**
 * Heaps of processes and of threads beside a model that knows every byte: what is allocated or added is zero however dirty it
 * was, what is kept is kept, nothing overlaps, what goes is gone, and in the end all memory is as at the start.
 */
class HeapProperties {
    private static final int STEPS = 120;
    private static final int MOST = 14;
    private static final long STACK = 1024;

    /** Something that is allocated, with its bytes. */
    private static final class Thing {
        private final int box;
        private final int thread;
        private long address;
        private byte[] bytes;

        Thing(int box, int thread, long address, int size) {
            this.box = box;
            this.thread = thread;
            this.address = address;
            this.bytes = new byte[size];
        }
    }

    private static byte octet(Memory memory, long address) {
        return (byte) (memory.load64(address & -8, 0) >>> (address & 7) * 8);
    }

    private static void setOctet(Memory memory, long address, byte value) {
        long shift = (address & 7) * 8;
        long word = memory.load64(address & -8, 0);
        memory.store64(address & -8, 0, word & ~(0xffL << shift) | (value & 0xffL) << shift);
    }

    /** A run on one system. */
    private static final class Run {
        private final Rig rig;
        private final Uvisor uvisor;
        private final XorShift random;
        private final List<Thing> things = new ArrayList<>();
        private final List<Integer> threads = new ArrayList<>();
        private final List<Integer> boxOfThread = new ArrayList<>();
        private final List<Long> blockOfThread = new ArrayList<>();

        Run(Rig rig, long seed) {
            this.rig = rig;
            this.uvisor = rig.uvisor();
            this.random = new XorShift(seed | 1);
        }

        /** Enters a box, or runs one of its threads; answers the thread that things go with, or -1. */
        private int enter(int box, int thread) {
            uvisor.enterBox(box);
            if (thread >= 0) {
                uvisor.run(thread);
            }
            return thread >= 0 && uvisor.threads().heap(thread) != 0 ? thread : -1;
        }

        void step() {
            int box = random.below(3);
            List<Integer> own = new ArrayList<>();
            for (int i = 0; i < threads.size(); i++) {
                if (boxOfThread.get(i) == box) {
                    own.add(threads.get(i));
                }
            }
            int thread = own.isEmpty() || random.below(2) == 0 ? -1 : own.get(random.below(own.size()));
            switch (random.below(12)) {
                case 0, 1, 2, 3 -> allocate(box, thread);
                case 4, 5, 6, 7 -> reallocate();
                case 8, 9 -> free();
                case 10 -> create(box);
                default -> {
                    if (thread >= 0) {
                        end(thread);
                    }
                }
            }
            check();
        }

        private void allocate(int box, int thread) {
            int with = enter(box, thread);
            int size = random.below(8) == 0 ? random.below(3000) : random.below(100);
            if (things.size() == MOST) {
                return;
            }
            long alignment = 8L << random.below(5);
            boolean isProcess = random.below(4) == 0;
            long address = isProcess
                    ? uvisor.processMalloc(size)
                    : switch (random.below(3)) {
                        case 0 -> uvisor.malloc(size);
                        case 1 -> uvisor.calloc(1 + size / 8, 8);
                        default -> uvisor.alignedAlloc(alignment, size);
                    };
            assertNotEquals(0, address);
            if (address > 0) {
                Thing thing = new Thing(box, isProcess ? -1 : with, address, size);
                separate(thing);
                things.add(thing);
                compare(thing);
                dirty(thing, 0);
            }
        }

        /** Writes bytes that are not zero from some byte on. */
        private void dirty(Thing thing, int from) {
            for (int i = from; i < thing.bytes.length; i++) {
                thing.bytes[i] = (byte) (1 + random.below(255));
                setOctet(uvisor.user(), thing.address + i, thing.bytes[i]);
            }
        }

        private void compare(Thing thing) {
            for (int i = 0; i < thing.bytes.length; i++) {
                if (thing.bytes[i] != octet(rig.words(), thing.address + i)) {
                    throw new AssertionError("byte " + i + " of " + thing.bytes.length + " at 0x"
                            + Long.toHexString(thing.address) + " should be " + thing.bytes[i]);
                }
            }
        }

        private void separate(Thing thing) {
            for (Thing other : things) {
                boolean apart = other == thing
                        || other.address >= thing.address + thing.bytes.length
                        || thing.address >= other.address + other.bytes.length;
                assertTrue(apart, "what is allocated does not overlap");
            }
        }

        private void reallocate() {
            if (things.isEmpty()) {
                return;
            }
            Thing thing = things.get(random.below(things.size()));
            enter(thing.box, thing.thread);
            int size = random.below(3) == 0
                    ? Math.max(0, thing.bytes.length - random.below(20))
                    : random.below(2) == 0 ? thing.bytes.length + random.below(20) : random.below(200);
            long address = thing.thread < 0 && random.below(2) == 0
                    ? uvisor.processRealloc(thing.address, size)
                    : uvisor.realloc(thing.address, size);
            if (address < 0) {
                assertTrue(size > thing.bytes.length, "what becomes smaller has room");
                return;
            }
            int kept = Math.min(size, thing.bytes.length);
            thing.address = address;
            thing.bytes = Arrays.copyOf(thing.bytes, size);
            separate(thing);
            compare(thing);
            dirty(thing, kept);
        }

        private void free() {
            if (things.isEmpty()) {
                return;
            }
            Thing thing = things.remove(random.below(things.size()));
            enter(thing.box, thing.thread);
            assertEquals(HeapAnswer.OK, uvisor.free(thing.address));
            assertTrue(uvisor.free(thing.address) != HeapAnswer.OK, "not twice");
        }

        private void create(int box) {
            uvisor.enterBox(box);
            long block = 0;
            int thread;
            switch (random.below(3)) {
                case 0 -> {
                    block = uvisor.mallocBlock(Rig.BLOCK);
                    thread = block < 0
                            ? -1
                            : uvisor.createThread(1, block, Rig.BLOCK - STACK, block + Rig.BLOCK - STACK, STACK);
                }
                case 1 -> {
                    long heap = uvisor.createHeap(Rig.BLOCK + 100, 64);
                    thread = heap < 0 ? -1 : uvisor.createThreadOn(1, heap, 0, STACK);
                    if (heap > 0 && thread < 0) {
                        assertEquals(HeapAnswer.OK, uvisor.destroyHeap(heap));
                    }
                }
                default -> thread = uvisor.createThread(1, 0, 0, 0, STACK);
            }
            if (thread < 0 && block > 0) {
                assertEquals(PageError.OK, uvisor.freeBlock(block, Rig.BLOCK));
            }
            if (thread >= 0) {
                threads.add(thread);
                boxOfThread.add(box);
                blockOfThread.add(block);
            }
        }

        private void end(int thread) {
            int at = threads.indexOf(thread);
            uvisor.enterBox(boxOfThread.get(at));
            if (blockOfThread.get(at) != 0) {
                // the last word of the stack, which is the last of the block
                uvisor.user().store64(blockOfThread.get(at) + Rig.BLOCK - 8, 0, -1);
            }
            assertTrue(uvisor.endThread(thread));
            threads.remove(at);
            boxOfThread.remove(at);
            blockOfThread.remove(at);
            things.removeIf(thing -> thing.thread == thread);
        }

        private void check() {
            things.forEach(this::compare);
            BlockPool pool = uvisor.pool();
            for (int block = pool.first(); block < pool.end(); block++) {
                for (long at = 0; pool.isFree(block) && at < Rig.BLOCK; at += 8) {
                    assertEquals(0, rig.words().load64(pool.geometry().addressOf(block) + at, 0), "free is zero");
                }
            }
        }

        void freeAll() {
            // of the arena the highest first, so that it becomes shorter
            things.sort((one, other) -> Long.compare(other.address, one.address));
            for (Thing thing : List.copyOf(things)) {
                enter(thing.box, thing.thread);
                assertEquals(HeapAnswer.OK, uvisor.free(thing.address));
            }
            things.clear();
            List.copyOf(threads).forEach(this::end);
            uvisor.enterBox(BlockPool.PUBLIC_BOX);
        }
    }

    @Property(tries = 25)
    void everyByteIsAsTheModelSays(@ForAll long seed, @ForAll MpuKind kind) {
        Rig rig = Rig.of(kind, 5);
        long free = rig.free();
        Run run = new Run(rig, seed);
        for (int step = 0; step < STEPS; step++) {
            run.step();
        }
        run.freeAll();
        assertEquals(free, rig.free());
        for (long at = rig.uvisor().plan().geometry().addressOf(0); at < Rig.RAM + Rig.RAM_BYTES; at += 8) {
            assertEquals(0, rig.words().load64(at, 0), "everything is free, so everything is zero");
        }
    }
}
