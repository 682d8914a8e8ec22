package org.allocman.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaException;
import org.allocman.vka.VkaLease;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Test;

/**
 * What a {@link Vka} has to do: objects of the size, at the place and of the memory that were asked for; refusals that say
 * why, and change nothing; handles that are checked; and nothing lost, whatever the kernel refuses.
 */
public abstract class VkaContract extends VkaSubjects {
    private static final Set<Reason> EXPECTED =
            Set.of(Reason.KERNEL_REFUSED, Reason.OUT_OF_SLOTS, Reason.OUT_OF_BOOK_KEEPING);
    private static final int SEEDS = 6;
    private static final int MOST_FAULTS = 400;
    private static final Set<Reason> EXHAUSTED =
            Set.of(Reason.OUT_OF_UNTYPED, Reason.OUT_OF_SLOTS, Reason.OUT_OF_BOOK_KEEPING);

    /** For those who extend it. */
    protected VkaContract() {}

    @Test
    void everySmallTypeCanBeHad() {
        Subject subject = subject();
        Vka vka = subject.vka();
        TreeMap<Long, Long> ends = new TreeMap<>();
        Set<Long> slots = new HashSet<>();
        for (int turn = 0; turn < 3; turn++) {
            for (ObjectType type : ObjectType.values()) {
                int size = type == ObjectType.UNTYPED ? 4 + turn : 1 + turn;
                if (!vka.architecture().has(type) || vka.architecture().sizeBits(type, size) > 13) {
                    continue;
                }
                Either<VkaError, VkaObject> answer = vka.allocate(type, size);
                if (answer.isLeft()) {
                    assertTrue(EXHAUSTED.contains(answer.getLeft().reason()), () -> "refused: " + answer.getLeft());
                    continue;
                }
                VkaObject object = answer.get();
                assertEquals(type, object.type());
                assertEquals(vka.architecture().sizeBits(type, size), object.sizeBits());
                assertTrue(slots.add(object.cptr()), "each has a slot of its own");
                long paddr = vka.physicalAddress(object).get();
                assertEquals(0, paddr & (1L << object.sizeBits()) - 1, "aligned");
                isInNormalMemory(subject, paddr);
                Map.Entry<Long, Long> below = ends.lowerEntry(paddr + (1L << object.sizeBits()));
                assertTrue(below == null || below.getValue() <= paddr, "overlaps the object below");
                ends.put(paddr, paddr + (1L << object.sizeBits()));
                lawsHold(subject);
            }
        }
        assertTrue(ends.size() > 4);
    }

    private static void isInNormalMemory(Subject subject, long paddr) {
        assertTrue(
                subject.untypeds().stream()
                        .anyMatch(untyped -> !untyped.device() && paddr - untyped.paddr() >>> untyped.sizeBits() == 0),
                () -> "0x" + Long.toHexString(paddr) + " is normal memory that is managed");
    }

    @Test
    void requestsForWhatThereIsNotAreRefused() {
        Subject subject = subject();
        Vka vka = subject.vka();
        Object before = subject.state().get();
        for (ObjectType type : ObjectType.values()) {
            if (!vka.architecture().has(type)) {
                refused(Reason.UNKNOWN_TYPE, vka.allocate(type, 0));
                refused(Reason.UNKNOWN_TYPE, vka.allocateAt(type, 0, 0));
                refused(Reason.UNKNOWN_TYPE, vka.allocateMaybeDevice(type, 0));
            }
        }
        for (int bits : new int[] {Integer.MIN_VALUE, -1, 0, 3, 63, 64, Integer.MAX_VALUE}) {
            refused(Reason.ILLEGAL_SIZE, vka.untyped(bits));
        }
        for (int radix : new int[] {Integer.MIN_VALUE, -1, 0, 63, 64, Integer.MAX_VALUE}) {
            refused(Reason.ILLEGAL_SIZE, vka.cnode(radix));
        }
        assertEquals(before, subject.state().get(), "a refusal leaves no trace");
        lawsHold(subject);
    }

