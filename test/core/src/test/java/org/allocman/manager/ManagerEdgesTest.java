package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.mspace.Mspace;
import org.allocman.sim.board.Boards;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Test;

/** What is just allowed and just not, what a refusal by the kernel is told as, and what it leaves. */
class ManagerEdgesTest {
    private static final int MANY = 200;
    private static final int MOST_KEPT = 1 << 24;

    private static Rig rig() throws Exception {
        Rig rig = new Rig(Boards.byName("tiny"), Pools.DEFAULT);
        rig.allocman.trim();
        return rig;
    }

    private static void isAsAtFirst(Rig rig) {
        rig.allocman.trim();
        assertEquals(List.of(), rig.brokenAnywhere());
        assertEquals(0, rig.allocman.statistics().virtualPagesMapped());
        assertTrue(rig.isWhole());
    }

    @Test
    void sizes() throws Exception {
        Allocman allocman = rig().allocman;
        int most = allocman.architecture().maxUntypedBits();
        int radix = most - allocman.architecture().slotBits();
        assertEquals(Refusal.ILLEGAL_SIZE, allocman.allocate(ObjectType.UNTYPED, Architecture.MIN_UNTYPED_BITS - 1, 0));
        assertTrue(allocman.allocate(ObjectType.UNTYPED, Architecture.MIN_UNTYPED_BITS, 0) > 0);
        assertEquals(Refusal.OUT_OF_UNTYPED, allocman.allocate(ObjectType.UNTYPED, most, 0));
        assertEquals(Refusal.ILLEGAL_SIZE, allocman.allocate(ObjectType.UNTYPED, most + 1, 0));
        assertEquals(Refusal.ILLEGAL_SIZE, allocman.allocate(ObjectType.CNODE, 0, 0));
        assertTrue(allocman.allocate(ObjectType.CNODE, 1, 0) > 0);
        assertEquals(Refusal.OUT_OF_UNTYPED, allocman.allocate(ObjectType.CNODE, radix, 0));
        assertEquals(Refusal.ILLEGAL_SIZE, allocman.allocate(ObjectType.CNODE, radix + 1, 0));
        assertEquals(Refusal.ILLEGAL_SIZE, allocman.memory().allocate(0));
        assertTrue(allocman.memory().allocate(1) > 0);
        assertTrue(allocman.memory().allocate(Mspace.MOST) > 0);
        assertEquals(Refusal.ILLEGAL_SIZE, allocman.memory().allocate(Mspace.MOST + 1));
        for (int bits : new int[] {Architecture.MIN_UNTYPED_BITS, most}) {
            assertNotEquals(
                    Refusal.ILLEGAL_SIZE,
                    allocman.untypeds().attach(new Untyped(9, 0, bits, false), MemoryKind.KERNEL),
                    "2^" + bits);
        }
        for (int bits : new int[] {Architecture.MIN_UNTYPED_BITS - 1, most + 1}) {
            assertEquals(
                    Refusal.ILLEGAL_SIZE,
                    allocman.untypeds().attach(new Untyped(9, 0, bits, false), MemoryKind.KERNEL),
                    "2^" + bits);
        }
    }

    @Test
    void untypedsThatComeLaterAreAtMultiplesOfTheirSizes() throws Exception {
        Rig rig = rig();
        for (long paddr : new long[] {16, 1 << 19, (1L << 40) + (1 << 19)}) {
            assertEquals(
                    Refusal.UNALIGNED,
                    rig.allocman.untypeds().attach(new Untyped(9, paddr, 20, false), MemoryKind.KERNEL));
        }
    }

