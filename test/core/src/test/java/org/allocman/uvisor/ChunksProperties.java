package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.heap.Chunks;
import org.allocman.vka.Memory;

/** Chunks of a stretch never overlap, keep what is in them, and join when they are free. */
class ChunksProperties {
    private static final long START = 0x20000000L;

    private static PhysicalMemory memory() {
        return new PhysicalMemory(List.of(new PhysicalMemory.Extent(START, START + (1 << 18))));
    }

    @Property(tries = 60)
    void memoryIsDisjointZeroAndKept(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 511) int offset,
            @ForAll @IntRange(min = 8, max = 1024) int words) {
        PhysicalMemory physical = memory();
        Memory memory = physical.words();
        Chunks chunks = new Chunks(memory);
        long stretch = START + 8L * offset;
        long bytes = Chunks.OVERHEAD + 8L * words;
        chunks.initialise(stretch, bytes);
        Fingerprint empty = physical.fingerprint();
        Random random = new Random(seed);
        TreeMap<Long, Long> live = new TreeMap<>();
        for (int step = 0; step < 150; step++) {
            int what = random.nextInt(10);
            if (what < 5) {
                long size = random.nextInt(what == 0 ? 3000 : 200);
                long alignment = 8L << random.nextInt(6);
                long address = chunks.allocate(stretch, size, alignment);
                if (address != 0) {
                    assertEquals(0, address % alignment);
                    add(memory, chunks, live, stretch + bytes, address, size);
                }
            } else if (!live.isEmpty()) {
                List<Long> addresses = new ArrayList<>(live.keySet());
                long address = addresses.get(random.nextInt(addresses.size()));
                check(memory, address, live.get(address));
                if (what < 8) {
                    live.remove(address);
                    chunks.free(stretch, address);
                    assertFalse(chunks.isAllocated(stretch, address));
                } else {
                    long size = random.nextInt(400);
                    long old = live.get(address);
                    if (chunks.resize(stretch, address, size)) {
                        live.remove(address);
                        long kept = Math.min(old, size);
                        check(memory, address, kept);
                        for (long at = kept; at < chunks.sizeOf(address); at++) {
                            assertEquals(0, octet(memory, address + at), "what is added, or left over, is zero");
                        }
                        wipe(memory, address, kept);
                        add(memory, chunks, live, stretch + bytes, address, size);
                    }
                }
            }
            for (long address = stretch; address < stretch + bytes; address += 8) {
                assertEquals(live.containsKey(address), chunks.isAllocated(stretch, address));
            }
            assertEquals(live.size(), chunks.count(stretch));
        }
        for (Map.Entry<Long, Long> entry : live.entrySet()) {
            check(memory, entry.getKey(), entry.getValue());
            chunks.free(stretch, entry.getKey());
        }
        assertEquals(0, chunks.used(stretch));
        assertEquals(empty, physical.fingerprint(), "one free chunk again, to the last bit");
    }

    private static void add(Memory memory, Chunks chunks, TreeMap<Long, Long> live, long end, long address, long size) {
        assertTrue(chunks.sizeOf(address) >= size);
        Map.Entry<Long, Long> before = live.floorEntry(address);
        Map.Entry<Long, Long> behind = live.higherEntry(address);
        assertTrue(before == null || before.getKey() + before.getValue() <= address);
        assertTrue((behind == null ? end : behind.getKey()) >= address + size);
        for (long at = 0; at + 8 <= chunks.sizeOf(address); at += 8) {
            assertEquals(0, memory.load64(address + at, 0), "what is handed out is zero");
        }
        for (long at = 0; at < size; at++) {
            setOctet(memory, address + at, stamp(address + at));
        }
        live.put(address, size);
    }

    /** Something that is not zero, and not everywhere the same. */
    private static long stamp(long address) {
        return address % 255 + 1;
    }

    private static long octet(Memory memory, long address) {
        return memory.load64(address & -8, 0) >>> (address & 7) * 8 & 0xff;
    }

    private static void setOctet(Memory memory, long address, long value) {
        long shift = (address & 7) * 8;
        long word = memory.load64(address & -8, 0);
        memory.store64(address & -8, 0, word & ~(0xffL << shift) | value << shift);
    }

    private static void wipe(Memory memory, long address, long size) {
        for (long at = 0; at < size; at++) {
            setOctet(memory, address + at, 0);
        }
    }

    private static void check(Memory memory, long address, long size) {
        for (long at = 0; at < size; at++) {
            assertEquals(stamp(address + at), octet(memory, address + at));
        }
    }

    @Example
    void aStretchBecomesLongerAndShorter() {
        PhysicalMemory physical = memory();
        Chunks chunks = new Chunks(physical.words());
        chunks.initialise(START, 1024);
        Fingerprint empty = physical.fingerprint();
        long first = chunks.allocate(START, 900, 8);
        assertEquals(0, chunks.allocate(START, 900, 8));
        chunks.extend(START, 1024);
        long second = chunks.allocate(START, 900, 8);
        assertNotEquals(0, second);
        chunks.free(START, second);
        assertTrue(chunks.freeAtEnd(START) >= 1024);
        chunks.shrink(START, 1024);
        assertEquals(1024, chunks.bytes(START));
        chunks.free(START, first);
        assertEquals(empty, physical.fingerprint());
    }
}
