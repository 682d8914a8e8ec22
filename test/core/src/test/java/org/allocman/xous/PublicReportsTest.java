package org.allocman.xous;

import static org.allocman.xous.Precursor.MAIN;
import static org.allocman.xous.Precursor.PAGE;
import static org.allocman.xous.Precursor.UART;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.lab.machine.XousMachine;
import org.allocman.xous.process.AddressLayout;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.Lend;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.XousSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What people reported of Xous, told in its calls, with what the calls have to answer. */
class PublicReportsTest {
    private static final int READ_WRITE = Flags.READ | Flags.WRITE;

    private XousMachine machine;
    private XousSystem xous;
    private int first;
    private int second;

    @BeforeEach
    void start() {
        start(TableForm.ARRAY);
    }

    private void start(TableForm form) {
        machine = Precursor.start(form);
        xous = machine.system();
        first = right(xous.spawn());
        second = right(xous.spawn());
    }

    private MemoryRange mapped(int pid, long pages) {
        MemoryRange range = right(xous.mapMemory(pid, 0, 0, pages * PAGE, READ_WRITE));
        for (long at = 0; at < pages * PAGE; at += PAGE) {
            right(xous.touch(pid, range.start() + at));
        }
        return range;
    }

    private static XousError left(Either<XousError, ?> answer) {
        assertTrue(answer.isLeft(), answer::toString);
        return answer.getLeft();
    }

    /** https://github.com/betrusted-io/xous-core/issues/988 */
    @ParameterizedTest
    @EnumSource(TableForm.class)
    void aPageThatADeadProcessHasLentIsNobodyElses(TableForm form) {
        start(form);
        MemoryRange page = mapped(first, 1);
        long physical = right(xous.virtToPhys(first, page.start()));
        Lend lend = right(xous.lend(first, page.start(), PAGE, second, true));
        assertEquals(Option.none(), xous.exit(first));
        int third = right(xous.spawn());
        MemoryRange rest = right(xous.mapMemory(third, 0, 0, 4096 * PAGE, READ_WRITE));
        long touched = 0;
        Either<XousError, Long> answer = xous.touch(third, rest.start());
        while (answer.isRight()) {
            assertNotEquals(physical, answer.get());
            touched++;
            answer = xous.touch(third, rest.start() + touched * PAGE);
        }
        assertEquals(XousError.OUT_OF_MEMORY, answer.getLeft());
        assertTrue(touched > 3000, "" + touched);
        assertEquals(XousError.MEMORY_IN_USE, left(xous.mapMemory(third, physical, 0, PAGE, READ_WRITE)));
        assertEquals(physical, right(xous.virtToPhys(second, lend.range().start())));
        assertEquals(
                Option.none(),
                xous.returnMemory(second, lend.number(), lend.range().start(), PAGE));
        assertEquals(
                Option.some(XousError.DOUBLE_FREE),
                xous.returnMemory(second, lend.number(), lend.range().start(), PAGE));
        assertEquals(Pid.FREE, xous.allocations().owner(xous.allocations().find(physical)));
    }

    /** https://github.com/betrusted-io/xous-core/pull/980 */
    @ParameterizedTest
    @CsvSource({"0x7ffff000, 8192", "0x01000000, 0x7ffffffffffff000", "0x01000000, 0x80000000", "0xff000000, 4096"})
    void aMappingEndsWhereUserMemoryDoes(String start, String size) {
        assertEquals(
                XousError.BAD_ADDRESS,
                left(xous.mapMemory(first, 0, Long.decode(start), Long.decode(size), READ_WRITE)));
    }

