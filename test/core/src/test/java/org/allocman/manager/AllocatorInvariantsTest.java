package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.invariants.Invariant;
import org.allocman.check.manager.AllocatorInvariants;
import org.allocman.check.manager.AllocatorInvariants.Managed;
import org.allocman.check.manager.OperationLaws;
import org.allocman.check.manager.OperationLaws.Available;
import org.allocman.check.manager.OperationLaws.Operation;
import org.allocman.check.manager.OperationLaws.Twice;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.ArenaUntypeds;
import org.allocman.untyped.ArenaView;
import org.allocman.untyped.Requester;
import org.allocman.untyped.SplitUntypeds;
import org.allocman.untyped.SplitView;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A working manager keeps all laws, and for each law there is damage that it finds. */
class AllocatorInvariantsTest {
    private static final Architecture ARCHITECTURE = Architecture.X86_64;

    /** A manager with some objects, and the machine below it. */
    private record Subject(PlainMachine machine, Allocman allocman) {
        static Subject of(UntypedDesign kind) {
            PlainMachine machine = PlainMachine.of(ARCHITECTURE, 10, 1 << 16)
                    .untyped(0x100_0000, 16, false)
                    .untyped(0x101_0000, 13, false)
                    .build();
            Allocman allocman = Bootstrap.inCurrentCSpace(
                            machine.kernel(),
                            machine.rootMemory(),
                            machine.bootInfo(),
                            BootstrapOptions.fixed(machine.pool(), machine.poolBytes())
                                    .withManager(kind))
                    .get();
            Subject subject = new Subject(machine, allocman);
            subject.make(ObjectType.ENDPOINT);
            subject.make(ObjectType.TCB);
            return subject;
        }

        long make(ObjectType type) {
            return allocman.allocate(type, 0, 0);
        }

        Managed managed() {
            return new Managed(allocman, new Slots(machine.memory().words(), ARCHITECTURE), machine.cnode());
        }

        void damage(long address, long mask) {
            long aligned = address & -Long.BYTES;
            machine.rootMemory().store64(aligned, 0, machine.rootMemory().load64(aligned, 0) ^ mask);
        }

        ArenaView arena() {
            List<ArenaView> arenas = ((ArenaUntypeds) allocman.untypeds().manager()).inspect();
            return arenas.get(arenas.size() - 1);
        }

        ArenaView root(int index) {
            return ((ArenaUntypeds) allocman.untypeds().manager())
                    .inspect().stream()
                            .filter(arena -> arena.depth() == 0)
                            .toList()
                            .get(index);
        }

        SplitView block() {
            return ((SplitUntypeds) allocman.untypeds().manager())
                    .inspect().stream()
                            .filter(block -> block.what() == SplitView.What.USER)
                            .findFirst()
                            .orElseThrow();
        }

        void delete(long slot) {
            machine.kernel().delete(BootSlots.CNODE, slot, ARCHITECTURE.wordBits());
        }
    }

    private record Case(Invariant<Managed> law, UntypedDesign kind, Consumer<Subject> damage) {}

    private static final List<Case> CASES = List.of(
            new Case(
                    AllocatorInvariants.PARTITION,
                    UntypedDesigns.ARENA,
                    // the bits of children that are free
                    s -> s.damage(s.arena().record() + 16, 1)),
            new Case(
                    AllocatorInvariants.ONE_RECORD_PER_BLOCK,
                    UntypedDesigns.ARENA,
                    // the second untyped's address
                    s -> s.damage(s.root(1).record(), 0x101_0000 ^ 0x100_0000)),
            new Case(
                    AllocatorInvariants.SLOTS_AGREE,
                    UntypedDesigns.ARENA,
                    s -> s.delete(s.arena().objectSlots())),
            new Case(
                    AllocatorInvariants.SLOTS_AGREE,
                    UntypedDesigns.SPLIT,
                    s -> s.delete(s.block().objectSlot())),
            new Case(
                    AllocatorInvariants.SLOTS_AGREE,
                    UntypedDesigns.TWINKLE,
                    s -> s.allocman()
                            .slots()
                            .cspace()
                            .giveBackRun(s.allocman().untypeds().manager().slot(s.make(ObjectType.TCB)), 1)),
            new Case(
                    AllocatorInvariants.WATERMARK_AGREES,
                    UntypedDesigns.ARENA,
                    s -> s.managed()
                            .slots()
                            .untyped()
                            .setFreeIndex(
                                    s.managed()
                                            .slots()
                                            .at(s.machine().cnode(), s.arena().untypedSlot()),
                                    0)),
            new Case(
                    AllocatorInvariants.WATERMARK_AGREES,
                    UntypedDesigns.SPLIT,
                    s -> s.managed()
                            .slots()
                            .untyped()
                            .setFreeIndex(
                                    s.managed()
                                            .slots()
                                            .at(s.machine().cnode(), s.block().slot()),
                                    0)));

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void aWorkingManagerKeepsAllLaws(UntypedDesign kind) {
        assertEquals(List.of(), AllocatorInvariants.check(Subject.of(kind).managed()));
    }

