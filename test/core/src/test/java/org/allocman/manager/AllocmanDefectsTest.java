package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.cspace.OneLevelCSpace;
import org.allocman.cspace.TwoLevelCSpace;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.lab.workload.XorShift;
import org.allocman.mspace.Mspace;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Defects of libsel4allocman that are about slots, pools, or the bootstrap, by their numbers in the list of fourteen; ours has
 * none of them. Those of untyped managers are in {@code UntypedDefectsTest}.
 */
class AllocmanDefectsTest {
    private static long page(Allocman allocman) {
        return allocman.memory().allocate(Mspace.MOST);
    }

    /** 2: after one refused mapping of a page table every later allocation failed. */
    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void defect2ARefusedMappingLeavesNothingBehind(UntypedDesign kind) throws Exception {
        Rig rig = new Rig(Boards.byName("pc99"), Pools.DEFAULT.withManager(kind));
        int n = 0;
        boolean failed = true;
        while (failed) {
            rig.rewind();
            rig.allocman.trim();
            assertEquals(0, rig.allocman.statistics().pagingStructures());
            rig.kernel.failAt(++n, false);
            for (int i = 0; i < 4; i++) {
                page(rig.allocman);
            }
            failed = rig.kernel.hasFailed();
            rig.kernel.heal();
            for (int i = 0; i < 300; i++) {
                assertTrue(rig.allocman.allocate(ObjectType.SMALL_PAGE, 0, 0) > 0, "frame " + i + ", fault at " + n);
                assertTrue(i % 16 != 0 || page(rig.allocman) > 0, "page " + i + ", fault at " + n);
            }
        }
        assertTrue(n > 8, "a frame, its mapping, and three paging structures with theirs: " + n);
        assertTrue(rig.allocman.statistics().pagingStructures() > 0);
    }

    private static List<Long> takeAllSlots(Allocman allocman) {
        List<Long> taken = new ArrayList<>();
        for (long slot = allocman.slots().take();
                slot > 0;
                slot = allocman.slots().take()) {
            taken.add(slot);
        }
        return taken;
    }

    private static Rig twoLevels(UntypedDesign kind) throws Exception {
        return new Rig(
                Boards.byName("tiny"), Pools.DEFAULT.withManager(kind).withCSpace(CSpaceGeometry.twoLevel(5, 5)));
    }

    /** 5: with memory at its end, each request for a slot that failed lost a place in the first level for good. */
    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void defect5SlotsThatCouldNotBeHadAreNotLost(UntypedDesign kind) throws Exception {
        Rig rig = twoLevels(kind);
        rig.allocman.trim();
        int checkpoint = rig.machine.memory().checkpoint();
        int most = takeAllSlots(rig.allocman).size();
        rig.machine.memory().rewind(checkpoint);
        List<Long> objects = new ArrayList<>();
        for (int bits = 16; bits >= 4; bits--) {
            for (long handle = rig.allocman.allocate(ObjectType.UNTYPED, bits, 0); handle > 0; ) {
                objects.add(handle);
                handle = rig.allocman.allocate(ObjectType.UNTYPED, bits, 0);
            }
        }
        List<Long> few = takeAllSlots(rig.allocman);
        assertTrue(few.size() < most, "without memory there are fewer: " + few.size() + " of " + most);
        for (int i = 0; i < 64; i++) {
            assertEquals(Refusal.NO_BLOCK_FOR_SLOTS, rig.allocman.slots().take());
        }
        objects.forEach(handle -> assertEquals(0, rig.allocman.free(handle)));
        few.forEach(slot -> assertEquals(0, rig.allocman.slots().free(slot)));
        rig.allocman.trim();
        assertEquals(most, takeAllSlots(rig.allocman).size());
        assertEquals(List.of(), rig.broken());
    }

    /** 6: right after a second level was made, the slot was taken from another. */
    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void defect6SlotsComeFromTheCNodeThatHasThem(UntypedDesign kind) throws Exception {
        Rig rig = twoLevels(kind);
        TwoLevelCSpace cspace = (TwoLevelCSpace) rig.allocman.slots().cspace();
        int before = cspace.nodes();
        Set<Long> seen = new HashSet<>();
        for (long slot = rig.allocman.slots().take();
                slot > 0;
                slot = rig.allocman.slots().take()) {
            assertTrue(seen.add(slot), "slot " + slot + " a second time");
            assertTrue(cspace.isThere(cspace.nodeOf(slot)), "slot " + slot);
            assertFalse(
                    rig.kernel
                            .copy(
                                    new CapPath(cspace.root(), slot, cspace.depth()),
                                    new CapPath(cspace.root(), cspace.root(), cspace.depth()),
                                    CapRights.ALL)
                            .failed(),
                    "the kernel finds slot " + slot);
        }
        assertTrue(cspace.nodes() > before, "second levels were made");
        seen.forEach(slot -> assertEquals(0, rig.allocman.slots().free(slot)));
        assertEquals(List.of(), rig.broken());
    }