    /** The same: what is to be unmapped beyond that is not unmapped at all, by its rules. */
    @ParameterizedTest
    @EnumSource(XousRules.class)
    void anUnmappingEndsWhereUserMemoryDoes(XousRules rules) {
        machine = Precursor.start(TableForm.ARRAY, rules);
        xous = machine.system();
        first = right(xous.spawn());
        long last = AddressLayout.STACK_TOP - PAGE;
        right(xous.touch(first, last));
        assertEquals(Option.some(XousError.BAD_ADDRESS), xous.unmapMemory(first, last, 2 * PAGE));
        assertEquals(rules == XousRules.PULL_980, xous.virtToPhys(first, last).isRight());
        assertEquals(XousError.BAD_ADDRESS, left(xous.virtToPhys(first, AddressLayout.STACK_TOP)));
    }

    /** The same: a device may be seen twice, RAM once, and what is mapped cannot be set aside again. */
    @ParameterizedTest
    @EnumSource(XousRules.class)
    void whatMayBeSeenTwice(XousRules rules) {
        machine = Precursor.start(TableForm.ARRAY, rules);
        xous = machine.system();
        first = right(xous.spawn());
        second = right(xous.spawn());
        assertTrue(xous.mapMemory(first, UART, 0, PAGE, READ_WRITE).isRight());
        assertTrue(xous.mapMemory(first, UART, 0, PAGE, READ_WRITE).isRight());
        assertEquals(XousError.MEMORY_IN_USE, left(xous.mapMemory(second, UART, 0, PAGE, READ_WRITE)));
        MemoryRange page = mapped(first, 1);
        long physical = right(xous.virtToPhys(first, page.start()));
        boolean isNew = rules == XousRules.PULL_980;
        Either<XousError, MemoryRange> again = xous.mapMemory(first, physical, 0, PAGE, READ_WRITE);
        assertEquals(
                isNew ? Option.some(XousError.MEMORY_IN_USE) : Option.none(),
                again.swap().toOption());
        Either<XousError, MemoryRange> aside = xous.mapMemory(first, 0, page.start(), PAGE, READ_WRITE);
        assertEquals(
                isNew ? Option.some(XousError.SHARE_VIOLATION) : Option.none(),
                aside.swap().toOption());
        assertEquals(physical, right(xous.virtToPhys(first, page.start())));
    }

    /** https://github.com/betrusted-io/xous-core/issues/64 */
    @ParameterizedTest
    @CsvSource({"1", "2", "5", "64", "1023", "1024"})
    void manyPagesAreLentAtOnce(long pages) {
        MemoryRange range = mapped(first, pages);
        Lend lend = right(xous.lend(first, range.start(), pages * PAGE, second, true));
        assertEquals(pages * PAGE, lend.range().bytes());
        assertEquals(
                Option.none(),
                xous.returnMemory(second, lend.number(), lend.range().start(), pages * PAGE));
    }

    /** Commit fcf74c4d9: the window for messages has 4 MiB. */
    @Test
    void loansEndWhereTheWindowForMessagesDoes() {
        assertEquals(XousError.BAD_ADDRESS, left(lend(1025)));
        assertTrue(lend(350).isRight());
        assertTrue(lend(350).isRight());
        assertEquals(XousError.BAD_ADDRESS, left(lend(350)));
    }

    private Either<XousError, Lend> lend(long pages) {
        MemoryRange range = mapped(first, pages);
        return xous.lend(first, range.start(), pages * PAGE, second, false);
    }

    /** https://github.com/betrusted-io/xous-core/issues/188 */
    @Test
    void theLimitOfAHeapIsRaisedByWhoKnowsIt() {
        long most = AddressLayout.HEAP_MOST;
        assertEquals(XousError.OUT_OF_MEMORY, left(xous.increaseHeap(first, most + PAGE, READ_WRITE)));
        assertEquals(most, right(xous.adjustProcessLimit(first, 1, most + 1, 4 * most)));
        assertEquals(4 * most, right(xous.adjustProcessLimit(first, 1, most, 4 * most)));
        assertTrue(xous.increaseHeap(first, most + PAGE, READ_WRITE).isRight());
        assertEquals(XousError.OUT_OF_MEMORY, left(xous.increaseHeap(second, most + PAGE, READ_WRITE)));
    }

