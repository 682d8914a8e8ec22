package org.allocman.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.allocman.untyped.Requester;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;

class WordSlotsTest {
    private static final long START = 100;
    private static final int WORDS = 3;

    private final WordSlots slots = new WordSlots(Architecture.X86_64, START, START + WORDS * 64 + 30);

    private long take() {
        return slots.takeRun(1, Requester.CLIENT);
    }

    @Test
    void wordsAreEmptiedFromTheTopOneAfterTheOther() {
        for (int word = 0; word < WORDS; word++) {
            for (int bit = 63; bit >= 0; bit--) {
                assertEquals(START + word * 64 + bit, take());
            }
        }
        assertEquals(0, take(), "what is behind the last whole word is never used");
    }

    @Test
    void theCurrentWordStaysUntilItIsEmptyAndTheNextIsFoundInACircle() {
        for (int i = 0; i < 64 + 10; i++) {
            take();
        }
        long inFirstWord = START + 5;
        slots.giveBackRun(inFirstWord, 1);
        assertTrue(slots.isFree(inFirstWord));
        assertEquals(START + 64 + 53, take(), "not the one just given back");
        slots.giveBackRun(START + 64 + 60, 1);
        assertEquals(START + 64 + 60, take(), "the highest of the current word");
        for (int i = 0; i < 53 + 64; i++) {
            assertTrue(take() != inFirstWord);
        }
        assertEquals(inFirstWord, take(), "the circle is closed");
        assertFalse(slots.isFree(inFirstWord));
        assertEquals(0, take());
    }

    @Test
    void onlySingleSlotsAreGivenOut() {
        assertEquals(0, slots.takeRun(2, Requester.CLIENT));
        assertEquals(0, new WordSlots(Architecture.X86_64, START, START + 63).takeRun(1, Requester.CLIENT));
    }
}