    @Test
    void anObjectIsAtTheAddressThatWasAskedFor() {
        Subject subject = subject();
        Vka vka = subject.vka();
        int page = vka.architecture().sizeBits(ObjectType.SMALL_PAGE, 0);
        Set<Untyped> places = new HashSet<>(List.of(largest(subject)));
        subject.untypeds().stream()
                .filter(untyped -> untyped.device() && untyped.sizeBits() >= page)
                .findFirst()
                .ifPresent(places::add);
        for (Untyped untyped : places) {
            long paddr = untyped.paddr();
            Object before = subject.state().get();
            refused(Reason.UNALIGNED, vka.frameAt(page, paddr + 16));
            if (untyped.device()) {
                refused(Reason.WRONG_KIND, vka.allocateAt(ObjectType.TCB, 0, paddr));
            }
            assertEquals(before, subject.state().get(), "a refusal leaves no trace");
            VkaObject frame = got(vka.frameAt(page, paddr));
            assertEquals(paddr, vka.physicalAddress(frame).get());
            refused(Reason.IN_USE, vka.frameAt(page, paddr));
            refused(Reason.IN_USE, vka.allocateAt(ObjectType.UNTYPED, 4, paddr + 16));
            lawsHold(subject);
            if (subject.givesBack()) {
                freed(vka.free(frame));
                frame = got(vka.frameAt(page, paddr));
                freed(vka.free(frame));
            }
        }
        for (long nowhere : new long[] {0, 1L << 46, -1L << page, Long.MIN_VALUE}) {
            if (subject.untypeds().stream()
                    .noneMatch(untyped -> nowhere - untyped.paddr() >>> untyped.sizeBits() == 0)) {
                refused(Reason.NOT_MANAGED, vka.frameAt(page, nowhere));
            }
        }
    }

