package org.allocman.manager;

import static org.allocman.vka.VkaException.orThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reserves that users configure: kept apart, filled on request only, there when nothing else is. */
class ClientReservesTest {
    private static final int FRAMES = 5;
    private static final int SLOTS = 200;
    private static final int PIECES = 3;

    private record System(Machine machine, FaultyKernel kernel, Allocman allocman, ClientReserves reserves) {
        Fingerprint memory() {
            return machine.memory().fingerprint();
        }
    }

    private static System start(String board, Pools pools) throws Exception {
        Machine machine = ManagedMachine.boot(Boards.byName(board), pools);
        FaultyKernel kernel = new FaultyKernel(machine.kernel());
        Allocman allocman = ManagedMachine.manage(machine, pools, real -> kernel, GrowthListener.NONE)
                .getOrElseThrow(failure -> new AssertionError(failure.toString()))
                .allocman();
        return new System(machine, kernel, allocman, allocman.reserves());
    }

    private static void keepSome(ClientReserves reserves) {
        assertEquals(0, reserves.keepObjects(ObjectType.SMALL_PAGE, 0, FRAMES));
        assertEquals(0, reserves.keepSlots(SLOTS));
        assertEquals(0, reserves.keepMemory(500, PIECES));
    }

    private static List<Long> takeAllFrames(Allocman allocman) {
        List<Long> frames = new ArrayList<>();
        for (long frame = allocman.allocate(ObjectType.SMALL_PAGE, 0, 0);
                frame > 0;
                frame = allocman.allocate(ObjectType.SMALL_PAGE, 0, 0)) {
            frames.add(frame);
        }
        return frames;
    }

    @Test
    void whatIsKeptIsThereWhenNothingElseIs() throws Exception {
        System system = start("tiny", Pools.DEFAULT);
        Allocman allocman = system.allocman;
        keepSome(system.reserves);
        assertEquals(0, allocman.statistics().liveObjects(), "what is kept is in nobody's hands");
        List<Long> frames = takeAllFrames(allocman);
        assertTrue(frames.size() > 10);
        Set<Long> got = new HashSet<>();
        for (int i = 0; i < FRAMES; i++) {
            long frame = system.reserves.takeObject(ObjectType.SMALL_PAGE, 0);
            assertTrue(frame > 0 && got.add(frame) && !frames.contains(frame));
            assertEquals(0, allocman.untypeds().manager().check(frame));
        }
        assertEquals(Refusal.RESERVE_EMPTY, system.reserves.takeObject(ObjectType.SMALL_PAGE, 0));
        for (int i = 0; i < SLOTS; i++) {
            assertTrue(got.add(system.reserves.takeSlot()));
        }
        assertEquals(Refusal.RESERVE_EMPTY, system.reserves.takeSlot());
        for (int i = 0; i < PIECES; i++) {
            long piece = system.reserves.takeMemory(500);
            assertEquals(0, system.machine.rootMemory().load64(piece, 0));
            assertEquals(
                    0, allocman.memory().free(piece, 500), "what was taken is the user's, and is given back as usual");
        }
        assertEquals(Refusal.RESERVE_EMPTY, system.reserves.takeMemory(500));
        assertEquals(
                List.of(
                        new Health.Level("objects of type small page", FRAMES, 0),
                        new Health.Level("slots", SLOTS, 0),
                        new Health.Level("pieces of 500 bytes", PIECES, 0)),
                allocman.health().levels());
    }

    /** Slots and addresses can be guessed: what lies in a reserve is not a user's to give back. */
    @ParameterizedTest
    @ValueSource(strings = {"current", "2:4:6"})
    void whatIsKeptCannotBeGivenBack(String cspace) throws Exception {
        CSpaceGeometry geometry = CSpaceGeometry.parse(cspace);
        assertTrue(geometry != null);
        System system = start("tiny", Pools.DEFAULT.withCSpace(geometry));
        Allocman allocman = system.allocman;
        assertEquals(0, system.reserves.keepSlots(5));
        assertEquals(0, system.reserves.keepMemory(500, 80));
        long slot = system.reserves.takeSlot();
        long piece = system.reserves.takeMemory(500);
        assertEquals(0, allocman.slots().free(slot));
        assertEquals(0, allocman.memory().free(piece, 500));
        assertTrue(allocman.fillReserves(), "both are kept again, as they are the next to be had");
        Fingerprint before = system.memory();
        assertEquals(Refusal.STALE_HANDLE, allocman.slots().free(slot));
        assertEquals(Refusal.STALE_HANDLE, allocman.memory().free(piece, 500));
        assertEquals(before, system.memory());
        assertEquals(slot, system.reserves.takeSlot());
        assertEquals(0, allocman.slots().free(slot));
        assertEquals(0, system.reserves.keepSlots(0));
        assertEquals(0, system.reserves.keepMemory(500, 0));
        assertTrue(allocman.health().isGood());
    }

