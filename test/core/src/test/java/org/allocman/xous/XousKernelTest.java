package org.allocman.xous;

import static org.allocman.xous.Precursor.MAIN;
import static org.allocman.xous.Precursor.PAGE;
import static org.allocman.xous.Precursor.UART;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.allocman.check.xous.XousInvariants;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.XousMachine;
import org.allocman.vka.Architecture;
import org.allocman.xous.process.AddressLayout;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.KernelMapping;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.XousSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PID 1 maps as Xous' kernel does: in every process, for itself alone, by the rules of ownership that hold for all. */
class XousKernelTest {
    private static final int READ_WRITE = Flags.READ | Flags.WRITE;
    private static final long WINDOW = AddressLayout.kernelWindows()[0];
    private static final int KERNEL = Pid.KERNEL;

    private final XousMachine machine = Precursor.start(TableForm.ARRAY);
    private final XousSystem xous = machine.system();

    private void seenByTheKernelAlone(int pid, long address, long physical) {
        assertEquals(physical, machine.space(pid).kernelSees(address));
        assertEquals(0, machine.space(pid).translate(address));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.virtToPhys(pid, address));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.touch(pid, address));
        assertEquals(Option.some(XousError.BAD_ADDRESS), xous.unmapMemory(pid, address, PAGE));
        assertEquals(Either.left(XousError.MEMORY_IN_USE), xous.mapMemory(pid, 0, address, PAGE, READ_WRITE));
    }

    @Test
    void whatItMapsIsInEveryProcessAlsoInLaterOnes() {
        int before = right(xous.spawn());
        MemoryRange two = right(xous.mapMemory(KERNEL, UART, 0, 2 * PAGE, READ_WRITE | Flags.DEVICE));
        assertEquals(new MemoryRange(WINDOW + PAGE, 2 * PAGE), two);
        int after = right(xous.spawn());
        for (int pid : new int[] {before, after}) {
            seenByTheKernelAlone(pid, two.start(), UART);
            seenByTheKernelAlone(pid, two.start() + PAGE, UART + PAGE);
        }
        assertEquals(
                List.of(
                        new KernelMapping(two.start(), UART, READ_WRITE),
                        new KernelMapping(two.start() + PAGE, UART + PAGE, READ_WRITE)),
                xous.kernelMappings());
        assertEquals(Either.right(UART + PAGE + 12), xous.virtToPhys(KERNEL, two.start() + PAGE + 12));
        assertEquals(Option.none(), xous.exit(before));
        assertEquals(List.of(), XousInvariants.check(machine));
        assertEquals(Option.none(), xous.unmapMemory(KERNEL, two.start(), 2 * PAGE));
        assertEquals(-1, machine.space(after).kernelSees(two.start()));
        assertEquals(Pid.FREE, xous.allocations().owner(xous.allocations().find(UART)));
        assertEquals(List.of(), xous.kernelMappings());
    }

    /** It costs no process a page: the windows' tables are there. */
    @Test
    void itCostsNoProcessAPage() {
        int pid = right(xous.spawn());
        long before = xous.allocations().ramBytes(pid);
        right(xous.mapMemory(KERNEL, UART, WINDOW + AddressLayout.KERNEL_WINDOW_BYTES - PAGE, PAGE, READ_WRITE));
        assertEquals(before, xous.allocations().ramBytes(pid));
    }

    @Test
    void itOwnsByTheRulesOfAll() {
        int pid = right(xous.spawn());
        right(xous.mapMemory(pid, UART, 0, PAGE, READ_WRITE));
        Either<XousError, ?> inUse = Either.left(XousError.MEMORY_IN_USE);
        assertEquals(inUse, xous.mapMemory(KERNEL, UART, 0, PAGE, READ_WRITE));
        assertEquals(inUse, xous.mapMemory(KERNEL, UART - PAGE, 0, 2 * PAGE, READ_WRITE));
        assertEquals(Pid.FREE, xous.allocations().owner(xous.allocations().find(UART - PAGE)), "all or nothing");
        MemoryRange own = right(xous.mapMemory(KERNEL, UART + PAGE, 0, PAGE, READ_WRITE));
        assertEquals(inUse, xous.mapMemory(pid, UART + PAGE, 0, PAGE, READ_WRITE));
        right(xous.mapMemory(KERNEL, UART + PAGE, 0, PAGE, READ_WRITE));
        assertEquals(Option.none(), xous.unmapMemory(KERNEL, own.start(), PAGE));
        assertEquals(inUse, xous.mapMemory(pid, UART + PAGE, 0, PAGE, READ_WRITE), "it is mapped at another place");
    }

    /** Pages that the kernel beneath has are PID 1's, and there is no capability for them. */
    @Test
    void whatTheKernelBeneathHasCannotBeMapped() {
        long first = xous.allocations().next(0, KERNEL);
        assertEquals(
                Either.left(XousError.MEMORY_IN_USE),
                xous.mapMemory(KERNEL, xous.allocations().whitelist().address(first), 0, PAGE, READ_WRITE));
    }

    @Test
    void whereAProcessHasSomethingNothingIsMapped() {
        int pid = right(xous.spawn());
        right(xous.mapMemory(pid, 0, WINDOW + 2 * PAGE, PAGE, READ_WRITE));
        assertEquals(
                Either.left(XousError.MEMORY_IN_USE),
                xous.mapMemory(KERNEL, UART, WINDOW + PAGE, 2 * PAGE, READ_WRITE));
        assertEquals(
                Either.right(new MemoryRange(WINDOW + 3 * PAGE, 2 * PAGE)),
                xous.mapMemory(KERNEL, UART, 0, 2 * PAGE, READ_WRITE));
    }

    /** RAM is zero when it is new, and is left alone when PID 1 maps again what it has. */
    @Test
    void itsRamIsNotCleared() {
        long ram = MAIN + 0x80_0000;
        right(xous.mapMemory(KERNEL, ram, 0, PAGE, READ_WRITE));
        assertEquals(0, machine.managed().machine().memory().words().load64(ram, 8));
        machine.managed().machine().memory().words().store64(ram, 8, 7);
        right(xous.mapMemory(KERNEL, ram, 0, PAGE, READ_WRITE));
        assertEquals(7, machine.managed().machine().memory().words().load64(ram, 8));
    }

    @ParameterizedTest
    @CsvSource({
        "0xf0005000, 0x01001000, 0, 6, INVALID_SYSCALL",
        "0xf0005000, 0x01001000, 4096, 64, INVALID_SYSCALL",
        "0, 0x01001000, 4096, 6, BAD_ADDRESS",
        "0, 0x01001000, 4096, 22, BAD_ADDRESS",
        "0xf0005000, 0x60000000, 4096, 6, BAD_ADDRESS",
        "0xf0005000, 0xffcf0000, 4096, 6, BAD_ADDRESS",
        "0xf0005000, 0x011ff000, 8192, 6, BAD_ADDRESS",
        "0xf0005000, 0x01001000, 4095, 6, BAD_ALIGNMENT",
        "0xf0005000, 0x01001004, 4096, 6, BAD_ALIGNMENT",
        "0xf0005004, 0x01001000, 4096, 6, BAD_ALIGNMENT",
        "0xe1000000, 0x01001000, 4096, 6, BAD_ADDRESS",
        "0xf0005000, 0x01000000, 4096, 6, MEMORY_IN_USE"
    })
    void whatItMayNot(String physical, String virtual, long size, int flags, XousError error) {
        assertEquals(
                Either.left(error), xous.mapMemory(KERNEL, Long.decode(physical), Long.decode(virtual), size, flags));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4096, INVALID_SYSCALL",
        "0x01001000, 0, INVALID_SYSCALL",
        "0x01001004, 4096, BAD_ALIGNMENT",
        "0x60000000, 4096, BAD_ADDRESS",
        "0x01000000, 4096, BAD_ADDRESS",
        "0x011ff000, 8192, BAD_ADDRESS"
    })
    void whatItMayNotUnmap(String start, long size, XousError error) {
        assertEquals(Option.some(error), xous.unmapMemory(KERNEL, Long.decode(start), size));
    }

    @Test
    void itHasInterruptsAndIsNoProcess() {
        int pid = right(xous.spawn());
        assertEquals(Option.none(), xous.claimInterrupt(KERNEL, 3));
        assertEquals(Option.some(XousError.INTERRUPT_IN_USE), xous.claimInterrupt(pid, 3));
        assertEquals(Option.some(XousError.INTERRUPT_NOT_FOUND), xous.freeInterrupt(pid, 3));
        assertEquals(Option.none(), xous.freeInterrupt(KERNEL, 3));
        Either<XousError, ?> none = Either.left(XousError.PROCESS_NOT_FOUND);
        assertEquals(none, xous.increaseHeap(KERNEL, PAGE, READ_WRITE));
        assertEquals(none, xous.touch(KERNEL, WINDOW));
        assertEquals(none, xous.rootTable(KERNEL));
        assertEquals(none, xous.lend(KERNEL, WINDOW, PAGE, pid, false));
        assertEquals(none, xous.moveMemory(pid, AddressLayout.HEAP, PAGE, KERNEL));
        assertEquals(Option.some(XousError.PROCESS_NOT_FOUND), xous.exit(KERNEL));
    }

    /** What a dead process has lent is PID 1's, and is not PID 1's to map. */
    @Test
    void whatADeadProcessLentCannotBeMapped() {
        int lender = right(xous.spawn());
        int borrower = right(xous.spawn());
        MemoryRange page = right(xous.mapMemory(lender, 0, 0, PAGE, READ_WRITE));
        long physical = right(xous.touch(lender, page.start()));
        right(xous.lend(lender, page.start(), PAGE, borrower, true));
        assertEquals(Option.none(), xous.exit(lender));
        assertEquals(KERNEL, xous.allocations().owner(xous.allocations().find(physical)));
        assertEquals(Either.left(XousError.MEMORY_IN_USE), xous.mapMemory(KERNEL, physical, 0, PAGE, READ_WRITE));
    }

    /** By the newer rules PID 1 sees RAM once as well. */
    @Test
    void theNewerRulesAreForItToo() {
        XousSystem newer =
                Precursor.start(TableForm.PROGRAMMATIC, XousRules.PULL_980).system();
        right(newer.mapMemory(KERNEL, MAIN + 0x80_0000, 0, PAGE, READ_WRITE));
        assertEquals(
                Either.left(XousError.MEMORY_IN_USE), newer.mapMemory(KERNEL, MAIN + 0x80_0000, 0, PAGE, READ_WRITE));
        right(newer.mapMemory(KERNEL, UART, 0, PAGE, READ_WRITE));
        right(newer.mapMemory(KERNEL, UART, 0, PAGE, READ_WRITE));
    }

    @Test
    void theWindowsEndBeforeAnyProcessDoes() {
        for (long window : AddressLayout.kernelWindows()) {
            long end = window + AddressLayout.KERNEL_WINDOW_BYTES;
            assertEquals(true, end <= AddressLayout.userEnd(Architecture.RISCV32), "0x" + Long.toHexString(window));
            assertEquals(0, window % AddressLayout.KERNEL_WINDOW_BYTES, "one page table on every architecture");
        }
    }

    /** Whichever invocation of it is refused: it is done when the kernel beneath is sound and anything is called. */
    @Test
    void whatIsUnmappedGoesOnWithAnyCall() {
        AtomicReference<FaultyKernel> faulty = new AtomicReference<>();
        XousSystem system = Precursor.start(Precursor.board(), TableForm.ARRAY, beneath -> {
                    faulty.set(new FaultyKernel(beneath));
                    return faulty.get();
                })
                .system();
        int pid = right(system.spawn());
        boolean more = true;
        for (int n = 1; more; n++) {
            MemoryRange range = right(system.mapMemory(KERNEL, UART, 0, PAGE, READ_WRITE));
            faulty.get().failRun(n, 1);
            Option<XousError> answer = system.unmapMemory(KERNEL, range.start(), PAGE);
            more = faulty.get().hasFailed();
            faulty.get().heal();
            assertEquals(Option.when(more, XousError.INTERNAL_ERROR), answer, "invocation " + n);
            system.freeInterrupt(pid, 31);
            assertEquals(List.of(), system.kernelMappings(), "invocation " + n);
            assertEquals(
                    Pid.FREE, system.allocations().owner(system.allocations().find(UART)), "invocation " + n);
            assertTrue(n < 100, "it comes to an end");
        }
    }
}
