package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapException;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.lab.workload.XorShift;
import org.allocman.sim.kernel.Slots;
import org.allocman.testkit.contract.VkaContract;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.QuotaVka;
import org.junit.jupiter.api.Test;

/** An allocator with a large quota keeps the contract of a {@code Vka}; one with a small quota keeps within it, exactly. */
class QuotaVkaTest extends VkaContract {
    private static final long MUCH = 1L << 40;

    private static final int ENDPOINT = 16;

    private final PlainMachine machine = machine();

    private final FaultyKernel kernel = new FaultyKernel(machine.kernel());

    private static PlainMachine machine() {
        return PlainMachine.of(Architecture.X86_64, 12, 1 << 17)
                .untyped(0x100_0000, 17, false)
                .untyped(0x200_0000, 14, true)
                .build();
    }

    private static Allocman manager(PlainMachine machine, Kernel kernel) {
        return Bootstrap.inCurrentCSpace(
                        kernel,
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .getOrElseThrow(BootstrapException::new);
    }

    @Override
    protected Subject subject(UnaryOperator<Kernel> wrapper) {
        PlainMachine fresh = machine();
        Allocman allocman = manager(fresh, wrapper.apply(fresh.kernel()));
        ManagerInvariants laws =
                new ManagerInvariants(allocman, new Slots(fresh.memory().words(), Architecture.X86_64), fresh.cnode());
        return new Subject(
                new QuotaVka(new AllocmanVka(allocman), MUCH, MUCH),
                fresh.bootInfo().untypeds(),
                true,
                laws::check,
                fresh.memory()::fingerprint);
    }

    private QuotaVka quota(long bytes, long slots) {
        return new QuotaVka(new AllocmanVka(manager(machine, kernel)), bytes, slots);
    }

    private static void isLeft(QuotaVka vka, long bytes, long slots) {
        assertEquals(bytes, vka.bytesLeft());
        assertEquals(slots, vka.slotsLeft());
    }

    private static void refused(Reason reason, Either<VkaError, ?> answer) {
        assertEquals(reason, answer.swap().map(VkaError::reason).getOrNull());
    }

    @Test
    void bytesRunOutExactly() {
        QuotaVka vka = quota(3 * ENDPOINT, 100);
        VkaObject first = vka.endpoint().get();
        VkaObject second = vka.endpoint().get();
        isLeft(vka, ENDPOINT, 98);
        refused(Reason.OVER_QUOTA, vka.untyped(5));
        refused(Reason.OVER_QUOTA, vka.untypedAt(5, 0x100_0000));
        refused(Reason.OVER_QUOTA, vka.untypedMaybeDevice(5));
        VkaObject third = vka.untyped(4).get();
        refused(Reason.OVER_QUOTA, vka.endpoint());
        isLeft(vka, 0, 97);
        for (VkaObject object : List.of(first, second, third)) {
            vka.freeOrThrow(object);
        }
        isLeft(vka, 3 * ENDPOINT, 100);
    }

    @Test
    void slotsRunOutExactly() {
        QuotaVka vka = quota(MUCH, 3);
        VkaObject tcb = vka.tcb().get();
        CapPath slot = vka.allocateSlot().get();
        CapPath other = vka.allocateSlot().get();
        isLeft(vka, MUCH - 2048, 0);
        refused(Reason.OVER_QUOTA, vka.tcb());
        refused(Reason.OVER_QUOTA, vka.allocateSlot());
        VkaObject placed = vka.allocateInto(slot, ObjectType.TCB, 0).get();
        VkaObject there =
                vka.allocateIntoAt(other, ObjectType.SMALL_PAGE, 0, 0x200_0000).get();
        isLeft(vka, MUCH - 2 * 2048 - 4096, 0);
        refused(Reason.STALE_HANDLE, vka.allocateInto(vka.path(tcb.cptr()), ObjectType.TCB, 0));
        refused(Reason.STALE_HANDLE, vka.allocateIntoAt(vka.path(1), ObjectType.TCB, 0, 0x100_0000));
        vka.freeOrThrow(there);
        vka.freeOrThrow(placed);
        isLeft(vka, MUCH - 2048, 0);
        vka.freeSlotOrThrow(slot);
        isLeft(vka, MUCH - 2048, 1);
        assertEquals(Reason.STALE_HANDLE, vka.freeSlot(slot).get().reason());
        vka.freeOrThrow(tcb);
        vka.freeSlotOrThrow(other);
        isLeft(vka, MUCH, 3);
    }

    /** What the allocator behind it refuses costs nothing; a free that the kernel refuses brings nothing. */
    @Test
    void whatIsRefusedBehindCostsNothing() {
        QuotaVka vka = quota(MUCH, 100);
        refused(Reason.OUT_OF_UNTYPED, vka.untyped(20));
        refused(Reason.ILLEGAL_SIZE, vka.untyped(70));
        refused(Reason.ILLEGAL_SIZE, vka.cnode(0));
        refused(Reason.UNKNOWN_TYPE, vka.section());
        isLeft(vka, MUCH, 100);
        VkaObject tcb = vka.tcb().get();
        CapPath slot = vka.allocateSlot().get();
        kernel.failAt(1, true);
        refused(Reason.KERNEL_REFUSED, vka.tcb());
        assertEquals(Reason.KERNEL_REFUSED, vka.free(tcb).get().reason());
        assertEquals(Reason.KERNEL_REFUSED, vka.freeSlot(slot).get().reason());
        isLeft(vka, MUCH - 2048, 98);
        kernel.heal();
        vka.freeOrThrow(tcb);
        assertEquals(Reason.STALE_HANDLE, vka.free(tcb).get().reason());
        vka.freeSlotOrThrow(slot);
        isLeft(vka, MUCH, 100);
    }

    @Test
    void clientsCannotFreeEachOthersObjects() {
        AllocmanVka shared = new AllocmanVka(manager(machine, kernel));
        QuotaVka one = new QuotaVka(shared, 4096, 10);
        QuotaVka other = new QuotaVka(shared, 4096, 10);
        VkaObject tcb = one.tcb().get();
        CapPath slot = one.allocateSlot().get();
        assertEquals(Reason.FOREIGN_HANDLE, other.free(tcb).get().reason());
        refused(Reason.FOREIGN_HANDLE, other.physicalAddress(tcb));
        assertEquals(Reason.STALE_HANDLE, other.freeSlot(slot).get().reason());
        isLeft(one, 2048, 8);
        isLeft(other, 4096, 10);
        one.freeOrThrow(tcb);
        one.freeSlotOrThrow(slot);
    }

    /** What is given back behind counts until it is noticed: when it is given back here, or when a request would be too much. */
    @Test
    void whatIsGivenBackBehindCountsNoMoreWhenItIsNoticed() {
        AllocmanVka shared = new AllocmanVka(manager(machine, kernel));
        QuotaVka vka = new QuotaVka(shared, 3 * ENDPOINT, 4);
        VkaObject first = vka.endpoint().get();
        VkaObject second = vka.endpoint().get();
        VkaObject third = vka.endpoint().get();
        shared.freeOrThrow(first);
        isLeft(vka, 0, 1);
        assertEquals(Reason.STALE_HANDLE, vka.free(first).get().reason());
        isLeft(vka, ENDPOINT, 2);
        VkaObject again = vka.endpoint().get();
        shared.freeOrThrow(second);
        isLeft(vka, 0, 1);
        kernel.failAt(1, true);
        refused(Reason.KERNEL_REFUSED, vka.endpoint());
        assertEquals(Reason.KERNEL_REFUSED, vka.free(third).get().reason());
        kernel.heal();
        isLeft(vka, ENDPOINT, 2);
        VkaObject last = vka.endpoint().get();
        isLeft(vka, 0, 1);
        refused(Reason.OVER_QUOTA, vka.endpoint());
        CapPath slot = vka.allocateSlot().get();
        shared.freeOrThrow(again);
        CapPath other = vka.allocateSlot().get();
        isLeft(vka, ENDPOINT, 0);
        shared.freeSlotOrThrow(other);
        assertEquals(Reason.STALE_HANDLE, vka.freeSlot(other).get().reason());
        isLeft(vka, ENDPOINT, 1);
        vka.freeSlotOrThrow(slot);
        vka.freeOrThrow(third);
        vka.freeOrThrow(last);
        isLeft(vka, 3 * ENDPOINT, 4);
    }

    @Test
    void whatIsNotUsedCanBeTransferred() {
        QuotaVka one = quota(100, 10);
        QuotaVka other = new QuotaVka(one, Long.MAX_VALUE - 50, 0);
        VkaObject endpoint = one.endpoint().get();
        assertEquals(Reason.OVER_QUOTA, one.transfer(other, 85, 1).get().reason(), "not so much is left");
        assertEquals(Reason.OVER_QUOTA, one.transfer(other, 1, 10).get().reason(), "not so many slots are left");
        assertEquals(Reason.OVER_QUOTA, one.transfer(other, 51, 0).get().reason(), "2^63 bytes");
        assertEquals(Reason.ILLEGAL_SIZE, one.transfer(other, -1, 0).get().reason());
        assertEquals(Reason.ILLEGAL_SIZE, one.transfer(other, 0, -1).get().reason());
        isLeft(one, 84, 9);
        isLeft(other, Long.MAX_VALUE - 50, 0);
        assertEquals(Option.none(), one.transfer(other, 50, 9));
        assertEquals(Option.none(), one.transfer(one, 34, 0));
        isLeft(one, 34, 0);
        isLeft(other, Long.MAX_VALUE, 9);
        one.freeOrThrow(endpoint);
        isLeft(one, 50, 1);
        assertThrows(IllegalArgumentException.class, () -> new QuotaVka(one, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new QuotaVka(one, 0, -1));
    }

    /** Random work with a kernel that refuses now and then: what is left is always the quota less what is held. */
    @Test
    void whatIsLeftIsTheQuotaLessWhatIsHeld() {
        long most = 20_000;
        int overQuota = 0;
        for (int seed = 1; seed <= 20; seed++) {
            PlainMachine fresh = machine();
            FaultyKernel faulty = new FaultyKernel(fresh.kernel());
            QuotaVka vka = new QuotaVka(new AllocmanVka(manager(fresh, faulty)), most, 12);
            XorShift random = new XorShift(seed);
            List<VkaObject> live = new ArrayList<>();
            faulty.failSome(seed, 10);
            for (int i = 0; i < 300; i++) {
                if (random.below(3) > 0 || live.isEmpty()) {
                    Either<VkaError, VkaObject> answer = vka.untyped(4 + random.below(10));
                    answer.forEach(live::add);
                    overQuota += answer.isLeft() && answer.getLeft().reason() == Reason.OVER_QUOTA ? 1 : 0;
                } else {
                    VkaObject object = live.get(random.below(live.size()));
                    if (vka.free(object).isEmpty()) {
                        live.remove(object);
                    }
                }
                long held = live.stream()
                        .mapToLong(object -> 1L << object.sizeBits())
                        .sum();
                isLeft(vka, most - held, 12 - live.size());
            }
            faulty.heal();
            live.forEach(vka::freeOrThrow);
            isLeft(vka, most, 12);
        }
        assertTrue(overQuota > 100, "the quota was the limit " + overQuota + " times");
    }
}