    @Test
    void whatAUserFreesIsForTheUserHoweverLowAReserveIs() throws Exception {
        System system = start("tiny", Pools.DEFAULT);
        Allocman allocman = system.allocman;
        keepSome(system.reserves);
        List<Long> frames = takeAllFrames(allocman);
        assertTrue(system.reserves.takeObject(ObjectType.SMALL_PAGE, 0) > 0);
        assertEquals(0, allocman.free(frames.get(3)));
        assertTrue(allocman.allocate(ObjectType.SMALL_PAGE, 0, 0) > 0, "the reserve did not swallow it");
        assertFalse(allocman.fillReserves());
        assertFalse(allocman.health().isGood());
        assertTrue(allocman.health().toString().contains("4 of 5 objects of type small page, LOW"));
        assertEquals(0, allocman.free(frames.get(4)));
        assertTrue(system.reserves.fill(), "asked to, it takes what is free");
        assertEquals(Refusal.OUT_OF_UNTYPED, allocman.allocate(ObjectType.SMALL_PAGE, 0, 0));
    }

    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void reservesThatAreGivenUpLeaveNothingBehind(UntypedDesign manager) throws Exception {
        System system = start("qemu-arm-virt", Pools.DEFAULT.withManager(manager));
        // the first rounds move the kernel's watermarks, which stay where they were last
        keepAndGiveUp(system);
        keepAndGiveUp(system);
        Fingerprint settled = system.memory();
        keepAndGiveUp(system);
        assertEquals(settled, system.memory());
    }

    private static void keepAndGiveUp(System system) {
        keepSome(system.reserves);
        assertEquals(0, system.reserves.keepObjects(ObjectType.CNODE, 4, 150), "more than one chunk");
        assertEquals(0, system.reserves.keepObjects(ObjectType.CNODE, 4, 71));
        assertEquals(0, system.reserves.keepObjects(ObjectType.CNODE, 4, 0));
        assertEquals(0, system.reserves.keepObjects(ObjectType.SMALL_PAGE, 0, 0));
        assertEquals(0, system.reserves.keepSlots(0));
        assertEquals(0, system.reserves.keepMemory(500, 0));
        assertEquals(List.of(), system.allocman.health().levels());
        assertTrue(system.allocman.health().isGood());
        assertEquals("all reserves are full", system.allocman.health().toString());
        system.allocman.trim();
    }

    @Test
    void badRequestsChangeNothing() throws Exception {
        System system = start("qemu-arm-virt", Pools.DEFAULT);
        Fingerprint before = system.memory();
        assertEquals(Refusal.ILLEGAL_SIZE, system.reserves.keepSlots(-1));
        assertEquals(Refusal.ILLEGAL_SIZE, system.reserves.keepSlots(1 << 25));
        assertEquals(Refusal.ILLEGAL_SIZE, system.reserves.keepMemory(0, 1));
        assertEquals(Refusal.ILLEGAL_SIZE, system.reserves.keepMemory(4033, 1));
        assertEquals(Refusal.ILLEGAL_SIZE, system.reserves.keepObjects(ObjectType.UNTYPED, 3, 1));
        assertEquals(Refusal.UNKNOWN_TYPE, system.reserves.keepObjects(ObjectType.PDPT, 0, 1));
        assertEquals(Refusal.RESERVE_EMPTY, system.reserves.takeObject(ObjectType.PDPT, 0));
        assertEquals(Refusal.RESERVE_EMPTY, system.reserves.takeSlot());
        assertEquals(0, system.reserves.keepSlots(0), "there is none to give up");
        assertEquals(before, system.memory());
    }