    @Test
    void handlesAreChecked() {
        Subject subject = subject();
        Vka vka = subject.vka();
        VkaObject keeper = got(vka.endpoint());
        VkaObject object = got(vka.endpoint());
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long made = object.handle() ^ 1L << bit;
            if (made != keeper.handle()) {
                VkaObject forged = new VkaObject(object.type(), object.sizeBits(), object.cptr(), made);
                assertTrue(vka.free(forged).isDefined(), "a made-up handle");
            }
        }
        if (subject.givesBack()) {
            freed(vka.free(object));
            assertEquals(
                    Reason.STALE_HANDLE, vka.free(object).map(VkaError::reason).getOrNull(), "a second time");
            assertTrue(vka.physicalAddress(object).isLeft(), "it is gone");
            VkaObject now = got(vka.endpoint());
            assertTrue(vka.free(object).isDefined(), "the memory is somebody else's now");
            assertTrue(vka.physicalAddress(now).isRight());
        } else {
            assertEquals(Reason.ALLOCATE_ONLY, vka.free(object).get().reason());
        }
        assertTrue(vka.physicalAddress(keeper).isRight());
        lawsHold(subject);
    }

    @Test
    void slotsAreTakenAndGivenBack() {
        Subject subject = subject();
        Vka vka = subject.vka();
        List<CapPath> slots = new ArrayList<>();
        Set<CapPath> different = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            CapPath slot = vka.allocateSlot().get();
            slots.add(slot);
            assertTrue(different.add(slot), "handed out twice");
            assertEquals(slot, vka.path(slot.index()));
        }
        VkaObject object = got(vka.endpoint());
        assertFalse(different.contains(vka.path(object.cptr())), "an object's slot is its own");
        assertTrue(vka.freeSlot(vka.path(object.cptr())).isDefined(), "and not the user's to give back");
        for (CapPath slot : slots) {
            freed(vka.freeSlot(slot));
            assertTrue(vka.freeSlot(slot).isDefined(), "a second time");
        }
        lawsHold(subject);
    }

    @Test
    void devicesOrNotNormalMemoryWillDo() {
        Subject subject = subject();
        int page = subject.vka().architecture().sizeBits(ObjectType.SMALL_PAGE, 0);
        long pages = 0;
        for (Untyped untyped : subject.untypeds()) {
            pages += untyped.device() ? 0 : 1L << Math.max(0, untyped.sizeBits() - page - 1);
        }
        for (int i = 0; i < Math.min(16, pages / 2); i++) {
            got(subject.vka().allocateMaybeDevice(ObjectType.SMALL_PAGE, 0));
            got(subject.vka().allocateMaybeDevice(ObjectType.ENDPOINT, 0));
            lawsHold(subject);
        }
    }

    @Test
    void allCanBeHadAgainAfterAllWasGivenBack() {
        Subject subject = subject();
        if (!subject.givesBack()) {
            return;
        }
        List<Integer> had = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            List<VkaObject> objects = new ArrayList<>();
            Either<VkaError, VkaObject> answer = subject.vka().untyped(10);
            while (answer.isRight() && objects.size() < 5_000) {
                objects.add(answer.get());
                answer = subject.vka().untyped(10);
            }
            if (answer.isLeft()) {
                assertTrue(EXHAUSTED.contains(answer.getLeft().reason()), answer.getLeft()::toString);
            }
            lawsHold(subject);
            had.add(objects.size());
            for (int odd = 0; odd < 2; odd++) {
                for (int i = odd; i < objects.size(); i += 2) {
                    freed(subject.vka().free(objects.get(i)));
                }
            }
            lawsHold(subject);
        }
        assertTrue(had.get(0) > 0);
        // pools that grew for the first turn have grown for the third
        assertTrue(had.get(2) >= had.get(0), () -> "objects of 1 KiB in each turn: " + had);
        hasLargestBlock(subject);
    }

    /** A block of half the largest untyped: the pools may have kept something of the whole. */
    private static void hasLargestBlock(Subject subject) {
        freed(subject.vka().free(got(subject.vka().untyped(largest(subject).sizeBits() - 1))));
    }

    @Test
    void aLeaseEndsWithItsBlock() {
        Subject subject = subject();
        if (!subject.givesBack()) {
            return;
        }
        VkaObject object;
        try (VkaLease lease = subject.vka().lease(ObjectType.TCB, 0)) {
            object = lease.object();
            assertTrue(subject.vka().physicalAddress(object).isRight());
        }
        assertTrue(subject.vka().physicalAddress(object).isLeft());
        assertThrows(
                VkaException.class,
                () -> subject.vka().lease(ObjectType.UNTYPED, 3).close());
        assertNotNull(subject.vka().leaky().endpoint().get());
    }

    @Test
    void aRefusalOfTheKernelLosesNothing() {
        for (boolean forEver : new boolean[] {false, true}) {
            boolean failed = true;
            for (int n = 1; failed; n++) {
                assertTrue(n < MOST_FAULTS, "a few allocations take so many invocations");
                int fault = n;
                failed = run("a fault at " + n, kernel -> kernel.failAt(fault, forEver));
            }
        }
    }

    @Test
    void someRefusalsOfTheKernelLoseNothing() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            int some = seed;
            run("seed " + seed, kernel -> kernel.failSome(some, 10 * some));
        }
    }

    private boolean run(String how, Consumer<FaultyKernel> faults) {
        List<FaultyKernel> faulty = new ArrayList<>();
        Subject subject = subject(kernel -> {
            FaultyKernel wrapper = new FaultyKernel(kernel);
            faulty.add(wrapper);
            return wrapper;
        });
        faulty.forEach(faults);
        Architecture architecture = subject.vka().architecture();
        List<VkaObject> objects = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ObjectType type = new ObjectType[] {
                        ObjectType.ENDPOINT,
                        ObjectType.TCB,
                        architecture.frames().get(0)
                    }
                    [i % 3];
            Either<VkaError, VkaObject> answer = subject.vka().allocate(type, 0);
            if (answer.isRight()) {
                objects.add(answer.get());
            } else {
                // an allocator that could not grow is short of what it grows
                assertTrue(EXPECTED.contains(answer.getLeft().reason()), answer.getLeft()::toString);
            }
            lawsHold(subject);
        }
        boolean failed = faulty.stream().anyMatch(FaultyKernel::hasFailed);
        faulty.forEach(FaultyKernel::heal);
        if (subject.givesBack()) {
            objects.forEach(object -> assertEquals(Option.none(), subject.vka().free(object), how));
            lawsHold(subject);
            hasLargestBlock(subject);
        }
        got(subject.vka().endpoint());
        lawsHold(subject);
        return failed;
    }

    @Test
    void theSameWorkEndsTheSame() {
        List<Object> ends = new ArrayList<>();
        List<List<VkaObject>> objects = new ArrayList<>();
        for (int turn = 0; turn < 2; turn++) {
            Subject subject = subject();
            List<VkaObject> live = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                live.add(got(subject.vka().untyped(4 + i % 5)));
                if (subject.givesBack() && i % 3 == 2) {
                    freed(subject.vka().free(live.remove(i / 2 % live.size())));
                }
            }
            ends.add(subject.state().get());
            objects.add(live);
        }
        assertEquals(objects.get(0), objects.get(1));
        assertEquals(ends.get(0), ends.get(1));
    }
}
