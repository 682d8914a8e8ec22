package org.allocman.vka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.allocman.resource.ResourceRefusal;
import org.junit.jupiter.api.Test;

/** Numbers of refusals, there and back. */
class RefusalCodeTest {
    @Test
    void numbersLeadBackToTheirReasons() {
        for (ResourceRefusal refusal : ResourceRefusal.values()) {
            assertEquals(refusal, ResourceRefusal.of(refusal.code()));
        }
        assertEquals(-1, ResourceRefusal.UNALIGNED.code());
    }

    @Test
    void whatIsNoRefusalIsSaid() {
        for (long code : new long[] {0, 1, -1L - ResourceRefusal.values().length, Long.MIN_VALUE, Long.MAX_VALUE}) {
            IllegalArgumentException error =
                    assertThrows(IllegalArgumentException.class, () -> ResourceRefusal.of(code));
            assertEquals(code + " is no refusal", error.getMessage());
        }
    }
}