    @Test
    void aRefusalOfTheKernelLeavesTheReserveAsItWas() throws Exception {
        for (boolean forEver : new boolean[] {false, true}) {
            boolean failed = true;
            for (int n = 1; failed; n++) {
                System system = start("pc99", Pools.DEFAULT);
                system.kernel.failAt(n, forEver);
                long answer = system.reserves.keepObjects(ObjectType.TCB, 0, 40);
                failed = system.kernel.hasFailed();
                List<Health.Level> levels = system.allocman.health().levels();
                if (answer == 0) {
                    assertEquals(List.of(new Health.Level(levels.get(0).what(), 40, 40)), levels);
                } else {
                    assertTrue(Refusal.isKernel(answer) || answer == Refusal.OUT_OF_BOOK_KEEPING, Refusal.text(answer));
                    // only what the kernel refuses to give back as well stays, and is wanted by nobody
                    assertTrue(levels.isEmpty() || forEver, "after a refusal at " + n + ": " + levels);
                    assertTrue(levels.stream().noneMatch(Health.Level::isLow));
                }
                assertEquals(0, system.allocman.statistics().liveObjects());
                system.kernel.heal();
                assertEquals(0, system.reserves.keepObjects(ObjectType.TCB, 0, 40));
                assertTrue(system.allocman.fillReserves(), "after a refusal at " + n);
                assertEquals(0, system.reserves.keepObjects(ObjectType.TCB, 0, 0));
                assertEquals(0, system.allocman.statistics().liveObjects());
            }
        }
    }

    /** More than there is room for: nothing of it is kept, and what was kept before is still there. */
    @Test
    void tooMuchIsNotKeptInPart() throws Exception {
        System system = start("tiny", Pools.DEFAULT);
        assertTrue(system.reserves.keepObjects(ObjectType.TCB, 0, 1_000_000) < 0);
        assertTrue(system.reserves.keepSlots(1_000_000) < 0);
        assertTrue(system.reserves.keepMemory(4000, 1_000_000) < 0);
        assertEquals(List.of(), system.allocman.health().levels());
        assertEquals(0, system.reserves.keepObjects(ObjectType.TCB, 0, 3));
        assertEquals(0, system.reserves.keepSlots(70));
        assertEquals(0, system.reserves.keepMemory(64, 2));
        assertTrue(system.reserves.takeObject(ObjectType.TCB, 0) > 0);
        List<Health.Level> before = system.allocman.health().levels();
        assertTrue(system.reserves.keepObjects(ObjectType.TCB, 0, 1_000_000) < 0);
        assertTrue(system.reserves.keepSlots(1_000_000) < 0);
        assertTrue(system.reserves.keepMemory(64, 1_000_000) < 0);
        assertEquals(before, system.allocman.health().levels());
        assertTrue(system.allocman.fillReserves());
    }

    /** What comes out of a reserve can be used with the friendly face. */
    @Test
    void aHandleLeadsToItsObject() throws Exception {
        System system = start("pc99", Pools.DEFAULT);
        AllocmanVka vka = new AllocmanVka(system.allocman);
        assertEquals(0, system.reserves.keepObjects(ObjectType.TCB, 0, 1));
        long handle = system.reserves.takeObject(ObjectType.TCB, 0);
        VkaObject tcb = orThrow(vka.object(handle, ObjectType.TCB));
        assertEquals(system.allocman.slot(handle), tcb.cptr());
        assertEquals(11, tcb.sizeBits());
        for (ObjectType wrong : new ObjectType[] {ObjectType.ENDPOINT, ObjectType.SECTION}) {
            assertEquals(
                    VkaError.Reason.FOREIGN_HANDLE,
                    vka.object(handle, wrong).getLeft().reason());
        }
        vka.freeOrThrow(tcb);
        assertEquals(
                VkaError.Reason.STALE_HANDLE,
                vka.object(handle, ObjectType.TCB).getLeft().reason());
        assertEquals(Refusal.STALE_HANDLE, system.allocman.slot(handle));
        for (long never : new long[] {-1, 0, 1, 123_456_789, Long.MAX_VALUE}) {
            assertEquals(Refusal.FOREIGN_HANDLE, system.allocman.slot(never));
            VkaError error = vka.object(never, ObjectType.TCB).getLeft();
            assertEquals(VkaError.Reason.FOREIGN_HANDLE, error.reason());
            assertTrue(error.message().contains("handle " + never), error.message());
        }
        assertEquals(0, system.reserves.keepObjects(ObjectType.TCB, 0, 0));
    }

    @Test
    void aManagerThatOnlyAllocatesKeepsWhatIsInAReserve() throws Exception {
        System system = start("qemu-arm-virt", Pools.DEFAULT.withManager(UntypedDesigns.TWINKLE));
        long answer = system.reserves.keepObjects(ObjectType.TCB, 0, 2);
        if (answer == 0) {
            assertEquals(Refusal.ALLOCATE_ONLY, system.reserves.keepObjects(ObjectType.TCB, 0, 1));
            assertEquals(2, system.allocman.health().levels().get(0).ready());
        } else {
            assertEquals(Refusal.OUT_OF_BOOK_KEEPING, answer);
        }
    }
}
