package org.allocman.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.allocman.check.resource.ResourceWorkload;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.resource.Placement;
import org.allocman.resource.ResourceRefusal;
import org.allocman.resource.ResourceType;
import org.allocman.resource.Stretch;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a {@link ResourceType} has to do: a unit has one owner or none; a refusal says why and changes nothing, and a run comes
 * as a whole or not at all; a release allocates nothing; nothing is kept in Java fields; finding a unit costs the same however
 * many there are; no object is made on the way to success.
 */
public abstract class ResourceTypeContract {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int FEW = 8;
    private static final int MANY = 64;
    private static final int SEEDS = 4;
    private static final int STEPS = 150;
    private static final int MOST_FAULTS = 200;
    private static final int WARM = 300;
    private static final int TURNS = 20;
    // an index of a level more, and a word that is looked at because the one before it is full
    private static final int MOST_TIMES = 3;

    /**
     * A resource type of which every unit is free.
     *
     * @param type the type
     * @param twin another object for the same type: a view of the same memory
     * @param owners two numbers or more that may own units, each of them all there are
     * @param stranger a number that is no owner's
     * @param work loads and stores of the type's own tables so far
     * @param state what lies in memory, in a form that is equal if the same does
     * @param makesObjects whether the units' memory comes through the friendly face, whose answers are objects
     * @param laws what else is broken, as sentences; empty if all is well
     */
    public record Subject(
            ResourceType type,
            ResourceType twin,
            List<Integer> owners,
            int stranger,
            LongSupplier work,
            Supplier<? extends Object> state,
            boolean makesObjects,
            Supplier<List<String>> laws) {}

    /** For those who extend it. */
    protected ResourceTypeContract() {}

    /**
     * Makes a resource type.
     *
     * @param units how many units it is to have, 8 to 64; it may have more
     * @param wrapper stands between the allocator beneath and its kernel; a type without a kernel leaves it alone
     * @return a fresh one
     */
    protected abstract Subject subject(int units, UnaryOperator<Kernel> wrapper);

    private Subject subject(int units) {
        return subject(units, kernel -> kernel);
    }

    private static void refused(ResourceRefusal reason, long answer) {
        assertTrue(answer < 0, () -> "should have been refused for " + reason + ", and is " + answer);
        assertEquals(reason, ResourceRefusal.of(answer));
    }

    private static List<Integer> owners(ResourceType type) {
        List<Integer> owners = new ArrayList<>();
        for (long unit = 0; unit < type.units(); unit++) {
            owners.add(type.owner(unit));
        }
        return owners;
    }

    private static void isSound(Subject subject) {
        assertEquals(owners(subject.type), owners(subject.twin), "another view of the same memory knows the same");
        assertEquals(List.of(), subject.laws.get());
    }

    @Test
    void unitsLieApartInStretches() {
        ResourceType type = subject(FEW).type;
        assertTrue(type.units() >= FEW && type.unitBytes() >= 1 && type.tableBytes() >= 0);
        assertFalse(type.unitName().isBlank());
        long next = 0;
        for (Stretch stretch : type.stretches()) {
            assertEquals(next, stretch.unit(), "stretches have every unit once, in order");
            assertFalse(stretch.name().isBlank());
            for (long i = 0; i < stretch.count(); i++) {
                assertEquals(stretch.start() + i * type.unitBytes(), type.address(stretch.unit() + i));
            }
            next += stretch.count();
        }
        assertEquals(type.units(), next, "stretches have every unit");
        long[] starts = new long[(int) type.units()];
        Arrays.setAll(starts, type::address);
        Arrays.sort(starts);
        for (int i = 1; i < starts.length; i++) {
            assertTrue(starts[i] - starts[i - 1] >= type.unitBytes(), "no two units overlap");
        }
    }

    @Test
    void aUnitHasOneOwner() {
        Subject subject = subject(FEW);
        ResourceType type = subject.type;
        int one = subject.owners.get(0);
        int other = subject.owners.get(1);
        assertNotEquals(type.ownerName(one), type.ownerName(other), "owners are told apart");
        for (long unit = 0; unit < type.units(); unit++) {
            assertEquals(ResourceType.NOBODY, type.owner(unit));
            assertEquals(unit, type.claimAt(type.address(unit), unit % 2 == 0 ? one : other));
            assertEquals(unit % 2 == 0 ? one : other, type.owner(unit));
            refused(ResourceRefusal.IN_USE, type.claimAt(type.address(unit), unit % 2 == 0 ? other : one));
            assertEquals(unit, type.claimAt(type.address(unit), type.owner(unit)), "whoever has it may claim it");
            isSound(subject);
        }
        List<Integer> before = owners(type);
        long half = (type.units() + 1) / 2;
        assertEquals(half, type.releaseAll(one), "as many as it had");
        for (int unit = 0; unit < type.units(); unit++) {
            assertEquals(unit % 2 == 0 ? ResourceType.NOBODY : before.get(unit), type.owner(unit));
        }
        assertEquals(0, type.releaseAll(one), "one that has nothing loses nothing");
        assertEquals(type.units() - half, type.releaseAll(other));
        isSound(subject);
    }