    /** 7: the queue for slots to be freed later overflowed under plain growing and shrinking. There is no such queue. */
    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void defect7GrowingAndShrinkingLosesNoSlot(UntypedDesign kind) throws Exception {
        Rig rig = new Rig(Boards.byName("tiny"), Pools.DEFAULT.withManager(kind));
        rig.machine.memory().stopJournal();
        rig.allocman.trim();
        Statistics start = rig.allocman.statistics();
        for (int run = 0; run < 100; run++) {
            XorShift random = new XorShift(1 + run);
            List<Long> handles = new ArrayList<>();
            for (int step = 0; step < 120; step++) {
                boolean grows = step / 40 % 2 == 0 || handles.isEmpty();
                if (random.below(10) < (grows ? 8 : 2)) {
                    long handle = rig.allocman.allocate(ObjectType.UNTYPED, 4 + random.below(7), 0);
                    if (handle > 0) {
                        handles.add(handle);
                    }
                } else if (!handles.isEmpty()) {
                    assertEquals(0, rig.allocman.free(handles.remove(random.below(handles.size()))));
                }
            }
            handles.forEach(handle -> assertEquals(0, rig.allocman.free(handle)));
            rig.allocman.trim();
            assertEquals(start, rig.allocman.statistics(), "run " + run);
        }
        assertTrue(rig.isWhole());
    }

    /** 8: an error while a pool was made larger left a flag behind, and the reserves were never filled again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void defect8TheReserveIsFilledAgainAfterARefusal(boolean andAllAfter) throws Exception {
        for (UntypedDesign kind : List.of(UntypedDesigns.ARENA, UntypedDesigns.SPLIT)) {
            Rig rig = new Rig(Boards.byName("tiny"), Pools.DEFAULT.withManager(kind));
            int n = 0;
            boolean failed = true;
            while (failed) {
                rig.rewind();
                rig.kernel.failAt(++n, andAllAfter);
                long mapped = rig.allocman.statistics().virtualPagesMapped();
                for (int i = 0; i < 3; i++) {
                    page(rig.allocman);
                }
                failed = rig.kernel.hasFailed();
                rig.kernel.heal();
                assertTrue(page(rig.allocman) > 0, "fault at " + n);
                assertTrue(rig.allocman.fillReserves(), "fault at " + n);
                assertTrue(rig.allocman.statistics().virtualPagesMapped() > mapped, "it still grows, fault at " + n);
            }
        }
    }

    /** 9: slots beyond the last multiple of 64 were lost, and with fewer than 64 the library crashed when they were used up. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 47, 63, 64, 65, 239, 1000})
    void defect9EverySlotCanBeHad(int slots) {
        PhysicalMemory memory = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0x1000, 0xffff)));
        OneLevelCSpace cspace = new OneLevelCSpace(memory.words(), 0x1000, 0x2000, 2, 64, slots);
        cspace.addFree(1, slots);
        Fingerprint start = memory.fingerprint();
        Set<Long> taken = new HashSet<>();
        for (long slot = cspace.take(); slot != 0; slot = cspace.take()) {
            assertTrue(slot < slots && taken.add(slot), "slot " + slot);
        }
        assertEquals(slots - 1, taken.size());
        assertEquals(0, cspace.take(), "and it can be asked again");
        taken.forEach(cspace::giveBack);
        assertEquals(start, memory.fingerprint());
    }

    /** 12: a bootstrap that failed left what it had made, and its pool had to be found by trial. */
    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void defect12ABootstrapThatFailsUndoesWhatItDid(UntypedDesign kind) throws Exception {
        Pools pools = Pools.DEFAULT.withManager(kind);
        Machine machine = ManagedMachine.boot(Boards.byName("pc99"), pools);
        BootstrapOptions options = ManagedMachine.options(machine, pools);
        FaultyKernel kernel = new FaultyKernel(machine.kernel());
        int start = machine.memory().startJournal();
        int n = 0;
        boolean failed = true;
        while (failed) {
            machine.memory().rewind(start);
            kernel.heal();
            kernel.failAt(++n, false);
            String why = Bootstrap.inCurrentCSpace(kernel, machine.rootMemory(), machine.bootInfo(), options)
                    .fold(BootstrapFailure::message, allocman -> "");
            failed = kernel.hasFailed();
            if (!why.isEmpty()) {
                assertTrue(failed && (why.contains("could") || why.contains("the kernel refused")), why);
                for (long at = 0; at < options.staticPoolBytes(); at += Long.BYTES) {
                    assertEquals(0, machine.rootMemory().load64(options.staticPool() + at, 0), "the pool is empty");
                }
                Allocman second = Bootstrap.inCurrentCSpace(
                                machine.kernel(), machine.rootMemory(), machine.bootInfo(), options)
                        .getOrElseThrow(failure -> new AssertionError(failure.message()));
                second.trim();
                for (int i = 0; i < second.untypeds().roots().count(); i++) {
                    assertTrue(second.untypeds().roots().isWhole(i), "fault at " + n);
                }
            }
        }
        assertTrue(n > 5, "a bootstrap makes more invocations than " + n);
    }

    /** 12, its other half: the size of the pool is computed. */
    @Test
    void defect12ThePoolIsComputedToTheByte() throws Exception {
        for (UntypedDesign kind : UntypedDesigns.ALL) {
            Pools pools = Pools.DEFAULT.withManager(kind);
            Machine machine = ManagedMachine.boot(Boards.byName("tiny"), pools);
            BootstrapOptions options = ManagedMachine.options(machine, pools);
            BootstrapFailure failure = Bootstrap.inCurrentCSpace(
                            machine.kernel(),
                            machine.rootMemory(),
                            machine.bootInfo(),
                            options.withStaticPoolBytes(options.staticPoolBytes() - 1))
                    .getLeft();
            assertEquals(1, failure.missingBytes(), failure.message());
            assertTrue(Bootstrap.inCurrentCSpace(machine.kernel(), machine.rootMemory(), machine.bootInfo(), options)
                    .isRight());
        }
    }
}
