package org.allocman.xous;

import static org.allocman.xous.Precursor.MAIN;
import static org.allocman.xous.Precursor.PAGE;
import static org.allocman.xous.Precursor.UART;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.allocman.check.xous.XousInvariants;
import org.allocman.lab.machine.XousMachine;
import org.allocman.resource.ResourceRefusal;
import org.allocman.vka.ObjectType;
import org.allocman.xous.process.AddressLayout;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.Lend;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.XousSystem;
import org.junit.jupiter.api.Test;

/** What just is allowed and what just is not, and where the next free addresses are. */
class XousEdgesTest extends TwoProcesses {
    private static final long DEFAULT = 0x6000_0000L;

    private final long end = AddressLayout.userEnd(machine.vka().architecture());

    @Test
    void newMemoryComesBehindTheLast() {
        long first = reserve(PAGE);
        long second = reserve(2 * PAGE);
        assertEquals(List.of(DEFAULT, DEFAULT + PAGE), List.of(first, second));
        assertEquals(Option.none(), xous.unmapMemory(one, first, PAGE));
        assertNotThere(first);
        assertEquals(DEFAULT + 3 * PAGE, reserve(PAGE));
        // what is put somewhere by name is not the last; asked for by nobody it is stepped over
        right(xous.mapMemory(one, 0, DEFAULT + 5 * PAGE, PAGE, RW));
        assertEquals(DEFAULT + 4 * PAGE, reserve(PAGE));
        assertEquals(DEFAULT + 6 * PAGE, reserve(PAGE));
    }

