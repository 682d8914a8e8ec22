package org.allocman.sim.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.vka.MemoryFault;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A stale pin cannot be seen. One memory is written through pins that are held for as long as can be, its twin word by word;
 * meanwhile pages are mapped, unmapped and made read-only, and both go back in time. They stay equal, and a store through a pin
 * whose page is another one faults.
 */
class PinProperties {
    private static final int VIRTUAL = 6;
    private static final int PHYSICAL = 4;
    private static final long BOTH = Walk.READABLE | Walk.WRITABLE;
    // pages that share a place among those used of late, and pages that do not
    private static final long[] VADDRS = {0x40_0000, 0x60_0000, 0x80_0000, 0x40_1000, 0x60_1000, 0x7000};

    /** A memory with a window whose entries are words of it, as page tables are. */
    private static final class Rig {
        private static final long TABLE = 0xf000;
        final PhysicalMemory memory = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, 0xffff)));
        final PagedMemory window = memory.window(this::walk);

        private long walk(long vaddr) {
            int page = Arrays.binarySearch(SORTED, vaddr & -0x1000);
            return page < 0 ? 0 : memory.words().load64(TABLE, page * Long.BYTES);
        }

        void map(int page, long entry) {
            long vaddr = SORTED[page];
            memory.words().store64(TABLE, page * Long.BYTES, entry);
            memory.forgetTranslations(vaddr, 0x1000);
        }

        long entry(int page) {
            return memory.words().load64(TABLE, page * Long.BYTES);
        }
    }

    private static final long[] SORTED = Arrays.stream(VADDRS).sorted().toArray();

    @Property(tries = 500)
    void aStalePinCannotBeSeen(@ForAll @Size(max = 120) List<@IntRange(min = 0, max = 1 << 20) Integer> draws) {
        Rig pinned = new Rig();
        Rig plain = new Rig();
        int start = pinned.memory.startJournal();
        assertEquals(start, plain.memory.startJournal());
        long[][] pins = new long[VIRTUAL][];
        long[] entries = new long[VIRTUAL];
        int checkpoint = start;
        for (int draw : draws) {
            int page = draw / 8 % VIRTUAL;
            int frame = draw / 64 % PHYSICAL;
            int offset = draw / 256 % 512 * Long.BYTES;
            long vaddr = SORTED[page];
            switch (draw % 8) {
                case 0, 1 -> {
                    long entry = frame * 0x1000L | BOTH;
                    pinned.map(page, entry);
                    plain.map(page, entry);
                }
                case 2 -> {
                    long entry = draw % 3 == 0 ? 0 : frame * 0x1000L | Walk.READABLE;
                    pinned.map(page, entry);
                    plain.map(page, entry);
                }
                case 3 -> {
                    checkpoint = pinned.memory.checkpoint();
                    assertEquals(checkpoint, plain.memory.checkpoint());
                }
                case 4 -> {
                    pinned.memory.rewind(checkpoint);
                    plain.memory.rewind(checkpoint);
                }
                case 5 -> {
                    pins[page] = pinned.window.pin(vaddr);
                    entries[page] = pinned.entry(page);
                }
                default -> store(pinned, plain, pins[page], entries[page], page, offset, draw);
            }
            assertEquals(plain.memory.fingerprint(), pinned.memory.fingerprint());
        }
    }

    private static void store(
            Rig pinned, Rig plain, long @Nullable [] pin, long entry, int page, int offset, int value) {
        long vaddr = SORTED[page];
        MemoryFault.@Nullable Reason expected = pin != null && pinned.entry(page) != entry
                ? MemoryFault.Reason.STALE_PIN
                : reason(plain, vaddr, offset, value);
        MemoryFault.@Nullable Reason got = null;
        try {
            pinned.window.store64(pin, vaddr, offset, value);
        } catch (MemoryFault fault) {
            got = fault.reason();
        }
        assertEquals(expected, got);
    }

    /** Stores into the twin. */
    private static MemoryFault.@Nullable Reason reason(Rig plain, long vaddr, int offset, int value) {
        try {
            plain.window.store64(vaddr, offset, value);
            return null;
        } catch (MemoryFault fault) {
            return fault.reason();
        }
    }
}