    @Test
    void aRefusalChangesNothing() {
        Subject subject = subject(FEW);
        ResourceType type = subject.type;
        int one = subject.owners.get(0);
        int other = subject.owners.get(1);
        assertEquals(0, type.claimAt(type.address(0), one));
        Object before = subject.state.get();
        long end = type.address(type.units() - 1) + type.unitBytes();
        refused(ResourceRefusal.IN_USE, type.claimAt(type.address(0), other));
        refused(ResourceRefusal.IN_USE, type.release(0, other));
        if (type.unitBytes() > 1) {
            refused(ResourceRefusal.UNALIGNED, type.claimAt(type.address(1) + 1, other));
        }
        for (long nowhere : new long[] {end, type.address(0) - type.unitBytes(), -type.unitBytes()}) {
            if (isNotListed(type, nowhere)) {
                refused(ResourceRefusal.NOT_LISTED, type.claimAt(nowhere, one));
            }
        }
        for (long none : new long[] {-1, type.units(), Long.MIN_VALUE, Long.MAX_VALUE}) {
            refused(ResourceRefusal.NOT_LISTED, type.release(none, one));
        }
        refused(ResourceRefusal.NO_SUCH_OWNER, type.claimAt(type.address(1), subject.stranger));
        refused(ResourceRefusal.NO_SUCH_OWNER, type.claimAny(subject.stranger));
        refused(ResourceRefusal.NO_SUCH_OWNER, type.release(0, subject.stranger));
        assertTrue(type.releaseAll(subject.stranger) <= 0, "a stranger has nothing");
        assertEquals(before, subject.state.get(), "a refusal leaves no trace");
        while (type.claimAny(other) >= 0) {
            assertTrue(owners(type).contains(other));
        }
        before = subject.state.get();
        refused(ResourceRefusal.EXHAUSTED, type.claimAny(one));
        assertEquals(before, subject.state.get(), "a refusal leaves no trace");
        isSound(subject);
    }

    private static boolean isNotListed(ResourceType type, long address) {
        return type.stretches().stream()
                .noneMatch(stretch ->
                        Long.compareUnsigned(address - stretch.start(), stretch.count() * type.unitBytes()) < 0);
    }

    @Test
    void aRunComesAsAWholeOrNotAtAll() {
        Subject subject = subject(FEW);
        ResourceType type = subject.type;
        int one = subject.owners.get(0);
        Object before = subject.state.get();
        for (long count : new long[] {0, -1, Long.MIN_VALUE, type.units() + 1, Long.MAX_VALUE}) {
            refused(ResourceRefusal.ILLEGAL_COUNT, type.claimRun(count, Placement.ANYWHERE, one));
        }
        refused(ResourceRefusal.NO_SUCH_OWNER, type.claimRun(2, Placement.ANYWHERE, subject.stranger));
        Stretch longest = type.stretches().stream()
                .max((left, right) -> Long.compare(left.count(), right.count()))
                .orElseThrow(() -> new AssertionError("there are units"));
        long bytes = type.unitBytes();
        Placement tooLow = new Placement(0, lowest(type) + bytes - 2, 1);
        refused(ResourceRefusal.EXHAUSTED, type.claimRun(1, tooLow, one));
        refused(
                ResourceRefusal.EXHAUSTED,
                type.claimRun(2, new Placement(longest.start() + 1, longest.start() + 3 * bytes - 2, 1), one));
        assertEquals(before, subject.state.get(), "a refusal leaves no trace");

        Placement third = new Placement(longest.start() + 1, longest.start() + 4 * bytes - 1, bytes);
        long run = type.claimRun(3, third, one);
        assertEquals(longest.unit() + 1, run, "the only run that is where it may be");
        for (long unit = 0; unit < type.units(); unit++) {
            assertEquals(unit >= run && unit < run + 3 ? one : ResourceType.NOBODY, type.owner(unit));
        }
        before = subject.state.get();
        refused(ResourceRefusal.EXHAUSTED, type.claimRun(3, third, one));
        assertEquals(before, subject.state.get(), "a refusal leaves no trace");
        assertEquals(3, type.releaseAll(one));
        isSound(subject);
    }

    private static long lowest(ResourceType type) {
        return type.stretches().stream()
                .map(Stretch::start)
                .min(Long::compareUnsigned)
                .orElseThrow(() -> new AssertionError("there are units"));
    }

