package org.allocman.testkit.arbitraries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import net.jqwik.api.SampleReportingFormat;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/** Samples are text that names memory, slots and objects. */
class SampleTextTest {
    private static String text(Object sample) {
        SampleReportingFormat format = ServiceLoader.load(SampleReportingFormat.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one instanceof SampleText)
                .findFirst()
                .orElseThrow();
        assertTrue(format.appliesTo(sample));
        return format.label(sample).orElse("") + format.report(sample);
    }

    private static Invocation invocation(InvocationKind kind, Object... at) {
        List<Long> arguments = new ArrayList<>(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L));
        for (int i = 0; i < at.length; i += 2) {
            arguments.set((int) at[i], (long) at[i + 1]);
        }
        return new Invocation(kind, arguments);
    }

    @Test
    void aMachineSaysWhatIsWhere() throws Exception {
        Board board = Boards.byName("tiny");
        Machine machine = Machine.boot(board, BootConfig.defaults(board));
        long slot = machine.bootInfo().empty().start();
        String before = text(machine);
        assertTrue(before.startsWith("machine of board tiny, "), before);
        assertTrue(before.contains("=RAM from 0x"), before);
        long untyped = machine.bootInfo().untyped().start();
        assertTrue(before.contains("slot 0x" + Long.toHexString(untyped) + "="), before);
        assertFalse(before.contains("@"), before);
        String made = "slot 0x" + Long.toHexString(slot) + "=endpoint of 2^";
        assertFalse(before.contains(made), before);
        long source = machine.bootInfo().untypeds().stream()
                .filter(one -> !one.device() && one.sizeBits() >= 12)
                .findFirst()
                .orElseThrow()
                .slot();
        int type = board.architecture().number(ObjectType.ENDPOINT);
        KernelError error = machine.kernel().retype(source, type, 0, BootSlots.CNODE, 0, 0, slot, 1);
        assertFalse(error.failed(), error::toString);
        String after = text(machine);
        assertTrue(after.contains(made), after);
        assertTrue(after.contains(", in use up to 0x"), after);
    }

    /** A report must not hide why the property failed. */
    @Test
    void aDamagedMachineIsNoFailure() {
        PlainMachine machine = PlainMachine.of(Architecture.RISCV64, 8, 4096)
                .untyped(0x100_0000, 12, false)
                .build();
        assertTrue(text(machine).contains("untyped of 2^12 bytes at 0x1000000"), text(machine));
        for (long at = machine.cnode(); at < machine.cnode() + 4096; at += 8) {
            machine.memory().words().store64(at, 0, -1);
        }
        assertTrue(text(machine).startsWith("plain machine of riscv64 "), text(machine));
    }

    @Test
    void memoryMapsAndBoardsHaveAddressesAsPeopleReadThem() {
        MemoryMap map = new MemoryMap(Architecture.AARCH64, List.of(new MemoryMap.Block(0x1000_0000L, 14, true)));
        assertEquals("memory map of aarch64 [device untyped of 2^14 bytes at 0x10000000]", text(map));
        assertTrue(text(Boards.byName("qemu-arm-virt")).contains(" from 0x9000000 to 0x9000fff, 4096 bytes"));
    }

    @Test
    void invocationsNameWhatTheyWorkOn() {
        assertEquals(
                "copy used slot 1 into empty slot 0, rights " + CapRights.ALL, text(invocation(InvocationKind.COPY)));
        assertEquals("retype endpoint from untyped 1 into empty slot 0", text(invocation(InvocationKind.RETYPE)));
        assertEquals(
                "delete cptr 0xffffffffffffffff, depth 0x41", text(invocation(InvocationKind.DELETE, 1, -1L, 10, 65L)));
        String ports = text(invocation(InvocationKind.IO_PORT_CONTROL_ISSUE));
        assertTrue(ports.endsWith(" ports 4 to 9 into empty slot 0"), ports);
        String domain = text(invocation(InvocationKind.DOMAIN_SET));
        assertTrue(domain.contains(" 1 to domain 0; makes the "), domain);
        for (InvocationKind kind : InvocationKind.values()) {
            assertFalse(text(invocation(kind)).contains("["), text(invocation(kind)));
        }
    }
}
