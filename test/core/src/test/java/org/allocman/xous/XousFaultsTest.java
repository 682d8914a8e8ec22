package org.allocman.xous;

import static org.allocman.xous.Precursor.MAIN;
import static org.allocman.xous.Precursor.PAGE;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.allocman.check.xous.XousInvariants;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.XousMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.Statistics;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.VkaObject;
import org.allocman.xous.process.AddressLayout;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.Lend;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.XousSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every invocation of every call is refused, alone, with the next or all after it, those of the undo as well. When the kernel beneath
 * is sound again and anything is called, all is as before the call: pages, mappings, rights, objects, slots. Then the call can
 * be made again, and has done what it does if nothing is refused; everything can be ended, and every untyped is whole.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class XousFaultsTest {
    private static final int READ_WRITE = Flags.READ | Flags.WRITE;
    private static final List<List<String>> ALIKE = List.of(List.of(), List.of());
    private static final long[] REFUSALS = {1, 2, Long.MAX_VALUE};
    private static final int MOST_INVOCATIONS = 400;

    /** A pool has 16 numbers here; none is 0, and boot's root task has 1. */
    private static final int IN_BOOT_POOL = 14;

    private static final long DEVICES = 0x1000_0000L;

    private final AtomicReference<FaultyKernel> faulty = new AtomicReference<>();
    private final XousMachine machine = Precursor.start(small(), TableForm.ARRAY, kernel -> {
        FaultyKernel wrapper = new FaultyKernel(kernel);
        faulty.set(wrapper);
        return wrapper;
    });
    private Statistics whole = closed();
    private final XousSystem xous = machine.system();
    private final PhysicalMemory memory = machine.managed().machine().memory();
    private final int one = right(xous.spawn());
    private final int two = right(xous.spawn());
    private final MemoryRange own = right(xous.mapMemory(one, 0, 0, 3 * PAGE, READ_WRITE));

    /** Small, since all of it is looked at again and again. */
    private static Board small() {
        Region devices = new Region("devices", Region.Kind.DEVICE, DEVICES, 4 * PAGE);
        Region ram = new Region("sram", Region.Kind.RAM, MAIN, 8 << 20);
        return new Board("small", Architecture.RISCV32, List.of(devices, ram), List.of());
    }

    /** What the manager has when Xous is gone before it has done anything. */
    private Statistics closed() {
        PhysicalMemory all = machine.managed().machine().memory();
        int start = all.startJournal();
        assertEquals(Option.none(), machine.system().close());
        Allocman allocman = machine.managed().allocman();
        allocman.trim();
        Statistics statistics = allocman.statistics();
        all.rewind(start);
        return statistics;
    }

    private FaultyKernel kernel() {
        FaultyKernel kernel = faulty.get();
        assertNotNull(kernel);
        return kernel;
    }

    /** A call that does nothing but what is unfinished. */
    private static Option<XousError> chance(XousSystem xous, int pid) {
        return xous.freeInterrupt(pid, 31);
    }

    /** Refuses the n-th invocation, n = 1, 2, and so on, until there are not so many. */
    private void allOrNothing(Predicate<XousSystem> call) {
        for (long count : REFUSALS) {
            refuseEach(call, count, false);
        }
    }

    /** The same for what does what it can, and goes on when it is called again. */
    private void goesOn(Predicate<XousSystem> call) {
        for (long count : REFUSALS) {
            refuseEach(call, count, true);
        }
    }

    private void refuseEach(Predicate<XousSystem> call, long count, boolean isTwoStep) {
        boolean forEver = count == Long.MAX_VALUE;
        int start = memory.checkpoint();
        right(xous.touch(one, own.start()));
        machine.memoryOf(one).store64(own.start(), 0, 0x5a5a);
        List<String> before = XousPicture.of(machine);
        Statistics beneath = XousPicture.beneath(machine);
        int ready = memory.checkpoint();
        assertTrue(call.test(xous));
        List<String> after = XousPicture.of(machine);
        boolean more = true;
        for (long n = 1; more; n++) {
            memory.rewind(ready);
            String when =
                    "after invocation " + n + (forEver ? " and all that follow" : " and " + (count - 1) + " more");
            kernel().failRun(n, count);
            boolean isDone = call.test(xous);
            more = kernel().hasFailed();
            if (forEver && !isDone) {
                // whoever calls while the kernel beneath is ill changes nothing either
                xous.touch(one, own.start() + PAGE);
                xous.spawn();
                xous.exit(two);
                xous.lend(one, own.start(), PAGE, two, false);
            }
            finishIsRefused(when);
            kernel().heal();
            if (isDone) {
                chance(xous, one);
                assertEquals(ALIKE, XousPicture.difference(after, XousPicture.of(machine)), "done " + when);
            }
            if (!isDone && !isTwoStep) {
                assertNotEquals(Option.some(XousError.INTERNAL_ERROR), chance(xous, one), when);
                if (xous.isRunning(two)) {
                    assertEquals(ALIKE, XousPicture.difference(before, XousPicture.of(machine)), when);
                    Statistics now = XousPicture.beneath(machine);
                    assertEquals(beneath.liveObjects(), now.liveObjects(), when);
                    // a page that came back may be mapped through its own capability, and needs a slot less
                    assertTrue(now.freeSlots() >= beneath.freeSlots(), when);
                    assertEquals(0x5a5a, machine.memoryOf(one).load64(own.start(), 0), when);
                }
            }
            if (!isDone && (isTwoStep || xous.isRunning(two))) {
                assertTrue(call.test(xous), "again " + when);
                chance(xous, one);
                if (!forEver) {
                    assertEquals(ALIKE, XousPicture.difference(after, XousPicture.of(machine)), "again " + when);
                }
            }
            chance(xous, one);
            assertEquals(List.of(), XousInvariants.check(machine), when);
            endsWell(when);
            assertTrue(n < MOST_INVOCATIONS, "it comes to an end");
        }
        memory.rewind(start);
    }

    /** What is unfinished is refused once more: a call that says nothing of it has left nothing to do. */
    private void finishIsRefused(String when) {
        for (int n = 1; n <= 2; n++) {
            kernel().failRun(n, 1);
            Option<XousError> answer = n == 1 ? chance(xous, one) : xous.exit(Pid.LAST);
            if (!answer.equals(Option.some(XousError.INTERNAL_ERROR))) {
                kernel().failRun(1, 1);
                chance(xous, one);
                assertFalse(kernel().hasFailed(), "nothing is left " + when);
            }
        }
    }

    /** Both processes can be ended and the system closed, and nothing is left. */
    private void endsWell(String when) {
        assertEquals(Option.none(), xous.close(), when);
        gone(when);
    }

    private void gone(String when) {
        Allocman allocman = machine.managed().allocman();
        allocman.trim();
        assertEquals(whole, allocman.statistics(), when);
    }

    @Test
    void spawn() {
        allOrNothing(is -> is.spawn().isRight());
    }

    @Test
    void mapMemory() {
        allOrNothing(is ->
                is.mapMemory(one, MAIN + 0x40_0000, 0, 3 * PAGE, READ_WRITE).isRight());
    }

    @Test
    void mapADevice() {
        allOrNothing(is ->
                is.mapMemory(one, DEVICES, 0x7000_0000L, 2 * PAGE, READ_WRITE).isRight());
    }

    @Test
    void mapPagesInARow() {
        allOrNothing(is ->
                is.mapMemory(one, 0, 0, 2 * PAGE, READ_WRITE | Flags.DEVICE).isRight());
    }

    @Test
    void mapAgainWhatOneHas() {
        right(xous.touch(one, own.start() + PAGE));
        machine.memoryOf(one).store64(own.start() + PAGE, 8, 7);
        long address = right(xous.virtToPhys(one, own.start() + PAGE));
        allOrNothing(is -> is.mapMemory(one, address, 0, PAGE, READ_WRITE).isRight()
                && machine.memoryOf(one).load64(own.start() + PAGE, 8) == 0);
    }

    @Test
    void touch() {
        allOrNothing(is -> is.touch(one, own.start() + PAGE).isRight());
    }

    @Test
    void lend() {
        allOrNothing(is -> is.lend(one, own.start(), 3 * PAGE, two, true).isRight());
    }

    @Test
    void move() {
        allOrNothing(is -> is.moveMemory(one, own.start(), 3 * PAGE, two).isRight());
    }

    /** What was moved once is mapped through a copy, and the page's own capability is free. */
    @Test
    void moveOn() {
        int three = right(xous.spawn());
        MemoryRange there = right(xous.moveMemory(one, own.start() + PAGE, 2 * PAGE, three));
        allOrNothing(is -> is.moveMemory(three, there.start(), 2 * PAGE, two).isRight());
    }

    @Test
    void lendWhatWasMoved() {
        int three = right(xous.spawn());
        MemoryRange there = right(xous.moveMemory(one, own.start() + PAGE, 2 * PAGE, three));
        allOrNothing(is -> is.lend(three, there.start(), 2 * PAGE, two, false).isRight());
    }

    @Test
    void createThread() {
        allOrNothing(is -> is.createThread(one, own.start(), PAGE).isRight());
    }

    @Test
    void updateFlags() {
        right(xous.touch(one, own.start() + PAGE));
        allOrNothing(is ->
                is.updateMemoryFlags(one, own.start(), 2 * PAGE, Flags.READ, 0).isEmpty());
    }

    @Test
    void whatFreesCanBeDoneAgain() {
        goesOn(is -> is.isRunning(one) && is.unmapMemory(one, own.start(), PAGE).isEmpty());
    }

    @Test
    void oneOfTwoMappingsGoes() {
        right(xous.touch(one, own.start() + PAGE));
        long address = right(xous.virtToPhys(one, own.start() + PAGE));
        MemoryRange copy = right(xous.mapMemory(one, address, 0, PAGE, READ_WRITE));
        goesOn(is -> is.unmapMemory(one, copy.start(), PAGE).isEmpty());
        goesOn(is -> is.unmapMemory(one, own.start() + PAGE, PAGE).isEmpty());
    }

    /** Through a copy, whose slot goes as well. */
    @Test
    void whatWasMovedIsUnmapped() {
        MemoryRange there = right(xous.moveMemory(two, own(two), PAGE, one));
        goesOn(is -> is.unmapMemory(one, there.start(), PAGE).isEmpty());
    }

    private long own(int pid) {
        return right(xous.mapMemory(pid, 0, 0, PAGE, READ_WRITE)).start();
    }

    /** What the lender left behind is the kernel's until it is returned, or until the borrower ends. */
    @Test
    void whatAnEndedProcessLentIsReturned() {
        int three = right(xous.spawn());
        Lend lend = right(xous.lend(three, own(three), PAGE, two, true));
        assertEquals(Option.none(), xous.exit(three));
        goesOn(is -> !is.isRunning(two)
                || is.returnMemory(two, lend.number(), lend.range().start(), PAGE)
                        .isEmpty());
        goesOn(is -> !is.isRunning(two) || is.exit(two).isEmpty());
    }

    @Test
    void exitGoesOnWhereItWasRefused() {
        right(xous.lend(one, own.start() + PAGE, PAGE, two, true));
        goesOn(is -> !is.isRunning(two) || is.exit(two).isEmpty());
    }

    @Test
    void aReturnGoesOnWhereItWasRefused() {
        Lend lend = right(xous.lend(one, own.start() + PAGE, 2 * PAGE, two, true));
        goesOn(is -> !is.isRunning(two)
                || is.returnMemory(two, lend.number(), lend.range().start(), 2 * PAGE)
                        .isEmpty());
    }

    @Test
    void aHeapShrinksOnWhereItWasRefused() {
        right(xous.increaseHeap(one, 3 * PAGE, READ_WRITE));
        right(xous.touch(one, AddressLayout.HEAP));
        right(xous.touch(one, AddressLayout.HEAP + 2 * PAGE));
        goesOn(is -> is.decreaseHeap(one, is.heapSize(one).get()).isRight());
    }

    @Test
    void theKernelMaps() {
        allOrNothing(
                is -> is.mapMemory(Pid.KERNEL, DEVICES, 0, 2 * PAGE, READ_WRITE).isRight());
        allOrNothing(is -> is.mapMemory(Pid.KERNEL, MAIN + 0x40_0000, 0, 2 * PAGE, READ_WRITE)
                .isRight());
    }

    @Test
    void spawnWithWhatTheKernelHasMapped() {
        right(xous.mapMemory(Pid.KERNEL, DEVICES, 0, 2 * PAGE, READ_WRITE));
        allOrNothing(is -> is.spawn().isRight());
    }

    /** At two places, so that the page stays with the first that goes. */
    @Test
    void theKernelUnmaps() {
        MemoryRange place = right(xous.mapMemory(Pid.KERNEL, DEVICES, 0, PAGE, READ_WRITE));
        MemoryRange other = right(xous.mapMemory(Pid.KERNEL, DEVICES, 0, PAGE, READ_WRITE));
        goesOn(is -> is.unmapMemory(Pid.KERNEL, place.start(), PAGE).isEmpty());
        assertEquals(Option.none(), xous.unmapMemory(Pid.KERNEL, place.start(), PAGE));
        goesOn(is -> is.unmapMemory(Pid.KERNEL, other.start(), PAGE).isEmpty());
    }

    @Test
    void exitWithWhatTheKernelHasMapped() {
        right(xous.mapMemory(Pid.KERNEL, DEVICES, 0, 2 * PAGE, READ_WRITE));
        goesOn(is -> !is.isRunning(two) || is.exit(two).isEmpty());
    }

    /** The pool of numbers for address spaces that boot made is full, so the next process needs one more. */
    @Test
    void spawnWithAPoolOfNumbers() {
        for (int i = 2; i < IN_BOOT_POOL; i++) {
            VkaObject space = right(machine.vka().vspace());
            assertFalse(
                    kernel().asidPoolAssign(BootSlots.ASID_POOL, space.cptr()).failed());
        }
        whole = closed();
        allOrNothing(is -> is.spawn().isRight());
    }

    /** The end of the whole system goes on as well, until nothing is left. */
    @Test
    void closeGoesOnWhereItWasRefused() {
        right(xous.lend(one, own.start(), PAGE, two, true));
        int ready = memory.checkpoint();
        boolean more = true;
        for (long n = 1; more; n++) {
            memory.rewind(ready);
            kernel().failAt(n, n % 2 == 0);
            Option<XousError> answer = xous.close();
            more = kernel().hasFailed();
            kernel().heal();
            // what the manager keeps for itself it may be refused without telling anybody
            assertTrue(answer.isEmpty() || more, "invocation " + n);
            if (answer.isDefined()) {
                answer = xous.close();
            }
            assertEquals(Option.none(), answer, "invocation " + n);
            gone("after invocation " + n);
            assertTrue(n < MOST_INVOCATIONS, "it comes to an end");
        }
    }
}
