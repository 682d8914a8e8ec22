package org.allocman.sim.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.HalfWord;
import org.allocman.vka.layout.Word;
import org.junit.jupiter.api.Test;

class PinTest {
    private static final long BOTH = Walk.READABLE | Walk.WRITABLE;
    private static final long VADDR = 0x10_0000;
    private static final int RECENT_PAGES = 512;

    private final PhysicalMemory memory = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, 0xff_ffff)));
    private final PagedMemory words = memory.words();
    private final long[] target = {0x5000 | BOTH};
    private final PagedMemory window =
            memory.window(vaddr -> (vaddr & -0x1000) == VADDR ? target[0] : vaddr < 0x80_0000 ? vaddr | BOTH : 0);

    PinTest() {
        words.store64(0x5000, 0, 5);
        words.store64(0x6000, 0, 6);
    }

    private long[] pinned() {
        long[] pin = window.pin(VADDR);
        assertNotNull(pin);
        return pin;
    }

    private void assertStale(long[] pin) {
        Fingerprint before = memory.fingerprint();
        MemoryFault fault = assertThrows(MemoryFault.class, () -> window.store64(pin, VADDR, 0, 9));
        assertEquals(MemoryFault.Reason.STALE_PIN, fault.reason());
        assertEquals(VADDR, fault.address());
        assertThrows(MemoryFault.class, () -> window.store32(pin, VADDR, 4, 9));
        assertEquals(before, memory.fingerprint(), "a store that faults stores nothing");
        assertThrows(AssertionError.class, () -> window.load64(pin, VADDR, 0), "tests notice loads as well");
    }

    @Test
    void fieldsAreTheSameThroughAPin() {
        long[] pin = pinned();
        new Word("word", 8).set(window, pin, VADDR, -7);
        new HalfWord("half", 20).set(window, pin, VADDR, 0x8000_0001L);
        new Bits("bits", 24, 5, 7).set(window, pin, VADDR, 99);
        assertEquals(-7, words.load64(0x5008, 0));
        assertEquals(0x8000_0001_0000_0000L, words.load64(0x5010, 0));
        assertEquals(99L << 5, words.load64(0x5018, 0));
        assertEquals(-7, new Word("word", 8).get(window, pin, VADDR));
        assertEquals(0x8000_0001L, new HalfWord("half", 20).get(window, pin, VADDR));
        assertEquals(0, new HalfWord("half", 16).get(window, pin, VADDR));
        assertEquals(99, new Bits("bits", 24, 5, 7).get(window, pin, VADDR));
    }

    @Test
    void whatOthersStoreIsSeenThroughAPin() {
        long[] pin = pinned();
        words.store64(0x5000, 16, 77);
        assertEquals(77, window.load64(pin, VADDR, 16));
        window.clear(VADDR, 0x1000);
        assertEquals(0, window.load64(pin, VADDR, 16));
    }

    @Test
    void aPinIsJournalled() {
        int start = memory.startJournal();
        Fingerprint before = memory.fingerprint();
        window.store64(pinned(), VADDR, 0, 8);
        assertEquals(8, words.load64(0x5000, 0));
        memory.rewind(start);
        assertEquals(5, words.load64(0x5000, 0));
        assertEquals(before, memory.fingerprint());
    }

    @Test
    void aPinIsStaleWhenItsPageIsAnotherOne() {
        long[] pin = pinned();
        target[0] = 0x6000 | BOTH;
        memory.forgetTranslations(VADDR, 0x1000);
        assertStale(pin);
        window.store64(pinned(), VADDR, 0, 7);
        assertEquals(7, words.load64(0x6000, 0));
        assertEquals(5, words.load64(0x5000, 0));
    }

    @Test
    void aPinIsStaleWhenItsPageIsUnmapped() {
        long[] pin = pinned();
        target[0] = 0;
        memory.forgetTranslations(VADDR, 0x1000);
        assertStale(pin);
        assertNull(window.pin(VADDR));
        assertThrows(MemoryFault.class, () -> window.load64((long[]) null, VADDR, 0));
    }

    @Test
    void aPinIsStaleWhenItsPageMayOnlyBeRead() {
        long[] pin = pinned();
        target[0] = 0x5000 | Walk.READABLE;
        memory.forgetTranslations();
        assertStale(pin);
        assertNull(window.pin(VADDR));
        assertEquals(5, window.load64((long[]) null, VADDR, 0));
        MemoryFault fault = assertThrows(MemoryFault.class, () -> window.store64((long[]) null, VADDR, 0, 1));
        assertEquals(MemoryFault.Reason.NO_RIGHTS, fault.reason());
    }

    @Test
    void aPinIsStaleAfterGoingBackInTimeIfTheMappingWentBack() {
        int start = memory.startJournal();
        target[0] = 0x6000 | BOTH;
        memory.forgetTranslations(VADDR, 0x1000);
        long[] pin = pinned();
        target[0] = 0x5000 | BOTH;
        memory.rewind(start);
        assertStale(pin);
    }

    @Test
    void aPinStaysCurrentWhileTheMappingDoes() {
        long[] pin = pinned();
        memory.forgetTranslations();
        window.store64(pin, VADDR, 0, 11);
        assertEquals(11, words.load64(0x5000, 0));
        // a page that takes its place among those used of late
        window.store64(VADDR + RECENT_PAGES * 0x1000L, 0, 1);
        window.store64(pin, VADDR, 0, 12);
        assertEquals(12, words.load64(0x5000, 0));
    }

    @Test
    void aPinOfOneAddressIsNoneOfAnother() {
        long[] pin = pinned();
        long other = VADDR + RECENT_PAGES * 0x1000L;
        assertThrows(MemoryFault.class, () -> window.store64(pin, other, 0, 1));
        assertSame(pin, window.pin(VADDR));
    }

    @Test
    void nothingIsMadeByPinning() {
        int touched = memory.touchedPages();
        Fingerprint before = memory.fingerprint();
        assertNull(words.pin(0x9000), "a page that was never written");
        assertNull(window.pin(0x9000));
        assertNull(window.pin(0x80_0000), "unmapped");
        assertNull(words.pin(1L << 50), "beyond the board");
        assertNull(words.pin(-8));
        assertNull(window.pin(VADDR + 4), "crooked");
        assertEquals(touched, memory.touchedPages());
        assertEquals(before, memory.fingerprint());
        words.store64((long[]) null, 0x9000, 0, 3);
        assertNotNull(words.pin(0x9000));
    }

    @Test
    void translationsFinerThanAPageHaveNoPin() {
        PagedMemory fine = memory.window(vaddr -> 0x5000 | BOTH | Walk.PARTIAL);
        assertEquals(5, fine.load64(0x20_0000, 0));
        assertNull(fine.pin(0x20_0000));
    }
}
