package org.allocman.vka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What is rounded up, and what stays. */
class RoundingTest {
    @Test
    void roundsUpToTheNextMultiple() {
        assertEquals(0, Rounding.up(0, PageSize.PAGE));
        assertEquals(4096, Rounding.up(1, PageSize.PAGE));
        assertEquals(4096, Rounding.up(4096, PageSize.PAGE));
        assertEquals(8192, Rounding.up(4097, PageSize.PAGE));
        assertEquals(7, Rounding.up(7, 1));
    }

    @Test
    void addressesAreUnsigned() {
        assertEquals(0xffff_ffff_ffff_f000L, Rounding.up(0xffff_ffff_ffff_e001L, PageSize.PAGE));
        assertEquals(0, Rounding.up(-1, PageSize.PAGE), "modulo 2^64");
    }

    @Test
    void thePageIsAsLargeAsItsBitsSay() {
        assertEquals(PageSize.PAGE, 1L << PageSize.PAGE_BITS);
    }
}
