package org.allocman.xous;

import static org.allocman.xous.Precursor.PAGE;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Comparator;
import java.util.List;
import org.allocman.lab.machine.XousMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedStatistics;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.XousSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a process' memory is the board's RAM, and nothing that has nothing to do with the board. */
class XousCapacityTest {
    private static final int RW = Flags.READ | Flags.WRITE;
    private static final long WINDOW = 192L << 20;
    private static final int HUNDRED = 100;
    private static final int PAGE_BITS = 12;
    private static final int WANTED = 97;

    @ParameterizedTest
    @ValueSource(strings = {"precursor"})
    void nearlyAllRamCanBeOwned(String name) throws BootFailure, ArgumentsException {
        Board board = Boards.byName(name);
        Machine machine = XousMachine.boot(board);
        XousMachine started = right(XousMachine.start(
                machine, XousMachine.whitelist(board, XousMachine.ranges(board)), TableForm.ARRAY, kernel -> kernel));
        XousSystem xous = started.system();
        long left = machine.bootInfo().untypeds().stream()
                .filter(untyped -> !untyped.device())
                .mapToLong(untyped -> (1L << untyped.sizeBits()) / PAGE)
                .sum();
        Either<XousError, Integer> pid = xous.spawn();
        XousError last = null;
        while (pid.isRight() && last != XousError.OUT_OF_MEMORY) {
            last = fill(xous, pid.get());
            pid = xous.spawn();
        }
        long owned = 0;
        for (int owner = Pid.FIRST; owner <= Pid.LAST; owner++) {
            owned += count(xous.allocations(), owner);
        }
        // what ended was memory: not a page of it is left
        assertEquals(
                0, freePages(started), started.managed().allocman().untypeds().statistics()::toString);
        assertTrue(owned * HUNDRED >= left * WANTED, owned + " of " + left + " pages");
        for (int owner = Pid.FIRST; owner <= Pid.LAST; owner++) {
            if (xous.isRunning(owner)) {
                assertEquals(Option.none(), xous.exit(owner));
            }
        }
    }

    /** Devices' pages take slots as well, two each, and may all be had before RAM is. */
    @Test
    void everyPageOfADeviceCanBeOwned() throws BootFailure, ArgumentsException {
        Board board = Boards.byName("precursor");
        List<NamedRange> ranges = XousMachine.ranges(board);
        XousSystem xous = right(XousMachine.start(
                        XousMachine.boot(board),
                        XousMachine.whitelist(board, ranges),
                        TableForm.ARRAY,
                        kernel -> kernel))
                .system();
        int pid = right(xous.spawn());
        NamedRange flash =
                ranges.stream().max(Comparator.comparingLong(NamedRange::pages)).orElseThrow();
        assertEquals("SpFl", flash.name());
        right(xous.mapMemory(pid, flash.start(), 0, flash.pages() * PAGE, RW));
        assertEquals(XousError.OUT_OF_MEMORY, fill(xous, right(xous.spawn())));
        assertTrue(count(xous.allocations(), pid + 1) > flash.pages() / 16, "RAM is there to be had as well");
    }

    private static XousError fill(XousSystem xous, int pid) {
        for (long mapped = 0; mapped < WINDOW; mapped += PAGE) {
            Either<XousError, MemoryRange> range = xous.mapMemory(pid, 0, 0, PAGE, RW);
            Either<XousError, Long> page = range.flatMap(is -> xous.touch(pid, is.start()));
            if (page.isLeft()) {
                return page.getLeft();
            }
        }
        return XousError.BAD_ADDRESS;
    }

    private static long freePages(XousMachine machine) {
        return machine.managed().allocman().untypeds().statistics().of(MemoryKind.KERNEL).free().stream()
                .filter(blocks -> blocks.sizeBits() >= PAGE_BITS)
                .mapToLong(UntypedStatistics.FreeBlocks::blocks)
                .sum();
    }

    private static long count(PageAllocations allocations, int owner) {
        long count = 0;
        for (long page = allocations.next(0, owner);
                page >= 0 && page < allocations.whitelist().ramPages();
                page = allocations.next(page + 1, owner)) {
            count++;
        }
        return count;
    }
}
