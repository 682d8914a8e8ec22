package org.allocman.vka.args;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.allocman.vka.args.RangeList.Described;
import org.junit.jupiter.api.Test;

class RangeListTest {
    private static final Described RAM = new Described("SRAM_EXT", 0x4000_0000L, 0x100_0000);

    @Test
    void ramIsTheLargestThatIsNamedSo() throws ArgumentsException {
        List<NamedRange> list = RangeList.of(List.of(
                new Described("SRAM", 0x1000_0000, 0x2_0000), RAM, new Described("spiflash", 0x2000_0000, 0x800_0000)));
        assertEquals(
                List.of(
                        new NamedRange("SrEx", 0x4000_0000L, 0x100_0000),
                        new NamedRange("SrIn", 0x1000_0000, 0x2_0000),
                        new NamedRange("SpFl", 0x2000_0000, 0x800_0000)),
                list);
        assertThrows(ArgumentsException.class, () -> RangeList.of(List.of(new Described("rom", 0, 4))));
    }

    @Test
    void pagesAreWholeAndNeighboursOne() throws ArgumentsException {
        List<NamedRange> list = RangeList.of(
                List.of(new Described("uart", 0xf000_1800L, 0x40), RAM, new Described("csr", 0xf000_0000L, 0x1000)));
        assertEquals(new NamedRange("CSRs", 0xf000_0000L, 0x2000), list.get(1));
        assertEquals(2, list.size());
    }

    @Test
    void aNestedRegionDoesNotCutTheOuterOne() throws ArgumentsException {
        List<NamedRange> list = RangeList.of(
                List.of(RAM, new Described("csr", 0xf000_0000L, 0xc000), new Described("timer", 0xf000_1000L, 0x100)));
        assertEquals(new NamedRange("CSRs", 0xf000_0000L, 0xc000), list.get(1));
    }

    @Test
    void namesHaveFourCharacters() {
        assertEquals("Boot", RangeList.name("ROM"));
        assertEquals("USBD", RangeList.name("USBDEV"));
        assertEquals("i2c ", RangeList.name("i2c"));
        assertEquals("Disp", RangeList.name("memlcd"));
        assertEquals("VexD", RangeList.name("vexriscv_debug"));
        assertEquals("Audi", RangeList.name("audio"));
    }
}
