package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lab.workload.XorShift;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.BareManager.Block;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Defects of libsel4allocman that an untyped manager can have, by their numbers in the list of fourteen; none of ours has
 * them. Those with other numbers are about slots, pools, or the bootstrap.
 */
class UntypedDefectsTest {
    private static final int WORD_BITS = BareManager.ARCHITECTURE.wordBits();

    /** 1: a failing retype gave a clean error, but the splits already made stayed, and the memory could not be had whole. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void defect1FailingRetypeLeavesNothingSplit(Kind kind) {
        for (int n = 1; n < 60; n++) {
            BareManager bare = new BareManager(kind);
            bare.kernel.failAt(n, false);
            long handle = bare.allocate(ObjectType.ENDPOINT, 0);
            bare.kernel.heal();
            if (handle > 0) {
                return;
            }
            assertTrue(Refusal.isKernel(handle));
            assertTrue(bare.isWhole(), "fault at " + n);
            assertTrue(bare.untyped(16) > 0, "all of it can be had after a fault at " + n);
        }
        assertFalse(true, "one endpoint does not take so many invocations");
    }

    /** 1, the worse half: the kernel refuses for a while; 141 of 498 runs of the library then ended unmerged. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ARENA", "SPLIT", "COMPATIBLE"})
    void defect1RefusalsThatLastLeaveNothingUnmerged(Kind kind) {
        for (int n = 1; n < 30; n++) {
            BareManager bare = new BareManager(kind);
            long keeper = bare.allocate(ObjectType.NOTIFICATION, 0);
            bare.kernel.failAt(n, true);
            List<Long> taken = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                long handle = bare.untyped(4 + i % 9);
                if (handle > 0) {
                    taken.add(handle);
                }
            }
            bare.kernel.heal();
            taken.forEach(handle -> assertEquals(0, bare.manager.free(handle)));
            assertEquals(0, bare.manager.free(keeper));
            bare.manager.trim();
            assertTrue(bare.isWhole(), "fault at " + n);
            assertEquals(List.of(), bare.broken());
        }
    }

    /** 3: errors of deletes were ignored, so a slot was called free while it still held a capability. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ARENA", "SPLIT", "COMPATIBLE"})
    void defect3RefusedFreeFreesNothing(Kind kind) {
        BareManager bare = new BareManager(kind);
        long handle = bare.allocate(ObjectType.TCB, 0);
        long slot = bare.manager.slot(handle);
        Fingerprint before = bare.fingerprint();
        bare.kernel.failAt(1, false);
        assertTrue(Refusal.isKernel(bare.manager.free(handle)));
        assertEquals(before, bare.fingerprint());
        assertFalse(bare.cspace.isFree(slot));
        assertEquals(0, bare.manager.check(handle), "it can be tried again");
        assertEquals(0, bare.manager.free(handle));
        assertTrue(bare.slots().isEmpty(bare.slots().at(bare.machine.cnode(), slot)));
    }

    /** 4: user allocations drained the emergency reserve of slots and records. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ARENA", "SPLIT", "COMPATIBLE"})
    void defect4UsersLeaveTheReserveOfSlots(Kind kind) {
        BareManager bare = new BareManager(kind, BareManager.BLOCKS, 9, 40);
        bare.cspace.reserve(3);
        while (bare.allocate(ObjectType.ENDPOINT, 0) > 0) {
            // until no slot is left for users
        }
        assertEquals(Refusal.OUT_OF_SLOTS, bare.allocate(ObjectType.ENDPOINT, 0));
        assertTrue(bare.cspace.hasReserve());
        int page = BareManager.ARCHITECTURE.number(ObjectType.SMALL_PAGE);
        assertTrue(
                bare.manager.allocate(MemoryKind.KERNEL, page, 0, 12, 0, Requester.POOLS) > 0,
                "the pools' own growth may use it");
    }

    /** 10: a double free crashed, or made more memory free than there is. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ARENA", "SPLIT", "COMPATIBLE"})
    void defect10DoubleFreeIsRefused(Kind kind) {
        BareManager bare = new BareManager(kind);
        long keeper = bare.untyped(8);
        long handle = bare.untyped(8);
        assertEquals(0, bare.manager.free(handle));
        Fingerprint before = bare.fingerprint();
        assertEquals(Refusal.STALE_HANDLE, bare.manager.free(handle));
        assertEquals(before, bare.fingerprint());
        assertEquals(0, bare.manager.check(keeper));
    }

    /** 10: a stale free deleted the capability of whoever had the memory now. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ARENA", "SPLIT", "COMPATIBLE"})
    void defect10StaleFreeLeavesTheNewOwnerAlone(Kind kind) {
        BareManager bare = new BareManager(kind);
        long keeper = bare.allocate(ObjectType.ENDPOINT, 0);
        long stale = bare.allocate(ObjectType.ENDPOINT, 0);
        long place = bare.manager.physicalAddress(stale);
        assertEquals(0, bare.manager.free(stale));
        long now = bare.allocateAt(ObjectType.ENDPOINT, 0, place);
        assertEquals(Refusal.STALE_HANDLE, bare.manager.free(stale));
        assertEquals(0, bare.manager.check(now));
        assertFalse(bare.slots().isEmpty(bare.slots().at(bare.machine.cnode(), bare.manager.slot(now))));
        assertEquals(0, bare.manager.free(now));
        assertEquals(0, bare.manager.free(keeper));
    }

    /** 10: whatever else is handed in was believed as well. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void defect10MadeUpHandlesAreRefused(Kind kind) {
        BareManager bare = new BareManager(kind);
        long good = bare.allocate(ObjectType.TCB, 0);
        Fingerprint before = bare.fingerprint();
        XorShift random = new XorShift(3);
        for (int i = 0; i < 10_000; i++) {
            long made = i < 63 ? good ^ 1L << i : i < 66 ? 64 - i : random.next();
            if (made != good) {
                // twinkle cannot tell what it gave away from parts of it, but it gives nothing back
                assertTrue(kind == Kind.TWINKLE || bare.manager.check(made) < 0, "handle " + made);
                assertTrue(bare.manager.free(made) < 0, "handle " + made);
            }
        }
        assertEquals(before, bare.fingerprint());
        assertEquals(0, bare.manager.check(good));
    }

    /** 10: an address that is not aligned was an assertion. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void defect10UnalignedAddressIsRefused(Kind kind) {
        BareManager bare = new BareManager(kind);
        Fingerprint before = bare.fingerprint();
        assertEquals(Refusal.UNALIGNED, bare.allocateAt(ObjectType.SMALL_PAGE, 0, 0x100_0800));
        assertEquals(Refusal.UNALIGNED, bare.allocateAt(ObjectType.UNTYPED, 5, 0x200_0010));
        assertEquals(Refusal.NOT_MANAGED, bare.allocateAt(ObjectType.SMALL_PAGE, 0, 0x900_0000));
        assertEquals(Refusal.NOT_MANAGED, bare.allocateAt(ObjectType.UNTYPED, 15, 0x200_0000), "it reaches beyond");
        assertEquals(before, bare.fingerprint());
    }

    /** 10: a free with another size than the allocation's was carried out as said. Here no free names a size. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void defect10TheManagerKnowsTheSize(Kind kind) {
        BareManager bare = new BareManager(kind);
        for (int bits = 4; bits <= 12; bits++) {
            assertEquals(bits, bare.manager.sizeBits(bare.untyped(bits)));
        }
    }

    /** 11: memory was called free while a copy of its capability was alive, and every later allocation failed. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ARENA", "SPLIT", "COMPATIBLE"})
    void defect11CopiesDoNotKeepMemoryBusy(Kind kind) {
        BareManager bare = new BareManager(kind);
        long handle = bare.allocate(ObjectType.ENDPOINT, 0);
        long copy = bare.cspace.take();
        KernelError copied = bare.kernel.mint(
                new CapPath(BootSlots.CNODE, copy, WORD_BITS),
                new CapPath(BootSlots.CNODE, bare.manager.slot(handle), WORD_BITS),
                CapRights.ALL,
                7);
        assertFalse(copied.failed());
        assertEquals(0, bare.manager.free(handle));
        assertTrue(bare.slots().isEmpty(bare.slots().at(bare.machine.cnode(), copy)), "the copy is gone");
        bare.manager.trim();
        assertTrue(bare.untyped(16) > 0, "all of the memory can be used");
    }

    /** 11, as it happened: the user's own children of an untyped. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ARENA", "SPLIT", "COMPATIBLE"})
    void defect11ObjectsMadeOfAUsersUntypedDoNotEither(Kind kind) {
        BareManager bare = new BareManager(kind);
        long handle = bare.untyped(12);
        long slot = bare.cspace.take();
        int tcb = BareManager.ARCHITECTURE.number(ObjectType.TCB);
        assertFalse(bare.kernel
                .retype(bare.manager.slot(handle), tcb, 0, BootSlots.CNODE, 0, 0, slot, 1)
                .failed());
        assertEquals(0, bare.manager.free(handle));
        bare.manager.trim();
        assertTrue(bare.untyped(16) > 0);
    }

    /** 13: that a TCB cannot be made from device memory was found out only after the block was split. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void defect13WhatTheKernelWouldRefuseIsNotBegun(Kind kind) {
        BareManager bare = new BareManager(kind);
        bare.kernel.failAt(1, true);
        Fingerprint before = bare.fingerprint();
        for (ObjectType type : List.of(ObjectType.TCB, ObjectType.ENDPOINT, ObjectType.CNODE, ObjectType.PAGE_TABLE)) {
            assertEquals(Refusal.WRONG_KIND, bare.allocate(MemoryKind.DEVICE, type, 4));
            assertEquals(Refusal.WRONG_KIND, bare.allocate(MemoryKind.DEVICE_RAM, type, 4));
            assertEquals(Refusal.WRONG_KIND, bare.allocateAt(type, 4, 0x200_0000));
        }
        assertFalse(bare.kernel.hasFailed(), "the kernel was not asked");
        bare.kernel.heal();
        assertEquals(before, bare.fingerprint());
        assertTrue(bare.allocate(MemoryKind.DEVICE, ObjectType.SMALL_PAGE, 0) > 0);
        assertTrue(bare.allocate(MemoryKind.DEVICE_RAM, ObjectType.UNTYPED, 6) > 0);
    }

    /** 14: nobody could say how many bytes of book-keeping work needs. Here it is a figure a block. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void defect14BookKeepingIsKnownBeforehand(Kind kind) {
        int frames = 1 << 10;
        // arena: a record for 16 children, and a table for the arenas of an arena; split: 64 bytes for two halves
        int bytes = kind == Kind.ARENA ? 17 : kind == Kind.TWINKLE ? 0 : 64;
        int pages = 3 + (frames * bytes + 4031) / 4032;
        BareManager bare = new BareManager(kind, List.of(new Block(0x100_0000, 22, MemoryKind.KERNEL)), 14, pages);
        for (int i = 0; i < frames; i++) {
            assertTrue(bare.allocate(ObjectType.SMALL_PAGE, 0) > 0, "frame " + i + " of " + frames);
        }
    }
}