    @Test
    void theHeapGrowsToItsLimit() {
        right(xous.increaseHeap(one, 2 * PAGE, RW));
        long left = AddressLayout.HEAP_MOST - 2 * PAGE;
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.increaseHeap(one, left + PAGE, RW));
        assertEquals(Either.left(XousError.INVALID_SYSCALL), xous.increaseHeap(one, -PAGE, RW));
        assertEquals(
                Either.right(new MemoryRange(AddressLayout.HEAP + 2 * PAGE, left)), xous.increaseHeap(one, left, RW));
        assertEquals(AddressLayout.HEAP_MOST, xous.heapSize(one).get());
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.increaseHeap(one, PAGE, RW));
        assertNotThere(AddressLayout.HEAP + AddressLayout.HEAP_MOST);
        // a limit beyond the addresses does not help; what is lent in between would be met first
        long own = reserve(PAGE);
        right(xous.lend(one, own, PAGE, two, false));
        assertEquals(Either.right(1L << 40), xous.adjustProcessLimit(one, 1, AddressLayout.HEAP_MOST, 1L << 40));
        long tooMuch = end - AddressLayout.HEAP - AddressLayout.HEAP_MOST + PAGE;
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.increaseHeap(one, tooMuch, RW));
        assertEquals(Either.left(XousError.MEMORY_IN_USE), xous.increaseHeap(one, tooMuch - PAGE, RW));
    }

    @Test
    void theHeapShrinksByWhatIsAskedAlone() {
        right(xous.increaseHeap(one, 3 * PAGE, RW));
        long behind = right(xous.mapMemory(one, 0, AddressLayout.HEAP + 3 * PAGE, 2 * PAGE, RW))
                .start();
        assertThere(behind);
        Lend lent = right(xous.lend(one, behind, PAGE, two, false));
        assertEquals(Either.left(XousError.BAD_ALIGNMENT), xous.decreaseHeap(one, 1));
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.decreaseHeap(one, -PAGE));
        assertEquals(Either.right(new MemoryRange(AddressLayout.HEAP, 2 * PAGE)), xous.decreaseHeap(one, PAGE));
        assertNotThere(AddressLayout.HEAP + 2 * PAGE);
        assertThere(behind + PAGE);
        assertEquals(
                Option.none(),
                xous.returnMemory(two, lent.number(), lent.range().start(), PAGE));
        assertThere(behind);

        Lend first = right(xous.lend(one, AddressLayout.HEAP, PAGE, two, false));
        assertEquals(Either.left(XousError.SHARE_VIOLATION), xous.decreaseHeap(one, 2 * PAGE));
        assertEquals(2 * PAGE, xous.heapSize(one).get());
        assertEquals(Either.right(new MemoryRange(AddressLayout.HEAP, PAGE)), xous.decreaseHeap(one, PAGE));
        assertEquals(Either.left(XousError.SHARE_VIOLATION), xous.decreaseHeap(one, PAGE));
        assertEquals(
                Option.none(),
                xous.returnMemory(two, first.number(), first.range().start(), PAGE));
        assertEquals(Either.right(new MemoryRange(AddressLayout.HEAP, 0)), xous.decreaseHeap(one, PAGE));
    }

    @Test
    void limitsAreWhatWasBelieved() {
        assertEquals(
                Either.right(AddressLayout.HEAP_MOST), xous.adjustProcessLimit(one, 1, AddressLayout.HEAP_MOST, -1));
        assertEquals(Either.right(0L), xous.adjustProcessLimit(one, 1, AddressLayout.HEAP_MOST, 0));
        assertEquals(Either.right(PAGE), xous.adjustProcessLimit(one, 1, 0, PAGE));
        assertEquals(Either.right(0L), xous.adjustProcessLimit(one, 2, 0, -1));
        assertEquals(Either.right(0L), xous.adjustProcessLimit(one, 2, 0, PAGE), "it stays below the most");
        assertEquals(Either.right(PAGE - 1), xous.adjustProcessLimit(one, 2, 0, PAGE - 1));
        assertEquals(Either.right(0L), xous.adjustProcessLimit(one, 2, PAGE - 1, 0));
        assertEquals(Either.left(XousError.INVALID_LIMIT), xous.adjustProcessLimit(one, 0, 0, 0));
    }

    @Test
    void whatIsUnmappedIsGoneAlone() {
        long start = reserve(3 * PAGE);
        assertThere(start);
        assertThere(start + PAGE);
        assertThere(start + 2 * PAGE);
        assertEquals(Option.none(), xous.unmapMemory(one, start + PAGE, PAGE));
        assertThere(start);
        assertNotThere(start + PAGE);
        assertThere(start + 2 * PAGE);
        assertEquals(Option.none(), xous.unmapMemory(one, start, 3 * PAGE));
        // a page table is there still, so the 4 MiB are known; the next ones are not, nor those before
        assertEquals(Option.none(), xous.unmapMemory(one, start + (4 << 20) - PAGE, PAGE));
        assertEquals(Option.some(XousError.BAD_ADDRESS), xous.unmapMemory(one, start + (4 << 20), PAGE));
        assertEquals(Option.some(XousError.BAD_ADDRESS), xous.unmapMemory(one, start - PAGE, PAGE));
        right(xous.mapMemory(one, 0, start + (8 << 20), PAGE, RW));
        assertEquals(Option.some(XousError.BAD_ADDRESS), xous.unmapMemory(one, start + (8 << 20) - PAGE, PAGE));
        assertEquals(Option.none(), xous.unmapMemory(one, start + (12 << 20) - PAGE, PAGE));
        // of several errors the first is told, and what can be done is done
        long more =
                right(xous.mapMemory(one, 0, start + (8 << 20), 3 * PAGE, RW)).start();
        right(xous.lend(one, more + PAGE, PAGE, two, false));
        assertEquals(Option.some(XousError.SHARE_VIOLATION), xous.unmapMemory(one, more, 3 * PAGE));
        assertNotThere(more);
        assertNotThere(more + 2 * PAGE);
    }

    @Test
    void flagsGoFromAllPages() {
        long start = reserve(3 * PAGE);
        for (int i = 0; i < 3; i++) {
            assertThere(start + i * PAGE);
        }
        assertEquals(Option.some(XousError.BAD_ALIGNMENT), xous.updateMemoryFlags(one, start, PAGE + 1, Flags.READ, 0));
        assertEquals(Option.some(XousError.BAD_ALIGNMENT), xous.updateMemoryFlags(one, start + 1, PAGE, Flags.READ, 0));
        assertEquals(Option.none(), xous.updateMemoryFlags(one, start, 2 * PAGE, Flags.READ, 0));
        List<String> rights = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            rights.add(XousPicture.rights(machine, one, start + i * PAGE));
        }
        assertEquals(List.of("VR--U", "VR--U", "VRW-U"), rights);
        assertEquals(
                Option.some(XousError.MEMORY_IN_USE),
                xous.updateMemoryFlags(one, start + PAGE, 2 * PAGE, RW, 0),
                "what one of them has not cannot come back");
        assertEquals("VRW-U", XousPicture.rights(machine, one, start + 2 * PAGE));
    }

    @Test
    void aStackIsSixteenBytesAboveNothing() {
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.createThread(one, -1, 100));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.createThread(one, DEFAULT, 0));
        long stack = reserve(PAGE);
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.createThread(one, stack, PAGE + 1));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.createThread(one, stack - 1, 2));
        assertEquals(Either.right(3), xous.createThread(one, stack + PAGE - 1, 1));
        // of the page 0 the first 16 bytes are no stack
        right(xous.mapMemory(one, 0, PAGE, PAGE, RW));
        long top = right(xous.mapMemory(one, 0, end - PAGE, PAGE, RW)).start();
        assertEquals(Either.right(4), xous.createThread(one, top, PAGE));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.createThread(one, top, PAGE + 1));
        assertEquals(Either.right(5), xous.createThread(one, stack, 1));
        assertEquals(4, xous.threads(one).get());
        assertEquals(1, xous.threads(two).get());
    }

    @Test
    void anInterruptIsGivenBackByItsOwner() {
        assertEquals(Option.some(XousError.INTERRUPT_NOT_FOUND), xous.claimInterrupt(one, -1));
        assertEquals(Option.none(), xous.claimInterrupt(one, 0));
        assertEquals(Option.some(XousError.INTERRUPT_NOT_FOUND), xous.freeInterrupt(two, 0));
        assertEquals(Option.some(XousError.INTERRUPT_IN_USE), xous.claimInterrupt(two, 0));
        assertEquals(Option.none(), xous.freeInterrupt(one, 0));
        assertEquals(Option.some(XousError.INTERRUPT_NOT_FOUND), xous.freeInterrupt(one, 0));
        assertEquals(Option.none(), xous.claimInterrupt(two, 0));
        assertEquals(Option.none(), xous.claimInterrupt(two, 31));
        assertEquals(Option.none(), xous.freeInterrupt(two, 31));
        assertEquals(Option.some(XousError.INTERRUPT_NOT_FOUND), xous.freeInterrupt(two, -1));
        assertEquals(Option.some(XousError.INTERRUPT_NOT_FOUND), xous.freeInterrupt(two, 32));
        // one ends, and only its interrupts are free
        assertEquals(Option.none(), xous.claimInterrupt(one, 5));
        assertEquals(Option.none(), xous.exit(one));
        assertEquals(Option.some(XousError.INTERRUPT_IN_USE), xous.claimInterrupt(two, 0));
        assertEquals(Option.none(), xous.claimInterrupt(two, 5));
    }

    /** A pool has 16 numbers here, the pool of boot 14 of them; so 63 processes need all five. */
    @Test
    void thereAreSixtyThreeProcesses() {
        long before = machine.managed().allocman().statistics().liveObjects();
        List<Integer> pids = new ArrayList<>(List.of(one, two));
        assertFalse(xous.isRunning(Pid.FIRST + 2));
        while (pids.size() < Pid.LAST - Pid.FIRST + 1) {
            pids.add(right(xous.spawn()));
        }
        assertEquals(Pid.LAST, pids.get(pids.size() - 1));
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.spawn());
        assertTrue(xous.isRunning(Pid.LAST));
        assertFalse(xous.isRunning(Pid.LAST + 1));
        assertFalse(xous.isRunning(0));
        MemoryRange range = right(xous.mapMemory(Pid.LAST, UART, 0, PAGE, RW));
        machine.memoryOf(Pid.LAST).store64(range.start(), 0, 5);
        assertEquals(List.of(), XousInvariants.check(machine));
        for (int pid : pids.subList(2, pids.size())) {
            assertEquals(Option.none(), xous.exit(pid));
        }
        // the pools stay for those that come
        assertEquals(before + 4, machine.managed().allocman().statistics().liveObjects());
        assertEquals(Either.right(Pid.FIRST + 2), xous.spawn());
        assertEquals(Option.none(), xous.exit(Pid.FIRST + 2));
        assertEquals(before + 4, machine.managed().allocman().statistics().liveObjects());
        assertEquals(Option.none(), xous.close());
        assertEquals(0, machine.managed().allocman().statistics().liveObjects());
    }

    @Test
    void whatIsThereIsNotMappedOver() {
        long own = reserve(3 * PAGE);
        assertThere(own + PAGE);
        assertEquals(Either.left(XousError.MEMORY_IN_USE), xous.mapMemory(one, UART, own + PAGE, PAGE, RW));
        assertEquals(Either.left(XousError.MEMORY_IN_USE), xous.mapMemory(one, UART, own, 2 * PAGE, RW));
        assertEquals(Pid.FREE, xous.allocations().owner(xous.allocations().find(UART)));
        right(xous.mapMemory(one, UART, own, PAGE, RW));
        assertEquals(Either.right(UART), xous.virtToPhys(one, own));
        // what is set aside again has the new flags, what is there already keeps the old ones
        right(xous.mapMemory(one, 0, own + PAGE, 2 * PAGE, Flags.READ));
        assertThere(own + 2 * PAGE);
        assertEquals("VRW-U", XousPicture.rights(machine, one, own + PAGE));
        assertEquals("VR--U", XousPicture.rights(machine, one, own + 2 * PAGE));
    }

    @Test
    void aPageMappedTwiceNeedsOneCopy() {
        long page = MAIN + 0x80_0000;
        long first = right(xous.mapMemory(one, page, 0, PAGE, RW)).start();
        long slots = freeSlots();
        long second = right(xous.mapMemory(one, page, 0, PAGE, RW)).start();
        assertEquals(slots - 1, freeSlots());
        assertEquals(Option.none(), xous.unmapMemory(one, first, PAGE));
        assertNotThere(first);
        assertThere(second);
        assertEquals(slots - 1, freeSlots());
        long third = right(xous.mapMemory(one, page, 0, PAGE, RW)).start();
        assertEquals(slots - 1, freeSlots(), "through the page's own capability, which is free again");
        assertEquals(Option.none(), xous.unmapMemory(one, second, PAGE));
        assertEquals(slots, freeSlots());
        assertThere(third);
        assertEquals(Option.none(), xous.unmapMemory(one, third, PAGE));
        assertEquals(Pid.FREE, xous.allocations().owner(xous.allocations().find(page)));
    }

    private long freeSlots() {
        return machine.managed().allocman().statistics().freeSlots();
    }

    /** Of pages and page tables as many are wanted as there are, and then one more. */
    @Test
    void withoutPagesNothingIsMadeHalf() {
        long own = reserve(PAGE);
        while (xous.pages().claimAny(200) >= 0) {
            assertTrue(xous.allocations().freeRamPages() >= 0);
        }
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.touch(one, own));
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.spawn());
        long given = 0;
        boolean isThere = false;
        boolean isSpawned = false;
        while (!isSpawned) {
            long unit = xous.allocations().next(0, 200);
            assertEquals(unit, xous.pages().release(unit, 200));
            given++;
            assertTrue(given < 20);
            long free = pagesOfNoProcess();
            Either<XousError, Long> touched = isThere ? Either.right(0L) : xous.touch(one, own);
            if (touched.isLeft()) {
                assertEquals(Either.left(XousError.OUT_OF_MEMORY), touched);
                assertEquals(free, pagesOfNoProcess());
            } else if (!isThere) {
                assertEquals(2, given, "a page and a page table");
                isThere = true;
            }
            free = pagesOfNoProcess();
            Either<XousError, Integer> spawned = xous.spawn();
            isSpawned = spawned.isRight();
            if (!isSpawned) {
                assertEquals(Either.left(XousError.OUT_OF_MEMORY), spawned);
                assertEquals(free, pagesOfNoProcess());
            }
        }
        assertTrue(given >= 2 + 4, "and the four that a process has; its books need some, too");
    }

    /** Pages of RAM that are free, or the manager's, which may take more of them whatever becomes of a call. */
    private long pagesOfNoProcess() {
        PageAllocations allocations = xous.allocations();
        return LongStream.range(0, allocations.whitelist().ramPages())
                .filter(page -> allocations.owner(page) == Pid.FREE
                        || allocations.owner(page) == Pid.KERNEL
                                && !xous.frames().isHeld(page))
                .count();
    }

    @Test
    void whatBootKeepsIsTheKernels() {
        XousMachine started = Precursor.start(TableForm.ARRAY);
        XousSystem fresh = started.system();
        long window = fresh.allocations().next(0, Pid.KERNEL);
        while (!fresh.frames().isHeld(window)) {
            window = fresh.allocations().next(window + 1, Pid.KERNEL);
        }
        assertEquals(1, fresh.frames().mappings(window));
        assertEquals(ResourceRefusal.IN_USE, ResourceRefusal.of(fresh.pages().release(window, Pid.KERNEL)), "it stays");
        // what is in no untyped that boot handed out is known to be the kernel's before anybody asks for it
        long kernels = 0;
        for (long page = 0; page < fresh.allocations().whitelist().pages(); page++) {
            long address = fresh.allocations().whitelist().address(page);
            boolean isHandedOver = machine.managed().machine().bootInfo().untypeds().stream()
                    .anyMatch(untyped -> untyped.paddr() <= address && address + PAGE - 1 <= untyped.last());
            if (!isHandedOver) {
                kernels++;
                assertEquals(Pid.KERNEL, fresh.allocations().owner(page));
            }
        }
        assertTrue(kernels > 0);
        // all that is the kernel's is boot's, the manager's, or a window's
        long windows = 0;
        for (long page = fresh.allocations().next(0, Pid.KERNEL);
                page >= 0;
                page = fresh.allocations().next(page + 1, Pid.KERNEL)) {
            long address = fresh.allocations().whitelist().address(page);
            windows += fresh.frames().isHeld(page) ? 1 : 0;
            assertTrue(
                    started.vka().allocateAt(ObjectType.SMALL_PAGE, 0, address).isLeft());
        }
        assertEquals(AddressLayout.kernelWindows().length, windows);
    }

    /** The page table that the first page needs is the lowest free page, and that is the second page. */
    @Test
    void aPageThatIsAskedForBecomesNoPageTable() {
        XousMachine started = Precursor.start(TableForm.ARRAY);
        XousSystem system = started.system();
        int pid = right(system.spawn());
        long run = system.allocations().freeRun(3);
        for (long page = 0; page < run; page++) {
            if (system.allocations().owner(page) == Pid.FREE) {
                system.mapMemory(pid, MAIN + page * PAGE, 0, PAGE, RW);
            }
        }
        long lowest = MAIN + run * PAGE;
        MemoryRange range = right(system.mapMemory(pid, lowest, 0x1000_0000L, 3 * PAGE, RW));
        for (long at = 0; at < 3 * PAGE; at += PAGE) {
            assertEquals(Either.right(lowest + at), system.virtToPhys(pid, range.start() + at));
        }
    }
}
