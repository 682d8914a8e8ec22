package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.TestKernel.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.allocman.vka.layout.Bits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields of a slot do not touch each other, and hold what they have to hold. */
class SlotsTest {
    private static final long ADDRESS = 0xffff_fc00L;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noFieldTouchesAnother(boolean wide) {
        SlotLayout of = wide ? SlotLayout.WIDE : SlotLayout.NARROW;
        assertDisjoint(of, CapabilityType.UNTYPED, of.untypedBits(), of.untypedDevice(), of.freeUnits());
        assertDisjoint(of, CapabilityType.ENDPOINT, of.rights(), of.badge());
        assertDisjoint(of, CapabilityType.CNODE, of.radix(), of.guardBits(), of.guard());
        assertDisjoint(of, CapabilityType.ZOMBIE, of.zombieTcb(), of.zombieRadix(), of.zombieSlots());
        assertDisjoint(
                of,
                CapabilityType.FRAME,
                of.frameSize(),
                of.frameDevice(),
                of.frameRights(),
                of.mapType(),
                of.asid(),
                of.vaddrUnits());
        assertDisjoint(of, CapabilityType.PAGE_TABLE, of.mapped(), of.asid(), of.vaddrUnits());
        assertDisjoint(of, CapabilityType.ASID_POOL, of.asid());
        assertDisjoint(of, CapabilityType.CONTROL, of.control());
    }

    private static void assertDisjoint(SlotLayout layout, CapabilityType type, Bits... fields) {
        long[] taken = new long[4];
        taken[0] = layout.addressMask(type) | 15;
        take(taken, layout.revocable());
        take(taken, layout.firstBadged());
        take(taken, layout.next());
        take(taken, layout.previous());
        for (Bits field : fields) {
            take(taken, field);
        }
    }

    private static void take(long[] taken, Bits field) {
        long mask = field.into(0, -1);
        int word = field.offset() / Long.BYTES;
        assertEquals(0, taken[word] & mask, field::name);
        taken[word] |= mask;
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch32", "mpu"})
    void everyFieldHoldsItsExtremes(String name) {
        Architecture architecture = Architecture.named(name);
        boolean wide = architecture.wordBits() == 64;
        Slots slots = new Slots(memory().words(), architecture);
        long slot = slots.at(4096, 3);
        slots.put(slot, CapabilityType.UNTYPED, ADDRESS);
        slots.setUntypedBits(slot, architecture.maxUntypedBits());
        slots.setFreeIndex(slot, 1L << architecture.maxUntypedBits());
        slots.setDevice(slot, true);
        assertEquals(architecture.maxUntypedBits(), slots.untypedBits(slot));
        assertEquals(1L << architecture.maxUntypedBits(), slots.freeIndex(slot));
        assertTrue(slots.isDevice(slot));
        assertEquals(ADDRESS, slots.object(slot));
        slots.put(slot, CapabilityType.ENDPOINT, ADDRESS);
        slots.setBadge(slot, -1);
        slots.setRights(slot, 15);
        assertEquals(wide ? -1 : 0xfff_ffff, slots.badge(slot));
        slots.put(slot, CapabilityType.CNODE, ADDRESS);
        slots.setRadix(slot, 1);
        slots.setGuard(slot, wide ? 63 : 31, wide ? -1L >>> 1 : 0x3_ffff);
        assertEquals(wide ? 63 : 31, slots.guardBits(slot));
        assertEquals(wide ? -1L >>> 1 : 0x3_ffff, slots.guard(slot));
        slots.put(slot, CapabilityType.FRAME, ADDRESS);
        slots.mapping().setVaddr(slot, wide ? 0x7fff_ffff_fc00L : ADDRESS);
        slots.mapping().setAsid(slot, wide ? 0xffff : 0x3ff);
        slots.mapping().setFrameRights(slot, 3);
        assertEquals(wide ? 0x7fff_ffff_fc00L : ADDRESS, slots.mapping().vaddr(slot));
        assertEquals(wide ? 0xffff : 0x3ff, slots.mapping().asid(slot));
        assertEquals(ADDRESS, slots.object(slot));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch32"})
    void aSlotAtAddressZeroCanBeLinkedTo(String name) {
        Architecture architecture = Architecture.named(name);
        Slots slots = new Slots(memory().words(), architecture);
        long slot = slots.at(0, 1);
        assertTrue(slots.next(slot) < 0);
        assertTrue(slots.previous(slot) < 0);
        slots.setNext(slot, 0);
        slots.setPrevious(slot, 0);
        assertEquals(0, slots.next(slot));
        assertEquals(0, slots.previous(slot));
        slots.setNext(slot, -1);
        slots.setPrevious(slot, -1);
        assertTrue(slots.next(slot) < 0);
        assertTrue(slots.previous(slot) < 0);
    }

    @Test
    void narrowKernelsCutBadgesAndGuards() {
        TestKernel on = new TestKernel(Architecture.RISCV32);
        long endpoint = on.make(ObjectType.ENDPOINT, 0);
        long badged = on.free();
        ok(on.mint(endpoint, badged, 0xf000_0005L));
        assertEquals(5, on.slots.badge(on.slot(badged)));
        long sibling = on.free();
        ok(on.mint(endpoint, sibling, 0xf000_0000L));
        assertFalse(on.slots.isRevocable(on.slot(sibling)));
    }

    private static PhysicalMemory memory() {
        return new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, 0xffff)));
    }
}
