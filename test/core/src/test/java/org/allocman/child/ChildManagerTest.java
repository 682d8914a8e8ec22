package org.allocman.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaException;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.ForwardingVka;
import org.allocman.vka.wrap.NullVka;
import org.allocman.vka.wrap.QuotaVka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChildManagerTest {
    private static final int MOST_FAULTS = 2_000;

    @ParameterizedTest
    @ValueSource(strings = {"X86_64", "AARCH64", "AARCH32", "RISCV64", "RISCV32"})
    void aChildUsesMemoryOfItsParentAndReturnsIt(String name) {
        ChildMachine machine = ChildMachine.of((Architecture) constant(name));
        ChildOptions options = machine.options();
        ChildManager child = machine.open(options);
        List<VkaObject> made = ChildMachine.work(child.vka(), 200);
        assertEquals(200, made.size());
        for (VkaObject object : made) {
            assertTrue(child.holds(child.vka().physicalAddress(object).get()));
        }
        assertTrue(child.untypeds() > 2, "it has grown");
        assertEquals(List.of(), machine.check(child));
        assertEquals(Option.none(), child.close());
        assertTrue(child.isFresh());
        machine.isWholeAgain(options);
    }

    private static Object constant(String name) {
        try {
            return Architecture.class.getField(name).get(null);
        } catch (ReflectiveOperationException noSuch) {
            throw new AssertionError(noSuch);
        }
    }

    @Test
    void whatIsWholeGoesBack() {
        ChildMachine machine = ChildMachine.of(Architecture.X86_64);
        ChildManager child = machine.open(machine.options());
        long untypeds = child.untypeds();
        long bytes = child.bytes();
        ChildMachine.work(child.vka(), 300).forEach(child.vka()::freeOrThrow);
        assertEquals(Option.none(), child.trim());
        assertEquals(untypeds, child.untypeds(), "as many untypeds as at the start");
        assertEquals(bytes, child.bytes());
        assertTrue(child.allocman().isReserveFull(), "the slots of the reserve stay");
        assertEquals(List.of(), machine.check(child));
    }

    /** At the edge, where one more object needs one more untyped, the parent is not asked again and again. */
    @Test
    void workAtTheEdgeDoesNotAskTheParentEachTime() {
        ChildMachine machine = ChildMachine.of(Architecture.X86_64);
        long[] asked = {0};
        Vka counting = new ForwardingVka(machine.vka) {
            @Override
            public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
                asked[0]++;
                return super.allocate(type, size);
            }
        };
        ChildManager child = ChildManager.open(
                        counting, machine.kernel, machine.machine.rootMemory(), machine.options())
                .get();
        Deque<VkaObject> live = new ArrayDeque<>();
        int held = child.untypeds();
        while (child.untypeds() == held) {
            live.push(VkaException.orThrow(child.vka().untyped(16)));
        }
        long before = asked[0];
        for (int i = 0; i < 100; i++) {
            child.vka().freeOrThrow(live.pop());
            live.push(VkaException.orThrow(child.vka().untyped(16)));
        }
        assertTrue(asked[0] - before <= 1, () -> "asked " + (asked[0] - before) + " times");
    }

    @Test
    void openingIsAllOrNothing() {
        boolean refused = true;
        for (int n = 1; refused; n++) {
            assertTrue(n < MOST_FAULTS);
            for (boolean forEver : new boolean[] {false, true}) {
                FaultyKernel[] faulty = new FaultyKernel[1];
                ChildMachine machine =
                        new ChildMachine(Architecture.AARCH64, UntypedDesigns.ARENA, CSpaceGeometry.CURRENT, kernel -> {
                            faulty[0] = new FaultyKernel(kernel);
                            return faulty[0];
                        });
                ChildOptions options = machine.options();
                faulty[0].failAt(n, forEver);
                Either<VkaError, ChildManager> child =
                        ChildManager.open(machine.vka, machine.kernel, machine.machine.rootMemory(), options);
                refused = faulty[0].hasFailed();
                faulty[0].heal();
                ChildManager view =
                        ChildManager.view(machine.vka, machine.kernel, machine.machine.rootMemory(), options);
                if (child.isLeft() && !forEver) {
                    assertTrue(view.isFresh(), "one refusal leaves nothing: " + child.getLeft());
                }
                assertEquals(Option.none(), view.close());
                machine.isWholeAgain(options);
            }
        }
    }

    @Test
    void closingGoesOnWhereItWasRefused() {
        boolean refused = true;
        for (int n = 1; refused; n++) {
            assertTrue(n < MOST_FAULTS);
            FaultyKernel[] faulty = new FaultyKernel[1];
            ChildMachine machine = new ChildMachine(
                    Architecture.RISCV64, UntypedDesigns.ARENA, CSpaceGeometry.twoLevel(5, 7), kernel -> {
                        faulty[0] = new FaultyKernel(kernel);
                        return faulty[0];
                    });
            ChildOptions options = machine.options();
            ChildManager child = machine.open(options);
            ChildManager grandchild = machine.open(child, machine.options(child));
            ChildMachine.work(grandchild.vka(), 40);
            ChildMachine.work(child.vka(), 40);
            faulty[0].failAt(n, false);
            Option<VkaError> below = grandchild.close();
            Option<VkaError> first = below.orElse(child::close);
            refused = faulty[0].hasFailed();
            faulty[0].heal();
            if (first.isDefined()) {
                assertEquals(Reason.KERNEL_REFUSED, first.get().reason());
                assertTrue(below.isEmpty() || !grandchild.isFresh());
            }
            // what is closed is not touched again: its ledger went with its parent's pools
            assertEquals(Option.none(), below.flatMap(again -> grandchild.close()), "after a refusal at " + n);
            assertEquals(Option.none(), child.close(), "after a refusal at " + n);
            machine.isWholeAgain(options);
        }
    }

    /** What a child has goes with its parent: the grandchild's user notices it at its next call. */
    @Test
    void aParentThatIsClosedTakesItsChildrenAlong() {
        ChildMachine machine = ChildMachine.of(Architecture.AARCH64);
        ChildOptions options = machine.options();
        ChildManager child = machine.open(options);
        // a ledger that does not lie in the pools of its own parent outlives it
        ChildOptions elsewhere = machine.options();
        ChildManager grandchild = machine.open(child, elsewhere);
        ChildMachine.work(grandchild.vka(), 50);
        assertEquals(Option.none(), child.close());
        assertEquals(Option.none(), grandchild.close(), "what it had is gone, so nothing is to be given back");
        assertTrue(grandchild.isFresh());
        machine.isWholeAgain(options, elsewhere);
    }

    @ParameterizedTest
    @CsvSource({"40000, 100000", "1000000000, 40", "40000, 40"})
    void aQuotaIsKept(long moreBytes, long moreSlots) {
        ChildMachine machine = ChildMachine.of(Architecture.X86_64);
        ChildManager free = machine.open(machine.options());
        long bytes = free.bytes() + moreBytes;
        long slots = free.slots() + moreSlots;
        assertEquals(Option.none(), free.close());
        ChildManager child = machine.open(machine.options().withQuota(bytes, slots));
        Reason last = null;
        for (int i = 0; i < 4_000 && last == null; i++) {
            Either<VkaError, VkaObject> made =
                    i % 2 == 0 ? child.vka().endpoint() : child.vka().untyped(11);
            last = made.isLeft() ? made.getLeft().reason() : null;
            assertTrue(child.bytes() <= bytes && child.slots() <= slots);
        }
        assertEquals(Reason.OVER_QUOTA, last);
        assertEquals(List.of(), machine.check(child));
        VkaError tooLarge = child.vka().untyped(18).getLeft();
        assertEquals(Reason.OVER_QUOTA, tooLarge.reason());
        assertTrue(tooLarge.message().contains(Long.toString(bytes)), tooLarge.message());
        VkaError none = ChildManager.open(
                        machine.vka,
                        machine.kernel,
                        machine.machine.rootMemory(),
                        machine.options().withQuota(100, 1000))
                .getLeft();
        assertEquals(Reason.OVER_QUOTA, none.reason());
    }

    @Test
    void aParentWithoutRunsGivesSingleSlots() {
        ChildMachine machine = ChildMachine.of(Architecture.RISCV64);
        Vka single = new ForwardingVka(machine.vka) {};
        ChildOptions options = machine.options();
        ChildManager child = ChildManager.open(single, machine.kernel, machine.machine.rootMemory(), options)
                .get();
        assertEquals(120, ChildMachine.work(child.vka(), 120).size());
        for (int i = 0; i < 200; i++) {
            CapPath slot = child.vka().allocateSlot().get();
            assertEquals(machine.vka.path(slot.index()), slot);
        }
        assertEquals(Option.none(), child.close());
        machine.isWholeAgain(options);
    }

    @Test
    void aParentThatRefusesIsACleanRefusal() {
        ChildMachine machine = ChildMachine.of(Architecture.AARCH64);
        VkaError none = ChildManager.open(
                        new NullVka(Architecture.AARCH64),
                        machine.kernel,
                        machine.machine.rootMemory(),
                        machine.options())
                .getLeft();
        assertEquals(Reason.OUT_OF_UNTYPED, none.reason());
        QuotaVka quota = new QuotaVka(machine.vka, 1 << 18, 700);
        ChildOptions options = machine.options();
        ChildManager child = ChildManager.open(quota, machine.kernel, machine.machine.rootMemory(), options)
                .get();
        Reason last = null;
        while (last == null) {
            Either<VkaError, VkaObject> made = child.vka().untyped(11);
            last = made.isLeft() ? made.getLeft().reason() : null;
        }
        assertEquals(Reason.OVER_QUOTA, last);
        assertEquals(List.of(), machine.check(child));
        assertEquals(Option.none(), child.close());
        assertEquals(1 << 18, quota.bytesLeft());
        assertEquals(700, quota.slotsLeft());
    }

    @Test
    void aClosedChildRefusesAndALedgerHasOneChild() {
        ChildMachine machine = ChildMachine.of(Architecture.X86_64);
        ChildOptions options = machine.options();
        ChildManager child = machine.open(options);
        assertEquals(
                Reason.IN_USE,
                ChildManager.open(machine.vka, machine.kernel, machine.machine.rootMemory(), options)
                        .getLeft()
                        .reason());
        VkaObject object = child.vka().endpoint().get();
        assertEquals(Option.none(), child.close());
        assertEquals(Reason.UNSUPPORTED, child.vka().endpoint().getLeft().reason());
        assertEquals(Reason.STALE_HANDLE, child.vka().free(object).get().reason());
        assertEquals(Reason.UNSUPPORTED, child.vka().allocateSlot().getLeft().reason());
        assertEquals(Option.none(), child.close(), "closing twice is harmless");
        ChildManager again = machine.open(options);
        assertTrue(again.vka().endpoint().isRight(), "the same place can have another child");
    }

    @Test
    void withoutPagesThereIsNoChild() {
        ChildMachine machine = ChildMachine.of(Architecture.MPU);
        ChildOptions options = ChildOptions.below(machine.parent, ChildMachine.ledger(machine.parent), 0x4000_0000L);
        assertEquals(
                Reason.UNSUPPORTED,
                ChildManager.open(machine.vka, machine.kernel, machine.machine.rootMemory(), options)
                        .getLeft()
                        .reason());
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        ChildMachine machine = ChildMachine.of(Architecture.X86_64);
        ChildOptions good = machine.options();
        assertThrows(IllegalArgumentException.class, () -> good.withQuota(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> good.withWindow(-4096));
        assertThrows(IllegalArgumentException.class, () -> ChildOptions.below(machine.parent, 4, good.pools()));
        assertThrows(IllegalArgumentException.class, () -> ChildOptions.below(machine.parent, good.ledger(), 0));
        assertThrows(IllegalArgumentException.class, () -> good.withManager(UntypedDesigns.ARENA, 0));
    }

    /** A request that gets memory and then no slot returns the memory. */
    @Test
    void whatARefusedRequestGrewGoesBack() {
        ChildMachine machine = ChildMachine.of(Architecture.X86_64);
        ChildOptions options = machine.options().withWindow(0);
        long slots = machine.open(options).slots();
        ChildOptions tight = options.withQuota(Long.MAX_VALUE, slots);
        Vka vka = ChildManager.view(machine.vka, machine.kernel, machine.machine.rootMemory(), tight)
                .vka();
        while (vka.allocateSlot().isRight()) {
            // until none is left
        }
        ChildOptions oneMore = options.withQuota(Long.MAX_VALUE, slots + 1);
        ChildManager child = ChildManager.view(machine.vka, machine.kernel, machine.machine.rootMemory(), oneMore);
        long bytes = child.bytes();
        VkaError refused = child.vka().untyped(17).getLeft();
        assertEquals(Reason.OVER_QUOTA, refused.reason());
        assertEquals(bytes, child.bytes());
        assertEquals(slots, child.slots());
    }

    /** What the parent did not take back when it was whole it takes back later. */
    @Test
    void whatWaitsGoesBackWithTheNextTrimOrWhenTheChildIsClosed() {
        for (boolean trims : new boolean[] {false, true}) {
            FaultyKernel[] faulty = new FaultyKernel[1];
            ChildMachine machine =
                    new ChildMachine(Architecture.X86_64, UntypedDesigns.ARENA, CSpaceGeometry.CURRENT, kernel -> {
                        faulty[0] = new FaultyKernel(kernel);
                        return faulty[0];
                    });
            ChildOptions options = machine.options();
            ChildManager child = machine.open(options);
            int untypeds = child.untypeds();
            ChildMachine.work(child.vka(), 200).forEach(child.vka()::freeOrThrow);
            child.allocman().trim();
            assertTrue(child.untypeds() > untypeds);
            faulty[0].failAt(1, true);
            assertEquals(Reason.KERNEL_REFUSED, child.trim().get().reason());
            faulty[0].heal();
            assertEquals(List.of(), machine.check(child));
            if (trims) {
                assertEquals(Option.none(), child.trim());
                assertEquals(untypeds, child.untypeds());
            }
            assertEquals(Option.none(), child.close());
            machine.isWholeAgain(options);
        }
    }

    @Test
    void aSmallLedgerRefusesAndLosesNothing() {
        Set<Reason> refusals = EnumSet.noneOf(Reason.class);
        for (int entries = 1; entries < 60; entries++) {
            ChildMachine machine = ChildMachine.of(Architecture.X86_64);
            ChildOptions usual = machine.options();
            ChildOptions options = new ChildOptions(
                    usual.ledger(),
                    Ledger.bytesFor(entries),
                    usual.pools(),
                    usual.windowBytes(),
                    usual.vspace(),
                    usual.slotEnd(),
                    usual.nodeBits(),
                    usual.manager(),
                    usual.stepBits(),
                    usual.mostUntypeds(),
                    usual.mostBytes(),
                    usual.mostSlots(),
                    usual.memory());
            // the parent's next slots do not begin at a word
            machine.vka.allocateSlot().get();
            Vka single = new ForwardingVka(machine.vka) {
                @Override
                public Either<VkaError, CapPath> allocateSlots(int count) {
                    return vka().allocateSlots(count);
                }
            };
            Either<VkaError, ChildManager> child =
                    ChildManager.open(single, machine.kernel, machine.machine.rootMemory(), options);
            if (child.isLeft()) {
                assertEquals(Reason.OUT_OF_BOOK_KEEPING, child.getLeft().reason());
                continue;
            }
            Option<VkaError> last = Option.none();
            for (int i = 0; i < 1_000 && last.isEmpty(); i++) {
                last = child.get().vka().allocateSlot().swap().toOption();
            }
            refusals.add(last.get().reason());
            assertEquals(List.of(), machine.check(child.get()));
            assertEquals(Option.none(), child.get().close());
        }
        // a ledger has room for all slots that there are, or is full before
        assertEquals(Set.of(Reason.OUT_OF_BOOK_KEEPING, Reason.OUT_OF_SLOTS), refusals);
    }
}
