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
    @ValueSource(strings = {"x86_64", "riscv32", "aarch32"})
    void noFieldTouchesAnother(String name) {
        SlotLayout of = SlotLayout.of(Architecture.named(name));
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

    /** The parts of an ASID that stand apart, and a small frame, which has no size. */
    @Test
    void noFieldOfAarch32TouchesAnother() {
        SlotLayout of = SlotLayout.AARCH32;
        assertDisjoint(
                of,
                CapabilityType.FRAME,
                of.frameSize(),
                of.frameDevice(),
                of.frameRights(),
                of.asid(),
                SlotLayout.FRAME_ASID,
                of.vaddrUnits());
        assertDisjoint(of, CapabilityType.PAGE_TABLE, of.mapped(), of.asid(), SlotLayout.TABLE_ASID, of.vaddrUnits());
        assertDisjoint(
                of,
                SlotLayout.SMALL_FRAME_ADDRESS,
                SlotLayout.SMALL_FRAME_RIGHTS,
                of.frameDevice(),
                of.asid(),
                SlotLayout.SMALL_FRAME_ASID,
                of.vaddrUnits());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aFrameOfAarch32KeepsAllThatItSays(int size) {
        Slots slots = new Slots(memory().words(), Architecture.AARCH32);
        long slot = slots.at(4096, 3);
        for (int before = 0; before < 4; before++) {
            long frame = size == 0 && before == 0 ? 0xffff_f000L : 0xff00_0000L;
            slots.put(slot, CapabilityType.FRAME, frame);
            slots.mapping().setFrameSize(slot, before);
            slots.setDevice(slot, true);
            slots.mapping().setFrameRights(slot, 2);
            slots.mapping().setAsid(slot, 0x1_5555);
            slots.mapping().setVaddr(slot, 0xab00_0000L);
            slots.mapping().setFrameSize(slot, size);
            assertEquals(CapabilityType.FRAME, slots.type(slot));
            assertEquals(size, slots.mapping().frameSize(slot));
            assertTrue(slots.isDevice(slot));
            assertEquals(2, slots.mapping().frameRights(slot));
            assertEquals(0x1_5555, slots.mapping().asid(slot));
            assertEquals(0xab00_0000L, slots.mapping().vaddr(slot));
            assertEquals(frame, slots.object(slot));
            slots.mapping().setAsid(slot, 0x1_ffff);
            slots.mapping().setFrameRights(slot, 1);
            assertEquals(0x1_ffff, slots.mapping().asid(slot));
            assertEquals(1, slots.mapping().frameRights(slot));
            assertEquals(frame, slots.object(slot));
        }
    }

    private static void assertDisjoint(SlotLayout layout, CapabilityType type, Bits... fields) {
        assertDisjoint(layout, layout.addressMask(type), fields);
    }

    private static void assertDisjoint(SlotLayout layout, long address, Bits... fields) {
        long[] taken = new long[4];
        taken[0] = address | 15;
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
        boolean isAarch32 = architecture == Architecture.AARCH32;
        long frame = isAarch32 ? ADDRESS & -4096 : ADDRESS;
        long vaddr = wide ? 0x7fff_ffff_fc00L : frame;
        int asid = wide ? 0xffff : isAarch32 ? 0x1_ffff : 0x3ff;
        slots.put(slot, CapabilityType.FRAME, frame);
        slots.mapping().setVaddr(slot, vaddr);
        slots.mapping().setAsid(slot, asid);
        slots.mapping().setFrameRights(slot, 3);
        assertEquals(vaddr, slots.mapping().vaddr(slot));
        assertEquals(asid, slots.mapping().asid(slot));
        assertEquals(frame, slots.object(slot));
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
