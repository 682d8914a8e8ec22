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
        Architecture architecture = Architecture.named(name);
        SlotLayout layout = SlotLayout.of(architecture);
        Slots slots = new Slots(memory().words(), architecture);
        UntypedCap.Layout untyped = slots.untyped().layout();
        assertDisjoint(
                layout, slots, CapabilityType.UNTYPED, untyped.sizeBits(), untyped.isDevice(), untyped.freeIndex());
        EndpointCap.Layout endpoint = slots.endpoint().layout();
        assertDisjoint(layout, slots, CapabilityType.ENDPOINT, endpoint.rights(), endpoint.badge());
        CNodeCap.Layout cnode = slots.cnode().layout();
        assertDisjoint(layout, slots, CapabilityType.CNODE, cnode.radix(), cnode.guardSize(), cnode.guard());
        ZombieCap.Layout zombie = slots.zombie().layout();
        assertDisjoint(layout, slots, CapabilityType.ZOMBIE, zombie.isTcb(), zombie.radix(), zombie.number());
        CapMapping.Layout mapping = slots.mapping().layout();
        FrameCap.Layout frame = slots.frame().layout();
        assertDisjoint(
                layout,
                slots,
                CapabilityType.FRAME,
                frame.size(),
                frame.isDevice(),
                frame.vmRights(),
                frame.mapType(),
                mapping.asid(),
                mapping.vaddr());
        TableCap.Layout table = slots.table().layout();
        assertDisjoint(layout, slots, CapabilityType.PAGE_TABLE, table.isMapped(), mapping.asid(), mapping.vaddr());
        assertDisjoint(layout, slots, CapabilityType.ASID_POOL, mapping.asid());
        assertDisjoint(
                layout,
                slots,
                CapabilityType.CONTROL,
                slots.control().layout().kind(),
                slots.control().layout().number());
        ObjectCap.Layout own = slots.own().layout();
        assertDisjoint(layout, slots, CapabilityType.OBJECT, own.number(), own.sizeBits());
        if (!name.equals("aarch32")) {
            assertDisjoint(
                    layout,
                    slots,
                    CapabilityType.PAGE_TABLE,
                    table.isMapped(),
                    table.kind(),
                    mapping.asid(),
                    mapping.vaddr());
        }
    }

    /** The parts of an ASID that stand apart, and a small frame, which has no size. */
    @Test
    void noFieldOfAarch32TouchesAnother() {
        Slots slots = new Slots(memory().words(), Architecture.AARCH32);
        CapMapping.Layout mapping = slots.mapping().layout();
        FrameCap.Layout frame = slots.frame().layout();
        assertDisjoint(
                SlotLayout.AARCH32,
                slots,
                CapabilityType.FRAME,
                frame.size(),
                frame.isDevice(),
                frame.vmRights(),
                mapping.asid(),
                CapMapping.Layout.FRAME_ASID,
                mapping.vaddr());
        assertDisjoint(
                SlotLayout.AARCH32,
                slots,
                CapabilityType.PAGE_TABLE,
                slots.table().layout().isMapped(),
                mapping.asid(),
                CapMapping.Layout.TABLE_ASID,
                mapping.vaddr());
        assertDisjoint(
                slots,
                SlotLayout.SMALL_FRAME_ADDRESS,
                FrameCap.Layout.SMALL_FRAME_RIGHTS,
                frame.isDevice(),
                mapping.asid(),
                CapMapping.Layout.SMALL_FRAME_ASID,
                mapping.vaddr());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aFrameOfAarch32KeepsAllThatItSays(int size) {
        Slots slots = new Slots(memory().words(), Architecture.AARCH32);
        long slot = slots.at(4096, 3);
        for (int before = 0; before < 4; before++) {
            long frame = size == 0 && before == 0 ? 0xffff_f000L : 0xff00_0000L;
            slots.put(slot, CapabilityType.FRAME, frame);
            slots.frame().setSize(slot, before);
            slots.frame().setDevice(slot, true);
            slots.frame().setVmRights(slot, 2);
            slots.mapping().setAsid(slot, 0x1_5555);
            slots.mapping().setVaddr(slot, 0xab00_0000L);
            slots.frame().setSize(slot, size);
            assertEquals(CapabilityType.FRAME, slots.type(slot));
            assertEquals(size, slots.frame().size(slot));
            assertTrue(slots.isDevice(slot));
            assertEquals(2, slots.frame().vmRights(slot));
            assertEquals(0x1_5555, slots.mapping().asid(slot));
            assertEquals(0xab00_0000L, slots.mapping().vaddr(slot));
            assertEquals(frame, slots.object(slot));
            slots.mapping().setAsid(slot, 0x1_ffff);
            slots.frame().setVmRights(slot, 1);
            assertEquals(0x1_ffff, slots.mapping().asid(slot));
            assertEquals(1, slots.frame().vmRights(slot));
            assertEquals(frame, slots.object(slot));
        }
    }

    private static void assertDisjoint(SlotLayout layout, Slots slots, CapabilityType type, Bits... fields) {
        assertDisjoint(slots, layout.addressMask(type), fields);
    }

    private static void assertDisjoint(Slots slots, long address, Bits... fields) {
        long[] taken = new long[4];
        taken[0] = address | 15;
        take(taken, slots.mdb().layout().revocable());
        take(taken, slots.mdb().layout().firstBadged());
        take(taken, slots.mdb().layout().next());
        take(taken, slots.mdb().layout().previous());
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
        slots.untyped().setSizeBits(slot, architecture.maxUntypedBits());
        slots.untyped().setFreeIndex(slot, 1L << architecture.maxUntypedBits());
        slots.untyped().setDevice(slot, true);
        assertEquals(architecture.maxUntypedBits(), slots.untyped().sizeBits(slot));
        assertEquals(1L << architecture.maxUntypedBits(), slots.untyped().freeIndex(slot));
        assertTrue(slots.isDevice(slot));
        assertEquals(ADDRESS, slots.object(slot));
        slots.put(slot, CapabilityType.ENDPOINT, ADDRESS);
        slots.endpoint().setBadge(slot, -1);
        slots.endpoint().setRights(slot, 15);
        assertEquals(wide ? -1 : 0xfff_ffff, slots.endpoint().badge(slot));
        slots.put(slot, CapabilityType.CNODE, ADDRESS);
        slots.cnode().setRadix(slot, 1);
        slots.cnode().setGuard(slot, wide ? 63 : 31, wide ? -1L >>> 1 : 0x3_ffff);
        assertEquals(wide ? 63 : 31, slots.cnode().guardSize(slot));
        assertEquals(wide ? -1L >>> 1 : 0x3_ffff, slots.cnode().guard(slot));
        boolean isAarch32 = architecture == Architecture.AARCH32;
        long frame = isAarch32 ? ADDRESS & -4096 : ADDRESS;
        long vaddr = wide ? 0x7fff_ffff_fc00L : frame;
        int asid = wide ? 0xffff : isAarch32 ? 0x1_ffff : 0x3ff;
        slots.put(slot, CapabilityType.FRAME, frame);
        slots.mapping().setVaddr(slot, vaddr);
        slots.mapping().setAsid(slot, asid);
        slots.frame().setVmRights(slot, 3);
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
        assertTrue(slots.mdb().next(slot) < 0);
        assertTrue(slots.mdb().previous(slot) < 0);
        slots.mdb().setNext(slot, 0);
        slots.mdb().setPrevious(slot, 0);
        assertEquals(0, slots.mdb().next(slot));
        assertEquals(0, slots.mdb().previous(slot));
        slots.mdb().setNext(slot, -1);
        slots.mdb().setPrevious(slot, -1);
        assertTrue(slots.mdb().next(slot) < 0);
        assertTrue(slots.mdb().previous(slot) < 0);
    }

    @Test
    void narrowKernelsCutBadgesAndGuards() {
        TestKernel on = new TestKernel(Architecture.RISCV32);
        long endpoint = on.make(ObjectType.ENDPOINT, 0);
        long badged = on.free();
        ok(on.mint(endpoint, badged, 0xf000_0005L));
        assertEquals(5, on.slots.endpoint().badge(on.slot(badged)));
        long sibling = on.free();
        ok(on.mint(endpoint, sibling, 0xf000_0000L));
        assertFalse(on.slots.mdb().isRevocable(on.slot(sibling)));
    }

    private static PhysicalMemory memory() {
        return new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, 0xffff)));
    }
}
