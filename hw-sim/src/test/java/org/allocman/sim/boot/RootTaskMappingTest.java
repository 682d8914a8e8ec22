package org.allocman.sim.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.allocman.sim.board.Board;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The root task maps frames into its own address space and uses them, on every architecture. */
class RootTaskMappingTest {
    private Machine machine;
    private Architecture architecture;
    private long next;

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void framesOfEverySizeAreMappedUsedAndUnmapped(Architecture kernel) throws Exception {
        boot(kernel);
        long unit = kernel.wordBits() == 64 ? 1L << 30 : 1L << 24;
        long vaddr = Math.max(machine.freeVirtualBase(), unit);
        for (ObjectType type : kernel.frames()) {
            long frame = make(type);
            long at = kernel.hasPaging()
                    ? vaddr
                    : machine.kernel().pageGetAddress(frame).get();
            long size = 1L << kernel.sizeBits(type, 0);
            map(frame, at, CapRights.READ_WRITE);
            machine.rootMemory().store64(at + size - 8, 0, 5);
            long physical = machine.kernel().pageGetAddress(frame).get();
            assertEquals(5, machine.memory().words().load64(physical + size - 8, 0));
            ok(machine.kernel().pageUnmap(frame));
            assertFault(MemoryFault.Reason.UNMAPPED, at + size - 8);
            vaddr += unit;
        }
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void aReadOnlyMappingCannotBeWrittenAndACopyIsMappedOnItsOwn(Architecture kernel) throws Exception {
        boot(kernel);
        long frame = make(kernel.frame(12));
        long at = kernel.hasPaging()
                ? machine.freeVirtualBase()
                : machine.kernel().pageGetAddress(frame).get();
        map(frame, at, CapRights.READ_ONLY);
        assertEquals(0, machine.rootMemory().load64(at, 0));
        MemoryFault fault =
                assertThrows(MemoryFault.class, () -> machine.rootMemory().store64(at, 0, 1));
        assertEquals(MemoryFault.Reason.NO_RIGHTS, fault.reason());
        map(frame, at, CapRights.READ_WRITE);
        machine.rootMemory().store64(at, 0, 1);
        long copy = next++;
        int depth = kernel.wordBits();
        ok(machine.kernel()
                .copy(
                        new CapPath(BootSlots.CNODE, copy, depth),
                        new CapPath(BootSlots.CNODE, frame, depth),
                        CapRights.ALL));
        ok(machine.kernel().delete(BootSlots.CNODE, copy, depth));
        assertEquals(1, machine.rootMemory().load64(at, 0));
        ok(machine.kernel().delete(BootSlots.CNODE, frame, depth));
        assertFault(MemoryFault.Reason.UNMAPPED, at);
    }

    private void boot(Architecture kernel) throws BootFailure {
        Board board = MachineTest.board(kernel, 0x1000_0000L, kernel.wordBits() == 64 ? 4L << 30 : 256 << 20);
        machine = Machine.boot(board, BootConfig.defaults(board));
        architecture = kernel;
        next = machine.bootInfo().empty().start();
    }

    private long make(ObjectType type) {
        for (Untyped untyped : machine.bootInfo().untypeds()) {
            KernelError error = untyped.device()
                    ? KernelError.illegalOperation()
                    : machine.kernel()
                            .retype(untyped.slot(), architecture.number(type), 0, BootSlots.CNODE, 0, 0, next, 1);
            if (!error.failed()) {
                return next++;
            }
        }
        throw new AssertionError("no memory for a " + type.text());
    }

    private void map(long frame, long vaddr, CapRights rights) {
        KernelError error = machine.kernel().pageMap(frame, BootSlots.VSPACE, vaddr, rights, 0);
        while (error.code() == KernelError.Code.FAILED_LOOKUP) {
            LookupFault fault = error.lookupFault();
            long table = make(architecture.tableFor(fault.bitsLeft()));
            ok(machine.kernel().tableMap(table, BootSlots.VSPACE, vaddr, 0));
            error = machine.kernel().pageMap(frame, BootSlots.VSPACE, vaddr, rights, 0);
        }
        ok(error);
    }

    private void assertFault(MemoryFault.Reason reason, long vaddr) {
        assertEquals(
                reason,
                assertThrows(MemoryFault.class, () -> machine.rootMemory().load64(vaddr, 0))
                        .reason());
    }

    private static void ok(KernelError error) {
        assertEquals(KernelError.NO_ERROR, error);
    }
}
