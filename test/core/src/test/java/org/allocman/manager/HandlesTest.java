package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaException;
import org.allocman.vka.VkaLease;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Bad requests and bad handles: an error that says what was wrong, and nothing has changed. */
class HandlesTest {
    private final PlainMachine machine = PlainMachine.of(Architecture.X86_64, 12, 1 << 17)
            .untyped(0x1000_0000, 22, false)
            .untyped(0x2000_0000, 16, true)
            .build();
    private final Allocman allocman = Bootstrap.inCurrentCSpace(
                    machine.kernel(),
                    machine.rootMemory(),
                    machine.bootInfo(),
                    BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
            .get();
    private final AllocmanVka vka = new AllocmanVka(allocman);

    private void refused(Reason reason, String words, Either<VkaError, ?> answer) {
        assertTrue(answer.isLeft(), "expected a refusal, not " + answer);
        assertEquals(reason, answer.getLeft().reason());
        assertTrue(answer.getLeft().toString().contains(words), answer.getLeft().toString());
    }

    private void refused(Reason reason, Option<VkaError> answer) {
        assertEquals(reason, answer.get().reason(), answer.get().toString());
    }

    @Test
    void badRequestsAreRefusedBeforeAnythingMoves() {
        Fingerprint before = machine.memory().fingerprint();
        refused(Reason.UNKNOWN_TYPE, "section", vka.allocate(ObjectType.SECTION, 0));
        refused(Reason.ILLEGAL_SIZE, "4 to 47", vka.untyped(3));
        refused(Reason.ILLEGAL_SIZE, "4 to 47", vka.untyped(48));
        refused(Reason.ILLEGAL_SIZE, "4 to 47", vka.untyped(-1));
        refused(Reason.ILLEGAL_SIZE, "1 to 42", vka.cnode(0));
        refused(Reason.ILLEGAL_SIZE, "1 to 42", vka.cnode(Integer.MAX_VALUE));
        refused(Reason.ILLEGAL_SIZE, "2^13", vka.frame(13));
        refused(Reason.UNALIGNED, "0x10000010", vka.frameAt(12, 0x1000_0010));
        refused(Reason.NOT_MANAGED, "0x0", vka.frameAt(12, 0));
        refused(Reason.NOT_MANAGED, "0xfffffffffffff000", vka.frameAt(12, -4096));
        refused(Reason.NOT_MANAGED, "0x10000000", vka.allocateAt(ObjectType.UNTYPED, 23, 0x1000_0000));
        refused(Reason.WRONG_KIND, "frames and untypeds", vka.allocateAt(ObjectType.TCB, 0, 0x2000_0000));
        refused(Reason.OUT_OF_UNTYPED, "2^22", vka.untyped(23));
        assertEquals(before, machine.memory().fingerprint());
    }

    @Test
    void aHandleIsGoodOnce() {
        VkaObject first = vka.endpoint().get();
        VkaObject keeper = vka.endpoint().get();
        assertEquals(Option.none(), vka.free(first));
        refused(Reason.STALE_HANDLE, vka.free(first));
        VkaObject second = vka.endpoint().get();
        assertEquals(first.cptr(), second.cptr(), "the same place is used again");
        Fingerprint before = machine.memory().fingerprint();
        refused(Reason.STALE_HANDLE, vka.free(first));
        assertTrue(vka.physicalAddress(first).isLeft());
        assertEquals(before, machine.memory().fingerprint());
        assertEquals(Option.none(), vka.free(second));
        assertEquals(Option.none(), vka.free(keeper));
    }

    @Test
    void madeUpHandlesAreRefused() {
        VkaObject good = vka.tcb().get();
        Fingerprint before = machine.memory().fingerprint();
        for (long handle :
                new long[] {0, -1, 1, 1L << 60, Long.MIN_VALUE, good.handle() ^ 1, good.handle() + (1 << 16)}) {
            VkaObject made = new VkaObject(ObjectType.TCB, good.sizeBits(), good.cptr(), handle);
            assertTrue(vka.free(made).isDefined(), "handle " + handle);
        }
        refused(Reason.FOREIGN_HANDLE, vka.free(new VkaObject(ObjectType.TCB, 12, good.cptr(), good.handle())));
        refused(Reason.FOREIGN_HANDLE, vka.free(new VkaObject(ObjectType.TCB, 11, 99, good.handle())));
        assertEquals(before, machine.memory().fingerprint());
        assertEquals(Option.none(), vka.free(good));
    }

    @Test
    void freeingTakesEveryCopyOfTheCapability() {
        VkaObject endpoint = vka.endpoint().get();
        CapPath place = vka.allocateSlot().get();
        Assertions.assertFalse(machine.kernel()
                .mint(place, new CapPath(2, endpoint.cptr(), 64), CapRights.ALL, 7)
                .failed());
        assertEquals(Option.none(), vka.free(endpoint));
        Assertions.assertFalse(machine.kernel()
                .copy(new CapPath(place.root(), endpoint.cptr(), 64), new CapPath(2, place.index(), 64), CapRights.ALL)
                .toString()
                .startsWith("NoError"));
        assertEquals(Option.none(), vka.freeSlot(place));
    }

    @Test
    void slotsAreCheckedToo() {
        CapPath slot = vka.allocateSlot().get();
        assertEquals(Option.none(), vka.freeSlot(slot));
        refused(Reason.STALE_HANDLE, vka.freeSlot(slot));
        refused(Reason.FOREIGN_HANDLE, vka.freeSlot(new CapPath(77, slot.index(), 64)));
        refused(Reason.STALE_HANDLE, vka.freeSlot(new CapPath(2, 1, 64)));
        refused(Reason.STALE_HANDLE, vka.freeSlot(new CapPath(2, -1, 64)));
        VkaObject endpoint = vka.endpoint().get();
        refused(Reason.STALE_HANDLE, vka.freeSlot(new CapPath(2, endpoint.cptr(), 64)));
    }

    @Test
    void aLeaseGivesBackAtTheEnd() {
        long live = allocman.statistics().liveObjects();
        try (VkaLease lease = vka.lease(ObjectType.TCB, 0)) {
            assertEquals(ObjectType.TCB, lease.object().type());
            assertEquals(live + 1, allocman.statistics().liveObjects());
        }
        assertEquals(live, allocman.statistics().liveObjects());
        VkaException none = Assertions.assertThrows(VkaException.class, () -> {
            try (VkaLease lease = vka.lease(ObjectType.UNTYPED, 40)) {
                Assertions.fail("no such block: " + lease.object());
            }
        });
        assertEquals(Reason.OUT_OF_UNTYPED, none.error().reason());
    }

    @Test
    void memoryOfThePoolsIsCheckedToo() {
        long address = allocman.memory().allocate(100);
        assertTrue(address > 0);
        assertTrue(allocman.memory().free(address + 64, 100) < 0);
        assertTrue(allocman.memory().free(address, 200) < 0);
        assertEquals(0, allocman.memory().free(address, 100));
        assertTrue(allocman.memory().free(address, 100) < 0);
        assertTrue(allocman.memory().allocate(0) < 0);
        assertTrue(allocman.memory().allocate(5000) < 0);
    }
}