    @Test
    void sizesOfReserves() throws Exception {
        Rig rig = rig();
        ClientReserves reserves = rig.allocman.reserves();
        assertEquals(0, reserves.keepSlots(0));
        assertEquals(Refusal.ILLEGAL_SIZE, reserves.keepSlots(-1));
        assertEquals(Refusal.ILLEGAL_SIZE, reserves.keepSlots(MOST_KEPT + 1));
        assertEquals(Refusal.ILLEGAL_SIZE, reserves.keepMemory(0, 1));
        assertEquals(Refusal.ILLEGAL_SIZE, reserves.keepMemory(Mspace.MOST + 1, 1));
        assertEquals(0, reserves.keepMemory(1, 1));
        assertEquals(0, reserves.keepMemory(Mspace.MOST, 1));
        assertEquals(0, reserves.keepObjects(ObjectType.CNODE, 3, 1));
        assertEquals(0, reserves.keepObjects(ObjectType.TCB, 0, 1));
        assertEquals(Refusal.RESERVE_EMPTY, reserves.takeObject(ObjectType.CNODE, 4));
        assertTrue(reserves.takeObject(ObjectType.CNODE, 3) > 0);
        assertTrue(reserves.takeObject(ObjectType.TCB, 7) > 0, "a TCB has one size");
    }

    /** Each of many pieces that are kept, the first included, is nobody's to give back. */
    @Test
    void piecesThatAreKeptAreNobodys() throws Exception {
        Rig rig = rig();
        ClientReserves reserves = rig.allocman.reserves();
        assertEquals(0, reserves.keepMemory(64, MANY));
        int kept = rig.machine.memory().checkpoint();
        List<Long> pieces = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            pieces.add(reserves.takeMemory(64));
        }
        assertEquals(Refusal.RESERVE_EMPTY, reserves.takeMemory(64));
        rig.machine.memory().rewind(kept);
        for (long piece : pieces) {
            assertEquals(Refusal.STALE_HANDLE, rig.allocman.memory().free(piece, 64));
        }
        assertEquals(0, reserves.keepMemory(64, 0));
        isAsAtFirst(rig);
    }

    @Test
    void refusalsAreTold() throws Exception {
        Rig rig = rig();
        VkaObject endpoint = rig.vka.endpoint().get();
        CapPath slot = rig.vka.allocateSlot().get();
        rig.kernel.failAt(1, true);
        String asked = rig.vka.allocate(ObjectType.ENDPOINT, 0).getLeft().message();
        assertTrue(asked.startsWith("cannot make an endpoint of 2^4 bytes: the kernel refused"), asked);
        asked = rig.vka.allocate(ObjectType.TCB, 0).getLeft().message();
        assertTrue(asked.startsWith("cannot make a "), asked);
        String freed = rig.vka.free(endpoint).get().message();
        assertTrue(freed.startsWith("cannot give the endpoint of 2^4 bytes in slot "), freed);
        String emptied = rig.vka.freeSlot(slot).get().message();
        assertTrue(emptied.startsWith("cannot give slot "), emptied);
        rig.kernel.heal();
        while (rig.vka.allocateSlot().isRight()) {
            // each turn takes one
        }
        String none = rig.vka.allocateSlot().getLeft().message();
        assertTrue(none.startsWith("no slot is free beyond the reserve; "), none);
    }

    @Test
    void framesComeFromDeviceRamIfThereIsSome() throws Exception {
        int boards = 0;
        for (String name : new String[] {"pc99", "zynqmp", "rpi4", "hifive-unleashed", "qemu-arm-virt", "tiny"}) {
            Allocman allocman = new Rig(Boards.byName(name), Pools.DEFAULT).allocman;
            if (allocman.untypeds().manager().largestFree(MemoryKind.DEVICE_RAM) >= 12) {
                boards++;
                long frame = allocman.allocateMaybeDevice(ObjectType.SMALL_PAGE, 0, 0);
                long tcb = allocman.allocateMaybeDevice(ObjectType.TCB, 0, 0);
                assertEquals(
                        MemoryKind.DEVICE_RAM,
                        allocman.untypeds()
                                .roots()
                                .kindAt(allocman.untypeds().manager().physicalAddress(frame)));
                assertEquals(
                        MemoryKind.KERNEL,
                        allocman.untypeds()
                                .roots()
                                .kindAt(allocman.untypeds().manager().physicalAddress(tcb)));
            }
        }
        assertTrue(boards > 0, "some board has device RAM");
    }
}
