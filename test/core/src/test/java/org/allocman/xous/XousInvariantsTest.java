package org.allocman.xous;

import static org.allocman.xous.Precursor.PAGE;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.check.invariants.Invariant;
import org.allocman.check.xous.XousInvariants;
import org.allocman.lab.machine.XousMachine;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.xous.process.AddressLayout;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.XousSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each law holds of a system at work, and finds the damage that is done to one. */
class XousInvariantsTest {
    private static final int READ_WRITE = Flags.READ | Flags.WRITE;
    private static final int OWNER = Pid.FIRST;
    private static final int OTHER = Pid.FIRST + 1;

    private final XousMachine machine;
    private final XousSystem xous;
    private final PageAllocations allocations;

    XousInvariantsTest() {
        machine = Precursor.start(TableForm.ARRAY);
        xous = machine.system();
        allocations = xous.allocations();
        right(xous.spawn());
        right(xous.spawn());
    }

    private long mapped(int pid) {
        MemoryRange range = right(xous.mapMemory(pid, 0, 0, PAGE, READ_WRITE));
        return right(xous.touch(pid, range.start())) & -PAGE;
    }

    private void broken(Invariant<XousMachine> law, String what) {
        List<String> found = law.violations(machine);
        assertTrue(found.stream().anyMatch(text -> text.contains(what)), law.name() + " found " + found);
    }

    @ParameterizedTest
    @EnumSource(TableForm.class)
    void theyHoldOfASystemAtWork(TableForm form) {
        XousMachine other = Precursor.start(form);
        XousSystem system = other.system();
        assertEquals(List.of(), XousInvariants.check(other));
        int one = right(system.spawn());
        int two = right(system.spawn());
        MemoryRange range = right(system.mapMemory(one, 0, 0, 3 * PAGE, READ_WRITE));
        right(system.touch(one, range.start()));
        right(system.touch(one, range.start() + PAGE));
        right(system.mapMemory(two, Precursor.UART, 0, PAGE, READ_WRITE));
        assertEquals(List.of(), XousInvariants.check(other));
        right(system.lend(one, range.start(), PAGE, two, true));
        assertEquals(List.of(), XousInvariants.check(other));
        assertTrue(system.exit(one).isEmpty());
        assertEquals(List.of(), XousInvariants.check(other), "the page that is lent is the kernel's");
        assertTrue(system.exit(two).isEmpty());
        assertEquals(List.of(), XousInvariants.check(other));
    }

    @Test
    void aPageThatSomebodyElseOwnsNow() {
        long frame = mapped(OWNER);
        assertTrue(allocations.move(frame, OWNER, OTHER) >= 0);
        broken(XousInvariants.ONE_OWNER, "process " + OWNER + " has 0x" + Long.toHexString(frame));
    }

    @Test
    void aPageThatIsMappedTwice() {
        MemoryRange range = right(xous.mapMemory(OWNER, 0, 0, 2 * PAGE, READ_WRITE));
        right(xous.touch(OWNER, range.start()));
        right(xous.touch(OWNER, range.start() + PAGE));
        PagedMemory memory = machine.managed().machine().memory().words();
        int entry = memory.load32(XousPicture.entryOf(machine, OWNER, range.start()), 0);
        memory.store32(XousPicture.entryOf(machine, OWNER, range.start() + PAGE), 0, entry);
        broken(XousInvariants.ONE_OWNER, "mapped elsewhere too");
    }

    @Test
    void aFrameThatIsNotListed() {
        MemoryRange range = right(xous.mapMemory(OWNER, 0, 0, PAGE, READ_WRITE));
        right(xous.touch(OWNER, range.start()));
        PagedMemory memory = machine.managed().machine().memory().words();
        long at = XousPicture.entryOf(machine, OWNER, range.start());
        long unavailable = 0x1234_5000L;
        memory.store32(at, 0, memory.load32(at, 0) & 0x3ff | (int) (unavailable >>> 2));
        broken(XousInvariants.WHITELIST_ONLY, "0x12345000");
    }

