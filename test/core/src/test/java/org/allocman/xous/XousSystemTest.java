package org.allocman.xous;

import static org.allocman.xous.Precursor.MAIN;
import static org.allocman.xous.Precursor.PAGE;
import static org.allocman.xous.Precursor.UART;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.XousMachine;
import org.allocman.lab.workload.XousWorkload;
import org.allocman.manager.Allocman;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.VkaError;
import org.allocman.xous.process.AddressLayout;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.Lend;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.XousSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class XousSystemTest {
    private static final int RW = Flags.READ | Flags.WRITE;

    private final XousMachine machine = Precursor.start(TableForm.ARRAY);
    private final XousSystem xous = machine.system();

    @Test
    void aProcessHasFourPagesAndTheKernelsWindows() {
        int pid = right(xous.spawn());
        assertEquals(Pid.FIRST, pid);
        assertEquals(4 * PAGE, xous.allocations().ramBytes(pid));
        PagedMemory user = machine.memoryOf(pid);
        for (long window : AddressLayout.kernelWindows()) {
            long physical = machine.space(pid).kernelSees(window);
            assertEquals(Pid.KERNEL, xous.allocations().owner(xous.allocations().find(physical)));
            assertThrows(MemoryFault.class, () -> user.load32(window, 0));
            assertThrows(MemoryFault.class, () -> user.store32(window, 0, 1));
            assertEquals(Option.some(XousError.BAD_ADDRESS), xous.unmapMemory(pid, window, PAGE));
            assertEquals(Either.left(XousError.BAD_ADDRESS), xous.touch(pid, window));
        }
        assertEquals(0, xous.heapSize(pid).get());
        assertEquals(1, xous.threads(pid).get());
    }

    @Test
    void pagesComeAtFirstTouch() {
        int pid = right(xous.spawn());
        MemoryRange range = right(xous.mapMemory(pid, 0, 0, 3 * PAGE, RW));
        assertEquals(0x6000_0000L, range.start());
        PagedMemory user = machine.memoryOf(pid);
        assertThrows(MemoryFault.class, () -> user.load64(range.start(), 0));
        long before = xous.allocations().ramBytes(pid);
        long physical = right(xous.touch(pid, range.start() + PAGE + 8));
        assertEquals(before + 2 * PAGE, xous.allocations().ramBytes(pid), "a page and a page table");
        user.store64(range.start() + PAGE, 8, 0x1234);
        assertEquals(0x1234, machine.managed().machine().memory().words().load64(physical, 0));
        assertThrows(MemoryFault.class, () -> user.load64(range.start(), 0));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.touch(pid, range.start() + 3 * PAGE));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.touch(pid, 0xff00_0000L));
        assertEquals(Either.right(physical), xous.virtToPhys(pid, range.start() + PAGE + 8));
    }

    @Test
    void aDevicePageIsOneProcessOnly() {
        int server = right(xous.spawn());
        int other = right(xous.spawn());
        MemoryRange uart = right(xous.mapMemory(server, UART, 0, PAGE, RW));
        assertEquals(Either.left(XousError.MEMORY_IN_USE), xous.mapMemory(other, UART, 0, PAGE, RW));
        Either<VkaError, ?> frame = machine.vka().frameAt(12, UART);
        assertEquals(VkaError.Reason.IN_USE, frame.getLeft().reason());
        machine.memoryOf(server).store32(uart.start(), 0, 7);
        assertEquals(Option.none(), xous.unmapMemory(server, uart.start(), PAGE));
        assertTrue(machine.vka().frameAt(12, UART).peek(machine.vka()::free).isRight());
        assertTrue(xous.mapMemory(other, UART, 0, PAGE, RW).isRight());
    }

    @Test
    void ramIsClearedEachTimeItIsMapped() {
        int pid = right(xous.spawn());
        long page = MAIN + 0x80_0000;
        MemoryRange first = right(xous.mapMemory(pid, page, 0, PAGE, RW));
        machine.memoryOf(pid).store64(first.start(), 0, 99);
        MemoryRange second = right(xous.mapMemory(pid, page, 0, PAGE, Flags.READ));
        assertNotEquals(first.start(), second.start());
        assertEquals(0, machine.memoryOf(pid).load64(second.start(), 0));
        machine.memoryOf(pid).store64(first.start(), 0, 5);
        assertEquals(5, machine.memoryOf(pid).load64(second.start(), 0));
        assertThrows(MemoryFault.class, () -> machine.memoryOf(pid).store64(second.start(), 0, 1));
        assertEquals(
                Either.left(XousError.SHARE_VIOLATION), xous.lend(pid, first.start(), PAGE, right(xous.spawn()), true));
        assertEquals(Option.none(), xous.unmapMemory(pid, first.start(), PAGE));
        assertEquals(5, machine.memoryOf(pid).load64(second.start(), 0), "it is the other's still");
        assertEquals(Option.none(), xous.unmapMemory(pid, second.start(), PAGE));
        assertEquals(Pid.FREE, xous.allocations().owner(xous.allocations().find(page)));
    }

    /** How often a page is mapped is counted in a few bits: beyond that it is refused, and the count does not wrap. */
    @Test
    void aPageIsMappedAsOftenAsCanBeCounted() {
        int pid = right(xous.spawn());
        long page = MAIN + 0x80_0000;
        for (int i = 0; i < FrameTable.MOST_MAPPINGS; i++) {
            right(xous.mapMemory(pid, page, 0, PAGE, RW));
        }
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.mapMemory(pid, page, 0, PAGE, RW));
        assertEquals(
                FrameTable.MOST_MAPPINGS,
                xous.frames().mappings(xous.allocations().find(page)));
        assertEquals(Option.none(), xous.exit(pid));
        assertEquals(Pid.FREE, xous.allocations().owner(xous.allocations().find(page)));
    }

    @Test
    void theHeapGrowsAndShrinks() {
        int pid = right(xous.spawn());
        assertEquals(Either.right(new MemoryRange(AddressLayout.HEAP, PAGE)), xous.increaseHeap(pid, 0, RW));
        assertEquals(Either.left(XousError.BAD_ALIGNMENT), xous.increaseHeap(pid, 1, RW));
        assertEquals(Either.left(XousError.INVALID_SYSCALL), xous.increaseHeap(pid, PAGE, 0x40));
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.increaseHeap(pid, (512 << 10) + PAGE, RW));
        assertEquals(Either.right(new MemoryRange(AddressLayout.HEAP, 2 * PAGE)), xous.increaseHeap(pid, 2 * PAGE, RW));
        assertEquals(
                Either.right(new MemoryRange(AddressLayout.HEAP + 2 * PAGE, PAGE)), xous.increaseHeap(pid, PAGE, RW));
        assertTrue(xous.touch(pid, AddressLayout.HEAP).isRight());
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.decreaseHeap(pid, 4 * PAGE));
        assertEquals(Either.right(new MemoryRange(AddressLayout.HEAP, PAGE)), xous.decreaseHeap(pid, 2 * PAGE));
        assertEquals(Either.right(new MemoryRange(AddressLayout.HEAP, 0)), xous.decreaseHeap(pid, PAGE));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.touch(pid, AddressLayout.HEAP));
        assertEquals(Either.right(524288L), xous.adjustProcessLimit(pid, 1, 1, 2), "not what was believed");
        assertEquals(Either.right(8192L), xous.adjustProcessLimit(pid, 1, 524288, 8192));
        assertEquals(Either.right(0L), xous.adjustProcessLimit(pid, 2, 0, 8192), "not below what it may be");
        assertEquals(Either.right(4096L), xous.adjustProcessLimit(pid, 2, 0, 4096));
        assertEquals(Either.left(XousError.INVALID_LIMIT), xous.adjustProcessLimit(pid, 3, 0, 0));
    }

    @Test
    void whatIsLentComesBack() {
        int client = right(xous.spawn());
        int server = right(xous.spawn());
        MemoryRange own = right(xous.mapMemory(client, 0, 0, 2 * PAGE, RW));
        right(xous.touch(client, own.start()));
        machine.memoryOf(client).store64(own.start(), 0, 11);
        Lend lend = right(xous.lend(client, own.start(), 2 * PAGE, server, true));
        assertEquals(0x4000_0000L, lend.range().start());
        assertThrows(MemoryFault.class, () -> machine.memoryOf(client).load64(own.start(), 0));
        PagedMemory seen = machine.memoryOf(server);
        assertEquals(11, seen.load64(lend.range().start(), 0));
        seen.store64(lend.range().start() + PAGE, 0, 12);
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.lend(client, own.start(), PAGE, server, false));
        assertEquals(Option.some(XousError.SHARE_VIOLATION), xous.unmapMemory(client, own.start(), PAGE));
        long physical = right(xous.virtToPhys(server, lend.range().start()));
        assertEquals(Either.left(XousError.MEMORY_IN_USE), xous.mapMemory(client, physical, 0, PAGE, RW));
        assertEquals(Either.left(XousError.MEMORY_IN_USE), xous.mapMemory(client, 0, own.start(), PAGE, RW));
        MemoryRange there = lend.range();
        assertEquals(
                Option.some(XousError.SERVER_NOT_FOUND),
                xous.returnMemory(client, lend.number(), there.start(), there.bytes()));
        assertEquals(Option.some(XousError.BAD_ADDRESS), xous.returnMemory(server, lend.number(), there.start(), PAGE));
        assertEquals(Option.none(), xous.returnMemory(server, lend.number(), there.start(), there.bytes()));
        assertEquals(
                Option.some(XousError.DOUBLE_FREE),
                xous.returnMemory(server, lend.number(), there.start(), there.bytes()));
        assertEquals(12, machine.memoryOf(client).load64(own.start() + PAGE, 0));
        assertThrows(MemoryFault.class, () -> machine.memoryOf(server).load64(there.start(), 0));
    }

    @Test
    void whoBorrowsToReadCannotWrite() {
        int client = right(xous.spawn());
        int server = right(xous.spawn());
        MemoryRange own = right(xous.mapMemory(client, 0, 0, PAGE, RW));
        Lend lend = right(xous.lend(client, own.start(), PAGE, server, false));
        assertEquals(0, machine.memoryOf(server).load32(lend.range().start(), 0));
        assertThrows(
                MemoryFault.class,
                () -> machine.memoryOf(server).store32(lend.range().start(), 0, 1));
    }

    @Test
    void theLenderMayEndFirst() {
        int client = right(xous.spawn());
        int server = right(xous.spawn());
        MemoryRange own = right(xous.mapMemory(client, 0, 0, PAGE, RW));
        Lend lend = right(xous.lend(client, own.start(), PAGE, server, true));
        long page = xous.allocations()
                .find(right(xous.virtToPhys(server, lend.range().start())));
        assertEquals(Option.none(), xous.exit(client));
        assertEquals(Pid.KERNEL, xous.allocations().owner(page));
        assertEquals(-1, xous.allocations().next(0, client));
        machine.memoryOf(server).store32(lend.range().start(), 0, 1);
        assertEquals(
                Option.none(),
                xous.returnMemory(server, lend.number(), lend.range().start(), PAGE));
        assertEquals(Pid.FREE, xous.allocations().owner(page));
    }

    @Test
    void whatAProcessBorrowedIsBackWhenItEnds() {
        int client = right(xous.spawn());
        int server = right(xous.spawn());
        MemoryRange own = right(xous.mapMemory(client, 0, 0, PAGE, RW));
        Lend lend = right(xous.lend(client, own.start(), PAGE, server, true));
        machine.memoryOf(server).store32(lend.range().start(), 0, 77);
        assertEquals(Option.none(), xous.exit(server));
        assertEquals(77, machine.memoryOf(client).load32(own.start(), 0));
        assertEquals(-1, xous.allocations().next(0, server));
    }

    @Test
    void whatIsMovedIsTheReceivers() {
        int client = right(xous.spawn());
        int server = right(xous.spawn());
        MemoryRange own = right(xous.mapMemory(client, 0, 0, 2 * PAGE, RW));
        right(xous.touch(client, own.start()));
        machine.memoryOf(client).store64(own.start(), 8, 21);
        MemoryRange there = right(xous.moveMemory(client, own.start(), 2 * PAGE, server));
        assertEquals(21, machine.memoryOf(server).load64(there.start(), 8));
        assertThrows(MemoryFault.class, () -> machine.memoryOf(client).load64(own.start(), 8));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.touch(client, own.start()));
        assertEquals(Option.none(), xous.exit(client));
        assertEquals(21, machine.memoryOf(server).load64(there.start(), 8));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.moveMemory(server, there.start() + 1, PAGE, server));
        assertEquals(Either.right(there), xous.moveMemory(server, there.start(), 2 * PAGE, server));
        assertEquals(Option.none(), xous.unmapMemory(server, there.start(), 2 * PAGE));
    }

    @Test
    void flagsOnlyGoAway() {
        int pid = right(xous.spawn());
        MemoryRange own = right(xous.mapMemory(pid, 0, 0, PAGE, RW));
        assertEquals(
                Option.some(XousError.MEMORY_IN_USE),
                xous.updateMemoryFlags(pid, own.start(), PAGE, Flags.READ, 0),
                "not there yet");
        right(xous.touch(pid, own.start()));
        assertEquals(
                Option.some(XousError.MEMORY_IN_USE),
                xous.updateMemoryFlags(pid, own.start(), PAGE, RW | Flags.EXECUTE, 0));
        assertEquals(Option.some(XousError.MEMORY_IN_USE), xous.updateMemoryFlags(pid, own.start(), PAGE, 0, 0));
        assertEquals(
                Option.some(XousError.PROCESS_NOT_CHILD),
                xous.updateMemoryFlags(pid, own.start(), PAGE, Flags.READ, pid));
        assertEquals(Option.some(XousError.BAD_ADDRESS), xous.updateMemoryFlags(pid, 0, PAGE, Flags.READ, pid));
        assertEquals(Option.none(), xous.updateMemoryFlags(pid, own.start(), PAGE, Flags.READ, 0));
        assertEquals(0, machine.memoryOf(pid).load64(own.start(), 0));
        assertThrows(MemoryFault.class, () -> machine.memoryOf(pid).store64(own.start(), 0, 1));
    }

    @Test
    void threadsAreMadeOnMemoryThatIsThere() {
        int pid = right(xous.spawn());
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.createThread(pid, 0, 16));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.createThread(pid, 0x6000_0000L, PAGE));
        MemoryRange stack = right(xous.mapMemory(pid, 0, 0, PAGE, RW));
        for (int thread = 3; thread <= 30; thread++) {
            assertEquals(Either.right(thread), xous.createThread(pid, stack.start(), PAGE));
        }
        assertEquals(Either.left(XousError.THREAD_NOT_AVAILABLE), xous.createThread(pid, stack.start(), PAGE));
        assertEquals(Option.none(), xous.exit(pid));
    }

    @Test
    void interruptsHaveOneOwner() {
        int pid = right(xous.spawn());
        int other = right(xous.spawn());
        assertEquals(Option.some(XousError.INTERRUPT_NOT_FOUND), xous.claimInterrupt(pid, 32));
        assertEquals(Option.none(), xous.claimInterrupt(pid, 31));
        assertEquals(Option.some(XousError.INTERRUPT_IN_USE), xous.claimInterrupt(pid, 31));
        assertEquals(Option.some(XousError.INTERRUPT_NOT_FOUND), xous.freeInterrupt(other, 31));
        assertEquals(Option.none(), xous.exit(pid));
        assertEquals(Option.none(), xous.claimInterrupt(other, 31));
    }

    @Test
    void errorsComeInTheirOrder() {
        int pid = right(xous.spawn());
        assertEquals(Either.left(XousError.INVALID_SYSCALL), xous.mapMemory(pid, 1, 0xff00_0001L, 0, RW));
        assertEquals(Either.left(XousError.INVALID_SYSCALL), xous.mapMemory(pid, 1, 0xff00_0001L, 1, 0x40));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.mapMemory(pid, 1, 0xff00_0001L, 1, RW));
        assertEquals(Either.left(XousError.BAD_ALIGNMENT), xous.mapMemory(pid, 0, 0x6000_0001L, 1, RW));
        assertEquals(Either.left(XousError.BAD_ALIGNMENT), xous.mapMemory(pid, 1, 0x6000_0001L, PAGE, RW));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.mapMemory(pid, PAGE, 0x6000_0001L, PAGE, RW));
        assertEquals(Either.left(XousError.MEMORY_IN_USE), xous.mapMemory(pid, MAIN, 0x6000_0001L, PAGE, RW));
        assertEquals(Either.left(XousError.BAD_ALIGNMENT), xous.mapMemory(pid, UART, 0x6000_0001L, PAGE, RW));
        assertEquals(Option.some(XousError.INVALID_SYSCALL), xous.unmapMemory(pid, 1, 0));
        assertEquals(Option.some(XousError.BAD_ALIGNMENT), xous.unmapMemory(pid, 1, 1));
        assertEquals(Option.some(XousError.BAD_ADDRESS), xous.unmapMemory(pid, 0x6000_0000L, PAGE));
        right(xous.mapMemory(pid, 0, 0x6000_0000L, PAGE, RW));
        assertEquals(Option.none(), xous.unmapMemory(pid, 0x6000_1000L, PAGE), "beside something");
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.lend(pid, 1, 0, pid, true));
        assertEquals(Either.left(XousError.BAD_ALIGNMENT), xous.lend(pid, 1, PAGE, pid, true));
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.lend(pid, 0xff00_0000L, PAGE, pid, true));
        assertEquals(Either.left(XousError.PROCESS_NOT_FOUND), xous.mapMemory(77, 0, 0, PAGE, RW));
    }

    @Test
    void aRangeThatIsPartlyTakenLeavesTheRestAsItWas() {
        int pid = right(xous.spawn());
        int other = right(xous.spawn());
        long page = MAIN + 0x80_0000;
        right(xous.mapMemory(pid, page, 0, PAGE, RW));
        right(xous.mapMemory(other, page + 2 * PAGE, 0, PAGE, RW));
        assertEquals(Either.left(XousError.MEMORY_IN_USE), xous.mapMemory(pid, page, 0, 3 * PAGE, RW));
        assertEquals(
                pid,
                xous.allocations().owner(xous.allocations().find(page)),
                "what the caller had before stays its own");
        assertEquals(Pid.FREE, xous.allocations().owner(xous.allocations().find(page + PAGE)));
    }

    @Test
    void devicesGetPagesInARow() {
        int pid = right(xous.spawn());
        MemoryRange range = right(xous.mapMemory(pid, 0, 0, 5 * PAGE, RW | Flags.DEVICE));
        long first = right(xous.virtToPhys(pid, range.start()));
        for (int i = 0; i < 5; i++) {
            assertEquals(Either.right(first + i * PAGE), xous.virtToPhys(pid, range.start() + i * PAGE));
        }
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.mapMemory(pid, 0, 0, 0x100_0000, RW | Flags.DEVICE));
    }

    @ParameterizedTest
    @EnumSource(TableForm.class)
    void nothingIsLeftWhenTheSystemCloses(TableForm form) throws BootFailure {
        XousMachine other = Precursor.start(form);
        XousWorkload work = new XousWorkload(other.system(), 7);
        work.start(4);
        for (int i = 0; i < 300; i++) {
            work.step();
        }
        other.system().close();
        Allocman used = other.managed().allocman();
        used.trim();
        Allocman fresh = ManagedMachine.manage(
                        XousMachine.boot(Precursor.board()),
                        XousMachine.pools(Precursor.board()),
                        kernel -> kernel,
                        GrowthListener.NONE)
                .get()
                .allocman();
        fresh.trim();
        assertEquals(fresh.statistics(), used.statistics());
    }

    @Test
    void numbersAreUsedAgain() {
        int first = right(xous.spawn());
        int second = right(xous.spawn());
        assertEquals(Option.none(), xous.exit(first));
        assertEquals(Option.some(XousError.PROCESS_NOT_FOUND), xous.exit(first));
        assertFalse(xous.isRunning(first));
        assertEquals(Either.right(first), xous.spawn());
        assertTrue(xous.isRunning(second));
    }
}
