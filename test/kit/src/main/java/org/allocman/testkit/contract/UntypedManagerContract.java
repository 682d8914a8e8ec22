package org.allocman.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.Requester;
import org.allocman.untyped.SlotRuns;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/**
 * What an {@link UntypedManager} has to do: objects where and of what they were asked for, no byte in two of them, every
 * refusal for a reason and without a trace, handles that are checked, and all of it back in the end.
 */
public abstract class UntypedManagerContract extends UntypedAllocationContract {
    private static final int SEEDS = 6;
    private static final int MOST_FAULTS = 200;

    /** For those who extend it. */
    protected UntypedManagerContract() {}

    @Test
    void whatIsFreedKeepsItsKind() {
        Subject subject = subject();
        if (!subject.givesBack()) {
            return;
        }
        for (MemoryKind kind : MemoryKind.values()) {
            for (Block block : subject.blocks(kind)) {
                long handle = got(subject.allocateAt(ObjectType.UNTYPED, 12, block.paddr()));
                assertEquals(0, subject.manager().free(handle));
            }
        }
        for (MemoryKind kind : MemoryKind.values()) {
            for (long handle = subject.allocate(kind, ObjectType.UNTYPED, 12);
                    handle > 0;
                    handle = subject.allocate(kind, ObjectType.UNTYPED, 12)) {
                long paddr = subject.manager().physicalAddress(handle);
                assertTrue(subject.blocks(kind).stream().anyMatch(block -> block.holds(paddr)), kind.text());
            }
        }
    }