    /** https://github.com/betrusted-io/xous-core/pull/557 and commit 6ba57774c: contiguous RAM for DMA. */
    @Test
    void ramForADeviceIsInOnePiece() {
        MemoryRange range = right(xous.mapMemory(first, 0, 0, 16 * PAGE, READ_WRITE | Flags.DEVICE));
        long physical = right(xous.virtToPhys(first, range.start()));
        for (long at = 0; at < 16 * PAGE; at += PAGE) {
            assertEquals(physical + at, right(xous.virtToPhys(first, range.start() + at)));
        }
    }

    /** Commit 006a50d20: memory was not zeroed. */
    @Test
    void aPageThatChangesHandsIsZero() {
        MemoryRange page = mapped(first, 1);
        long physical = right(xous.virtToPhys(first, page.start()));
        machine.memoryOf(first).store32(page.start(), 0, 0x5ec4e7);
        assertEquals(0x5ec4e7, machine.memoryOf(first).load32(page.start(), 0));
        assertEquals(Option.none(), xous.exit(first));
        MemoryRange again = right(xous.mapMemory(second, physical, 0, PAGE, READ_WRITE));
        assertEquals(0, machine.memoryOf(second).load32(again.start(), 0));
    }

    /** Commit 52abe83b7: mapping where something is mapped already. */
    @Test
    void whereSomethingIsMappedNothingElseIs() {
        MemoryRange page = mapped(first, 1);
        long physical = MAIN + 3000 * PAGE;
        assertEquals(XousError.MEMORY_IN_USE, left(xous.mapMemory(first, physical, page.start(), PAGE, READ_WRITE)));
        assertEquals(Pid.FREE, xous.allocations().owner(xous.allocations().find(physical)));
    }

    /** Commit 434e865a4: the kernel has mapped the UART that the log service asks for, and a page has one owner. */
    @Test
    void aUartOfTheKernelsIsNoProcesses() {
        MemoryRange kernels = right(xous.mapMemory(Pid.KERNEL, UART, 0, PAGE, READ_WRITE));
        assertEquals(XousError.MEMORY_IN_USE, left(xous.mapMemory(first, UART, 0, PAGE, READ_WRITE)));
        assertEquals(Option.none(), xous.unmapMemory(Pid.KERNEL, kernels.start(), PAGE));
        assertTrue(xous.mapMemory(first, UART, 0, PAGE, READ_WRITE).isRight());
        assertEquals(XousError.MEMORY_IN_USE, left(xous.mapMemory(Pid.KERNEL, UART, 0, PAGE, READ_WRITE)));
    }

    @Test
    void aUartIsOneProcesses() {
        assertTrue(xous.mapMemory(first, UART, 0, PAGE, READ_WRITE).isRight());
        assertEquals(XousError.MEMORY_IN_USE, left(xous.mapMemory(second, UART, 0, PAGE, READ_WRITE)));
        assertEquals(Option.none(), xous.exit(first));
        assertTrue(xous.mapMemory(second, UART, 0, PAGE, READ_WRITE).isRight());
    }

    /** Commit 96630a11e: RAM runs out just when a page table is needed. */
    @Test
    void withoutMemoryForAPageTableNothingIsTaken() {
        MemoryRange all = right(xous.mapMemory(first, 0, 0, 4096 * PAGE, READ_WRITE));
        long touched = 0;
        while (xous.touch(first, all.start() + touched * PAGE).isRight()) {
            touched++;
        }
        long owned = xous.allocations().ramBytes(second);
        assertEquals(XousError.OUT_OF_MEMORY, left(xous.mapMemory(second, UART, 0x1000_0000, PAGE, READ_WRITE)));
        assertEquals(owned, xous.allocations().ramBytes(second));
        assertEquals(Pid.FREE, xous.allocations().owner(xous.allocations().find(UART)));
    }
}
