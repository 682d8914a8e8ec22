package org.allocman.sim.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.allocman.vka.MemoryFault;
import org.junit.jupiter.api.Test;

class PhysicalMemoryTest {
    private static final long TEBIBYTE = 1L << 40;

    private final PhysicalMemory memory = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0x1000, TEBIBYTE - 1)));
    private final PagedMemory words = memory.words();

    @Test
    void wordsReadAsZeroUntilTheyAreStored() {
        assertEquals(0, words.load64(0x2000, 8));
        words.store64(0x2000, 8, -5);
        assertEquals(-5, words.load64(0x2008, 0));
        words.store32(0x2000, 12, 7);
        assertEquals(0x7_ffff_fffbL, words.load64(0x2008, 0));
        assertEquals(7, words.load32(0x2000, 12));
    }

    @Test
    void anAccessThatTheBoardRefusesIsAFaultWithItsAddress() {
        MemoryFault outside = assertThrows(MemoryFault.class, () -> words.load64(TEBIBYTE, 0));
        assertEquals(MemoryFault.Reason.NOTHING_THERE, outside.reason());
        assertEquals(TEBIBYTE, outside.address());
        MemoryFault crooked = assertThrows(MemoryFault.class, () -> words.store32(0x2000, 2, 1));
        assertEquals(MemoryFault.Reason.MISALIGNED, crooked.reason());
    }

    @Test
    void onlyTouchedPagesCost() {
        words.store64(0x1000, 0, 1);
        words.store64(TEBIBYTE - 8, 0, 1);
        memory.clear(0x1000, TEBIBYTE - 0x1000);
        assertEquals(2, memory.touchedPages());
        assertEquals(0, words.load64(TEBIBYTE - 8, 0));
    }

    @Test
    void rewindBringsBackWordsAndFingerprint() {
        words.store64(0x3000, 0, 42);
        Fingerprint scanned = memory.fingerprint();
        int start = memory.startJournal();
        assertEquals(scanned, memory.fingerprint());
        words.store64(0x3000, 0, 43);
        words.store64(0x9000, 16, 44);
        int later = memory.checkpoint();
        Fingerprint then = memory.fingerprint();
        memory.clear(0x3000, 0x10000);
        assertNotEquals(then, memory.fingerprint());
        memory.rewind(later);
        assertEquals(then, memory.fingerprint());
        assertEquals(44, words.load64(0x9000, 16));
        memory.rewind(start);
        assertEquals(scanned, memory.fingerprint());
        assertEquals(42, words.load64(0x3000, 0));
        memory.stopJournal();
        assertEquals(scanned, memory.fingerprint());
    }

    @Test
    void aWindowFollowsItsTranslationAndItsRights() {
        PagedMemory window = memory.window(vaddr -> switch ((int) (vaddr >>> 12)) {
            case 0x10 -> 0x5000 | Walk.READABLE | Walk.WRITABLE;
            case 0x11 -> 0x5000 | Walk.READABLE;
            default -> 0;
        });
        window.store64(0x10000, 24, 9);
        assertEquals(9, words.load64(0x5000, 24));
        assertEquals(9, window.load64(0x11000, 24));
        MemoryFault readOnly = assertThrows(MemoryFault.class, () -> window.store64(0x11000, 0, 1));
        assertEquals(MemoryFault.Reason.NO_RIGHTS, readOnly.reason());
        MemoryFault unmapped = assertThrows(MemoryFault.class, () -> window.load64(0x12000, 0));
        assertEquals(MemoryFault.Reason.UNMAPPED, unmapped.reason());
    }

    @Test
    void anAliasIsTheSameMemoryAndCountsOnce() {
        PhysicalMemory mirrored = new PhysicalMemory(
                List.of(new PhysicalMemory.Extent(0, 0x1_ffff)),
                List.of(new PhysicalMemory.Alias(0x1_0000, 0x1_1fff, 0x4000)));
        mirrored.words().store64(0x1_0000, 8, 3);
        assertEquals(3, mirrored.words().load64(0x4000, 8));
        mirrored.words().store64(0x4000, 16, 4);
        assertEquals(4, mirrored.words().load64(0x1_0000, 16));
        assertEquals(0, mirrored.words().load64(0x1_2000, 16));
        assertEquals(1, mirrored.touchedPages());
        Fingerprint before = mirrored.fingerprint();
        int start = mirrored.startJournal();
        mirrored.clear(0x1_0000, 0x1000);
        assertEquals(0, mirrored.words().load64(0x4000, 8));
        mirrored.rewind(start);
        assertEquals(3, mirrored.words().load64(0x1_0000, 8));
        assertEquals(before, mirrored.fingerprint());
    }

    @Test
    void forgettingSomeTranslationsLeavesTheOthers() {
        long[] target = {0x5000};
        PagedMemory window = memory.window(vaddr -> target[0] | Walk.READABLE | Walk.WRITABLE);
        words.store64(0x5000, 0, 5);
        words.store64(0x6000, 0, 6);
        assertEquals(5, window.load64(0x10000, 0));
        assertEquals(5, window.load64(0x400_0000, 0));
        target[0] = 0x6000;
        memory.forgetTranslations(0x10000, 0x1000);
        assertEquals(6, window.load64(0x10000, 0));
        assertEquals(5, window.load64(0x400_0000, 0));
        memory.forgetTranslations();
        assertEquals(6, window.load64(0x400_0000, 0));
    }
}