    @Test
    void handlesAreChecked() {
        Subject subject = subject();
        long keeper = got(subject.allocate(MemoryKind.KERNEL, ObjectType.ENDPOINT, 0));
        long handle = got(subject.allocate(MemoryKind.KERNEL, ObjectType.ENDPOINT, 0));
        Object before = subject.state().get();
        assertTrue(subject.manager().free(0) < 0);
        assertTrue(subject.manager().free(-1) < 0);
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            long made = i < 63 ? handle ^ 1L << i : random.nextLong();
            if (made != handle && made != keeper) {
                assertTrue(subject.manager().free(made) < 0, "a made-up handle: " + made);
            }
        }
        assertEquals(before, subject.state().get(), "a refusal leaves no trace");
        if (!subject.givesBack()) {
            assertEquals(Refusal.ALLOCATE_ONLY, subject.manager().free(handle));
            return;
        }
        long paddr = subject.manager().physicalAddress(handle);
        assertEquals(0, subject.manager().free(handle));
        assertEquals(Refusal.STALE_HANDLE, subject.manager().free(handle), "a second time");
        long now = got(subject.allocateAt(ObjectType.ENDPOINT, 0, paddr));
        assertNotEquals(handle, now);
        assertEquals(Refusal.STALE_HANDLE, subject.manager().free(handle), "the memory is somebody else's now");
        assertEquals(0, subject.manager().check(now));
        assertEquals(0, subject.manager().check(keeper));
        lawsHold(subject);
    }

    @Test
    void whatIsFreedIsWholeAgain() {
        for (int order = 0; order < 3; order++) {
            Subject subject = subject();
            if (!subject.givesBack()) {
                return;
            }
            List<Long> handles = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                MemoryKind kind = MemoryKind.values()[i % 2];
                long handle = subject.allocate(kind, ObjectType.UNTYPED, 4 + i % 9);
                if (handle > 0) {
                    handles.add(handle);
                }
            }
            assertTrue(handles.size() > 8);
            if (order == 1) {
                Collections.reverse(handles);
            } else if (order == 2) {
                Collections.shuffle(handles, new Random(2));
            }
            for (long handle : handles) {
                assertEquals(0, subject.manager().free(handle));
                lawsHold(subject);
            }
            isWhole(subject);
        }
    }

    private static void isWhole(Subject subject) {
        subject.manager().trim();
        assertEquals(0, subject.manager().liveObjects());
        for (Block block : subject.blocks()) {
            long handle = got(subject.allocateAt(ObjectType.UNTYPED, block.sizeBits(), block.paddr()));
            assertEquals(0, subject.manager().free(handle));
        }
        subject.manager().trim();
        lawsHold(subject);
    }

    /** A copy of the capability keeps the kernel's memory busy, unless free takes it along. */
    @Test
    void freeTakesCopiesAlong() {
        Subject subject = subject();
        if (!subject.givesBack()) {
            return;
        }
        SlotRuns slots = subject.slots();
        long spare = slots.takeRun(1, Requester.CLIENT);
        int depth = slots.depth();
        Block block = subject.first(MemoryKind.KERNEL);
        for (int i = 0; i < 3; i++) {
            long handle = got(subject.allocateAt(ObjectType.ENDPOINT, 0, block.paddr()));
            long slot = subject.manager().slot(handle);
            assertEquals(
                    KernelError.NO_ERROR,
                    subject.kernel()
                            .copy(
                                    new CapPath(slots.root(), spare, depth),
                                    new CapPath(slots.root(), slot, depth),
                                    CapRights.ALL));
            assertEquals(0, subject.manager().free(handle));
            assertTrue(
                    subject.kernel()
                            .copy(
                                    new CapPath(slots.root(), slot, depth),
                                    new CapPath(slots.root(), spare, depth),
                                    CapRights.ALL)
                            .failed(),
                    "the copy is gone");
            lawsHold(subject);
        }
        slots.giveBackRun(spare, 1);
        isWhole(subject);
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
        assertEquals(1, faulty.size(), "one kernel stands before the manager's");
        FaultyKernel wrapper = faulty.get(0);
        faults.accept(wrapper);
        List<Long> handles = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int bits = new int[] {4, 9, 12, 4, 11, 13, 5, 4}[i];
            long handle = subject.allocate(i == 4 ? MemoryKind.DEVICE : MemoryKind.KERNEL, ObjectType.UNTYPED, bits);
            if (handle > 0) {
                handles.add(handle);
            }
            lawsHold(subject);
        }
        for (int i = 0; subject.givesBack() && i < handles.size(); i++) {
            long answer = subject.manager().free(handles.get(i));
            if (answer == 0) {
                handles.remove(i--);
            } else {
                assertTrue(Refusal.isKernel(answer), "a free is refused by the kernel alone");
                assertEquals(0, subject.manager().check(handles.get(i)), "and can be tried again");
            }
            lawsHold(subject);
        }
        boolean failed = wrapper.hasFailed();
        wrapper.heal();
        for (long handle : handles) {
            assertEquals(
                    subject.givesBack() ? 0 : Refusal.ALLOCATE_ONLY,
                    subject.manager().free(handle));
        }
        if (subject.givesBack()) {
            isWhole(subject);
            assertEquals(slotsLeft(subject()), slotsLeft(subject), () -> "slots, after " + how);
        }
        return failed;
    }

    private static long slotsLeft(Subject subject) {
        List<Long> taken = new ArrayList<>();
        for (long slot = subject.slots().takeRun(1, Requester.POOLS);
                slot != 0;
                slot = subject.slots().takeRun(1, Requester.POOLS)) {
            taken.add(slot);
        }
        taken.forEach(slot -> subject.slots().giveBackRun(slot, 1));
        return taken.size();
    }

    @Test
    void theSameWorkEndsTheSame() {
        List<Object> ends = new ArrayList<>();
        for (int turn = 0; turn < 2; turn++) {
            Subject subject = subject();
            for (int i = 0; i < 20; i++) {
                long handle = subject.allocate(MemoryKind.KERNEL, ObjectType.UNTYPED, 4 + i % 7);
                if (subject.givesBack() && i % 3 == 0 && handle > 0) {
                    assertEquals(0, subject.manager().free(handle));
                }
            }
            ends.add(subject.state().get());
        }
        assertEquals(ends.get(0), ends.get(1));
    }
}
