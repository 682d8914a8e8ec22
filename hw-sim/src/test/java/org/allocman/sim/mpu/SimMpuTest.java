package org.allocman.sim.mpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Memory;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.Mpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimMpuTest {
    private static final long RAM = 0x20000000L;
    private static final long REGISTERS = 0x1000;

    private final PhysicalMemory physical = new PhysicalMemory(List.of(
            new PhysicalMemory.Extent(RAM, RAM + 0xffff), new PhysicalMemory.Extent(REGISTERS, REGISTERS + 4095)));
    private final PagedMemory words = physical.words();
    private final SimMpu eighths = new SimMpu(words, REGISTERS, MpuShape.ARMV7M);
    private final SimMpu whole = new SimMpu(words, REGISTERS + 256, MpuShape.ARMV8M);
    private final SimMpu coarse = new SimMpu(words, REGISTERS + 512, new MpuShape(true, 256, 16));

    @Test
    void atFirstNothingIsReached() {
        Memory user = physical.window(eighths);
        assertThrows(MemoryFault.class, () -> user.load64(RAM, 0));
        eighths.load(0, RAM, 1024, true, 0);
        user.store64(RAM + 1016, 0, 7);
        assertEquals(7, words.load64(RAM + 1016, 0));
        assertThrows(MemoryFault.class, () -> user.load64(RAM + 1024, 0));
        eighths.disable(0);
        assertThrows(MemoryFault.class, () -> user.load64(RAM, 0));
    }

    @Test
    void eighthsThatAreSwitchedOffAreNoPartOfARegion() {
        Memory user = physical.window(eighths);
        eighths.load(3, RAM, 2048, true, 0b0000_0110);
        user.load64(RAM + 255 & -8, 0);
        assertThrows(MemoryFault.class, () -> user.load64(RAM + 256, 0));
        assertThrows(MemoryFault.class, () -> user.load64(RAM + 760, 0));
        user.load64(RAM + 768, 0);
        eighths.load(1, RAM, 1024, false, 0);
        assertEquals(0, user.load64(RAM + 256, 0), "what is below shows through");
        assertThrows(MemoryFault.class, () -> user.store64(RAM + 256, 0, 1));
        user.store64(RAM, 0, 1);
    }

    @Test
    void theHighestNumberWins() {
        Memory user = physical.window(eighths);
        eighths.load(2, RAM, 1024, true, 0);
        eighths.load(5, RAM, 256, false, 0);
        assertThrows(MemoryFault.class, () -> user.store64(RAM, 0, 1));
        user.store64(RAM + 256, 0, 1);
    }

    @Test
    void withoutEighthsARegionIsAnyMultipleOf32() {
        Memory user = physical.window(whole);
        whole.load(7, RAM + 96, 160, true, 0);
        assertThrows(MemoryFault.class, () -> user.load64(RAM + 88, 0));
        user.store64(RAM + 96, 0, 1);
        user.store64(RAM + 248, 0, 1);
        assertThrows(MemoryFault.class, () -> user.load64(RAM + 256, 0));
        whole.load(7, RAM + 96, 160, false, 0);
        assertEquals(1, user.load64(RAM + 96, 0));
        assertThrows(MemoryFault.class, () -> user.store64(RAM + 96, 0, 1));
    }

    @Test
    void theRegistersAreMemoryAndGoBackInTime() {
        Memory user = physical.window(eighths);
        int start = physical.startJournal();
        eighths.load(0, RAM, 1024, true, 0);
        user.load64(RAM, 0);
        physical.rewind(start);
        assertThrows(MemoryFault.class, () -> user.load64(RAM, 0));
    }

    @Test
    void thereAreAsManyRegionsAsAUnitHas() {
        Memory user = physical.window(coarse);
        assertEquals(16, coarse.regions());
        coarse.load(15, RAM, 256, true, 0b1000_0000);
        user.store64(RAM + 216, 0, 1);
        assertThrows(MemoryFault.class, () -> user.load64(RAM + 224, 0));
        coarse.load(8, RAM, 512, false, 0);
        user.load64(RAM + 224, 0);
        assertThrows(IllegalArgumentException.class, () -> coarse.load(16, RAM, 256, true, 0));
        assertThrows(IllegalArgumentException.class, () -> coarse.load(0, RAM, 128, true, 0), "too small on Armv6-M");
        eighths.load(0, RAM, 128, true, 0);
        assertThrows(IllegalArgumentException.class, () -> new MpuShape(true, 32, 17));
        assertThrows(IllegalArgumentException.class, () -> new MpuShape(true, 32, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "true, 8, 0x20000000, 1024, 0",
        "true, -1, 0x20000000, 1024, 0",
        "true, 0, 0x20000000, 1000, 0",
        "true, 0, 0x20000200, 1024, 0",
        "true, 0, 0x20000000, 16, 0",
        "true, 0, 0x20000000, 128, 1",
        "true, 0, 0x20000000, 256, 256",
        "true, 0, 0x100000000, 1024, 0",
        "false, 0, 0x20000010, 64, 0",
        "false, 0, 0x20000000, 48, 0",
        "false, 0, 0x20000000, 64, 1",
        "false, 0, 0xffffffe0, 64, 0"
    })
    void whatNoRegionCanBeIsRefused(boolean hasEighths, int region, long base, long bytes, int disabled) {
        SimMpu mpu = hasEighths ? eighths : whole;
        assertThrows(IllegalArgumentException.class, () -> mpu.load(region, base, bytes, true, disabled));
    }

    @Test
    void noProtectionHasNoRegions() {
        assertEquals(0, Mpu.NONE.regions());
        assertThrows(IllegalArgumentException.class, () -> Mpu.NONE.load(0, RAM, 1024, true, 0));
        assertThrows(IllegalArgumentException.class, () -> Mpu.NONE.disable(0));
    }
}