    @Test
    void whateverIsDoneOwnersAreThoseOfAModel() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            int number = seed;
            Subject subject = subject(FEW);
            ResourceWorkload work =
                    new ResourceWorkload(subject.type, subject.owners, seed * 0x9E3779B97F4A7C15L, () -> false);
            List<String> history = new ArrayList<>();
            for (int i = 0; i < STEPS; i++) {
                String wrong = work.step().wrong();
                history.add(work.last());
                assertNull(wrong, () -> "seed " + number + ": " + wrong + ": " + history);
                assertEquals(List.of(), work.model().differences(), () -> "seed " + number + ": " + history);
            }
            isSound(subject);
            assertEquals(List.of(), work.end());
            isSound(subject);
        }
    }

    @Test
    void aReleaseAllocatesNothing() {
        RetypeCounter[] counter = new RetypeCounter[1];
        Subject subject = subject(FEW, kernel -> {
            counter[0] = new RetypeCounter(kernel);
            return counter[0];
        });
        ResourceType type = subject.type;
        int one = subject.owners.get(0);
        long table = type.tableBytes();
        while (type.claimAny(one) >= 0) {
            assertEquals(table, type.tableBytes(), "the tables' size does not depend on what is asked");
        }
        long before = counter[0] == null ? 0 : counter[0].retypes();
        for (long unit = 0; unit < type.units(); unit += 2) {
            assertEquals(unit, type.release(unit, one));
        }
        assertTrue(type.releaseAll(one) > 0);
        long after = counter[0] == null ? 0 : counter[0].retypes();
        assertEquals(before, after, "objects that were made to release units");
        assertEquals(table, type.tableBytes(), "the tables' size does not depend on what is asked");
        isSound(subject);
    }

    @Test
    void aRefusalOfTheKernelLosesNothing() {
        boolean failed = true;
        for (int n = 1; failed; n++) {
            assertTrue(n < MOST_FAULTS, "a few claims take so many invocations");
            failed = failAt(n, false) | failAt(n, true);
        }
    }

    private boolean failAt(int n, boolean forEver) {
        List<FaultyKernel> faulty = new ArrayList<>();
        Subject subject = subject(FEW, kernel -> {
            FaultyKernel wrapper = new FaultyKernel(kernel);
            faulty.add(wrapper);
            return wrapper;
        });
        faulty.forEach(kernel -> kernel.failAt(n, forEver));
        ResourceType type = subject.type;
        int one = subject.owners.get(0);
        List<LongSupplier> calls = List.of(
                () -> type.claimAt(type.address(1), one),
                () -> type.claimAny(one),
                () -> type.claimRun(3, Placement.ANYWHERE, one));
        for (LongSupplier call : calls) {
            List<Integer> before = owners(type);
            long answer = call.getAsLong();
            boolean isOf = answer >= 0
                    || List.of(ResourceRefusal.MEMORY_REFUSED, ResourceRefusal.EXHAUSTED)
                            .contains(ResourceRefusal.of(answer));
            assertTrue(isOf, () -> "the kernel refuses: " + ResourceRefusal.of(answer));
            if (answer < 0 && !forEver) {
                assertEquals(before, owners(type), "fault " + n + ": a refusal changes nothing");
            }
            isSound(subject);
        }
        boolean failed = faulty.stream().anyMatch(FaultyKernel::hasFailed);
        faulty.forEach(FaultyKernel::heal);
        type.releaseAll(one);
        long units = 0;
        while (type.claimAny(one) >= 0) {
            units++;
        }
        assertEquals(type.units(), units, () -> "fault " + n + ": every unit can be had");
        assertEquals(units, type.releaseAll(one));
        isSound(subject);
        return failed;
    }

    @Test
    void nothingIsKeptInJavaFields() {
        JavaFields.areFixed(subject(FEW).type);
        Subject subject = subject(FEW);
        long unit = subject.type.claimAny(subject.owners.get(0));
        isSound(subject);
        assertEquals(unit, subject.twin.release(unit, subject.owners.get(0)), "the twin may release it");
        isSound(subject);
    }

    @Test
    void aFreeUnitCostsTheSameHoweverFewThereAre() {
        long few = mostWork(subject(FEW));
        long many = mostWork(subject(MANY));
        assertTrue(
                many <= MOST_TIMES * few, () -> "accesses of " + FEW + " units: " + few + ", of " + MANY + ": " + many);
    }

    /** The most that it takes to claim a unit while there are any. */
    private static long mostWork(Subject subject) {
        long most = 0;
        long before = subject.work.getAsLong();
        long answer = subject.type.claimAny(subject.owners.get(0));
        while (answer >= 0) {
            most = Math.max(most, subject.work.getAsLong() - before);
            before = subject.work.getAsLong();
            answer = subject.type.claimAny(subject.owners.get(0));
        }
        return most;
    }

    @Test
    void noObjectIsMadeOnTheWayToSuccess() {
        Subject subject = subject(FEW);
        if (subject.makesObjects) {
            return;
        }
        ResourceType type = subject.type;
        int one = subject.owners.get(0);
        long address = type.address(1);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < WARM + TURNS; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long unit = type.claimAny(one);
            type.claimAt(address, one);
            type.owner(unit);
            type.release(unit, one);
            type.releaseAll(one);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes of objects");
    }

    /** Counts the objects that are made. */
    private static final class RetypeCounter extends ForwardingKernel {
        private long retypes;

        RetypeCounter(Kernel kernel) {
            super(kernel);
        }

        long retypes() {
            return retypes;
        }

        @Override
        protected @Nullable KernelError refuse(InvocationKind invocation) {
            retypes += invocation == InvocationKind.RETYPE ? 1 : 0;
            return null;
        }
    }
}