    @TestFactory
    Stream<DynamicTest> damageIsFound() {
        return CASES.stream()
                .map(one -> DynamicTest.dynamicTest(one.law.name() + " of " + one.kind.name(), () -> {
                    Subject subject = Subject.of(one.kind);
                    assertEquals(List.of(), one.law.violations(subject.managed()));
                    one.damage.accept(subject);
                    assertFalse(one.law.violations(subject.managed()).isEmpty(), one.law.meaning());
                }));
    }

    @Test
    void recordsOutsideOfThePoolsAreFound() {
        Subject subject = Subject.of(UntypedDesigns.ARENA);
        PoolLayout part = subject.allocman().layout().withRecordPages(0);
        Allocman looksAtPart =
                new Allocman(subject.machine().kernel(), subject.machine().rootMemory(), part, GrowthListener.NONE);
        Managed managed = new Managed(
                looksAtPart, subject.managed().slots(), subject.machine().cnode());
        assertFalse(AllocatorInvariants.RECORDS_INSIDE_POOLS.violations(managed).isEmpty());
    }

    @Test
    void aReserveThatIsNotThereIsFound() throws BootFailure {
        ManagedMachine.Pools pools = new ManagedMachine.Pools(-1, 1 << 18);
        Machine machine = ManagedMachine.boot(Boards.byName("tiny"), pools);
        Allocman allocman = ManagedMachine.manage(machine, pools, kernel -> kernel, GrowthListener.NONE)
                .get()
                .allocman();
        Managed managed = new Managed(
                allocman, new Slots(machine.memory().words(), machine.board().architecture()), 0);
        assertEquals(List.of(), AllocatorInvariants.RESERVE_FULL_WHEN_IDLE.violations(managed));
        while (allocman.slots().cspace().takeRun(64, Requester.POOLS) != 0) {
            // until nothing of the reserve is left
        }
        assertFalse(allocman.isReserveFull());
        assertEquals(List.of(), AllocatorInvariants.RESERVE_FULL_WHEN_IDLE.violations(managed), "it says so");
        // the number of free words that the CSpace keeps
        long counts = allocman.layout().base();
        machine.rootMemory().store32(counts, 8, 99);
        assertTrue(allocman.isReserveFull());
        assertFalse(
                AllocatorInvariants.RESERVE_FULL_WHEN_IDLE.violations(managed).isEmpty());
    }

    @Test
    void anOperationThatCostsSomethingIsFound() {
        Subject subject = Subject.of(UntypedDesigns.SPLIT);
        Available before = Available.of(subject.allocman());
        long handle = subject.make(ObjectType.SMALL_PAGE);
        Available after = Available.of(subject.allocman());
        Operation refused = new Operation("an allocation", false, true, false, before, after);
        assertEquals(2, OperationLaws.NOTHING_LOST.violations(refused).size(), "slots and bytes");
        Operation good = new Operation("an allocation", false, false, false, before, after);
        assertEquals(List.of(), OperationLaws.NOTHING_LOST.violations(good));
        Available nothingLive = new Available(after.slots(), after.bytes(), 0, List.of(0x100_0000L));
        assertFalse(OperationLaws.NOTHING_LOST
                .violations(new Operation("a free", true, false, false, after, nothingLive))
                .isEmpty());
        assertEquals(0, subject.allocman().free(handle));
        assertEquals(before, Available.of(subject.allocman()));
    }

    @Test
    void aFreeThatIsRefusedIsFound() {
        Available same = new Available(0, List.of(), 1, List.of());
        Operation operation = new Operation("a free", true, true, false, same, same);
        assertFalse(OperationLaws.FREE_NEVER_FAILS.violations(operation).isEmpty());
        operation = new Operation("a free", true, true, true, same, same);
        assertEquals(List.of(), OperationLaws.FREE_NEVER_FAILS.violations(operation));
    }

    @Test
    void runsThatPartAreFound() {
        List<List<Fingerprint>> runs = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            List<Fingerprint> run = new ArrayList<>();
            Subject subject = Subject.of(UntypedDesigns.ARENA);
            for (int i = 0; i < 5; i++) {
                subject.make(turn == 2 && i == 3 ? ObjectType.TCB : ObjectType.ENDPOINT);
                run.add(subject.machine().memory().fingerprint());
            }
            runs.add(run);
        }
        assertEquals(List.of(), OperationLaws.DETERMINISTIC.violations(new Twice(runs.get(0), runs.get(1))));
        List<String> broken = OperationLaws.DETERMINISTIC.violations(new Twice(runs.get(0), runs.get(2)));
        assertEquals(1, broken.size());
        assertEquals("operation 4", broken.get(0).substring(0, 11));
    }
}