    @Test
    void aWindowThatUserCodeSees() {
        PagedMemory memory = machine.managed().machine().memory().words();
        long at = XousPicture.entryOf(machine, OTHER, AddressLayout.kernelWindows()[1]);
        int userBit = 1 << 4;
        memory.store32(at, 0, memory.load32(at, 0) | userBit);
        broken(XousInvariants.KERNEL_WINDOWS, "process " + OTHER + " sees the kernel's window at 0x2000000");
        memory.store32(at, 0, 0);
        broken(XousInvariants.KERNEL_WINDOWS, "process " + OTHER + " has no page of the kernel's at 0x2000000");
    }

    @Test
    void aPageOfTheKernelsThatUserCodeSees() {
        long address = right(xous.mapMemory(Pid.KERNEL, Precursor.UART, 0, PAGE, READ_WRITE))
                .start();
        assertEquals(List.of(), XousInvariants.check(machine));
        String what = "0x" + Long.toHexString(Precursor.UART) + " of PID 1's at 0x" + Long.toHexString(address);
        PagedMemory memory = machine.managed().machine().memory().words();
        long at = XousPicture.entryOf(machine, OTHER, address);
        int userBit = 1 << 4;
        memory.store32(at, 0, memory.load32(at, 0) | userBit);
        broken(XousInvariants.KERNEL_MAPPINGS, "process " + OTHER + " sees " + what);
        memory.store32(at, 0, 0);
        broken(XousInvariants.KERNEL_MAPPINGS, "process " + OTHER + " does not have " + what);
        assertTrue(allocations.move(Precursor.UART, Pid.KERNEL, OWNER) >= 0);
        broken(XousInvariants.KERNEL_MAPPINGS, "which PID 1 has mapped, is owned by " + OWNER);
    }

    @Test
    void aPageOfRamThatIsSeenTwice() {
        XousMachine newer = Precursor.start(TableForm.ARRAY, XousRules.PULL_980);
        int pid = right(newer.system().spawn());
        MemoryRange range = right(newer.system().mapMemory(pid, 0, 0, 2 * PAGE, READ_WRITE));
        long first = right(newer.system().touch(pid, range.start()));
        right(newer.system().touch(pid, range.start() + PAGE));
        assertEquals(List.of(), XousInvariants.check(newer));
        PagedMemory memory = newer.managed().machine().memory().words();
        int entry = memory.load32(XousPicture.entryOf(newer, pid, range.start()), 0);
        memory.store32(XousPicture.entryOf(newer, pid, range.start() + PAGE), 0, entry);
        List<String> found = XousInvariants.RAM_ONCE.violations(newer);
        assertTrue(found.get(0).contains("has 0x" + Long.toHexString(first)), found::toString);
        assertEquals(List.of(), XousInvariants.RAM_ONCE.violations(machine), "an older kernel allows it");
    }

    @Test
    void aPageOfAProcessThatIsNotThere() {
        long frame = mapped(OWNER);
        assertTrue(allocations.move(frame, OWNER, OTHER + 1) >= 0);
        broken(XousInvariants.EXIT_FREES_ALL, "owned by process " + (OTHER + 1) + ", which has ended");
    }

    @Test
    void aLendThatNobodyHas() {
        long page = allocations.find(mapped(OWNER));
        xous.frames().setLent(page, true);
        broken(XousInvariants.EXIT_FREES_ALL, "page " + page + " of " + OWNER + " is lent, and nobody has it");
    }

    @Test
    void aFreePageThatHoldsAnObject() {
        long page = allocations.allocate(OWNER);
        assertTrue(xous.frames().giveBack(page));
        broken(XousInvariants.TABLES_AGREE, "page " + page + " of " + OWNER + " holds no object");
    }
}
