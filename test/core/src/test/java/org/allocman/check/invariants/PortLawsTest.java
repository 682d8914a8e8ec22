package org.allocman.check.invariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The law of I/O ports can be broken, and says by what. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class PortLawsTest {
    /** The law that is broken here. */
    static final List<Invariant<KernelView>> LAWS = List.of(KernelInvariants.VALID_IO_PORTS);

    private static final int HISTORIES = 20;
    private static final int STEPS = 1000;
    private static final int FIRST_PORT_SHIFT = 4;
    private static final int LAST_PORT_SHIFT = 20;

    private Machine machine;
    private PagedMemory memory;
    private long first;

    @BeforeEach
    void boot() throws Exception {
        Board tiny = Boards.byName("tiny");
        assertNotNull(tiny);
        Board board = new Board(tiny.name(), Architecture.X86_64, tiny.regions(), tiny.mirrors());
        machine = Machine.boot(board, BootConfig.defaults(board));
        memory = machine.memory().words();
        first = machine.bootInfo().empty().start();
        issue(first, 0x10, 0x1f);
        issue(first + 1, 0x20, 0x2f);
        assertEquals(List.of(), broken());
    }

    private void issue(long slot, int from, int to) {
        KernelError answer = machine.kernel()
                .ports()
                .issue(BootSlots.IO_PORT_CONTROL, from, to, new CapPath(BootSlots.CNODE, slot, Long.SIZE));
        assertEquals(KernelError.NO_ERROR, answer);
    }

    private long slot(long cptr) {
        Slots slots = new Slots(memory, Architecture.X86_64);
        long thread = KernelState.thread(memory, machine.kernelState());
        return slots.at(slots.object(slots.at(thread, TcbLayout.CSPACE)), cptr);
    }

    private List<String> broken() {
        KernelView view = new KernelView(machine.memory(), Architecture.X86_64, machine.kernelState());
        return Invariant.check(LAWS, view);
    }

    private void flip(long cptr, long bits) {
        memory.store64(slot(cptr), 0, memory.load64(slot(cptr), 0) ^ bits);
    }

    @Test
    void twoRangesWithAPortInCommon() {
        // 0x20 to 0x2f becomes 0x10 to 0x2f
        flip(first + 1, 0x30L << FIRST_PORT_SHIFT);
        assertEquals(1, broken().size(), () -> broken().toString());
        assertEquals(true, broken().get(0).endsWith("have a port in common"));
    }

    @Test
    void aRangeWithoutPorts() {
        // 0x20 to 0x2f becomes 0x20 to 0x0f
        flip(first + 1, 0x20L << LAST_PORT_SHIFT);
        assertEquals(true, broken().get(0).endsWith("has no port: 32 to 15"), () -> broken().toString());
    }

    @Test
    void randomInvocationsReachWhatAPcHas() {
        Set<InvocationKind> done = EnumSet.noneOf(InvocationKind.class);
        Kernel watched = new ForwardingKernel(machine.kernel()) {
            @Override
            protected KernelError answered(InvocationKind invocation, KernelError error) {
                if (!error.failed()) {
                    done.add(invocation);
                }
                return error;
            }
        };
        RandomInvocations invocations = new RandomInvocations(
                watched,
                machine.memory(),
                machine.kernelState(),
                machine.bootInfo().untyped().start(),
                machine.freeVirtualBase());
        machine.memory().startJournal();
        int start = machine.memory().checkpoint();
        for (long history = 0; history < HISTORIES; history++) {
            for (long step = 0; step < STEPS; step++) {
                invocations.apply(history << Integer.SIZE | step);
            }
            assertEquals(
                    List.of(),
                    KernelInvariants.check(
                            new KernelView(machine.memory(), Architecture.X86_64, machine.kernelState())));
            machine.memory().rewind(start);
        }
        Set<InvocationKind> wanted =
                EnumSet.range(InvocationKind.IO_PORT_CONTROL_ISSUE, InvocationKind.DOMAIN_SCHEDULE_SET_START);
        wanted.add(InvocationKind.IRQ_CONTROL_GET_IO_APIC);
        wanted.add(InvocationKind.IRQ_CONTROL_GET_MSI);
        wanted.removeAll(done);
        assertEquals(Set.of(), wanted);
    }

    @Test
    void aRangeThatStandsElsewhere() {
        // the control is no longer revocable, so nothing is derived from it
        long control = slot(BootSlots.IO_PORT_CONTROL);
        memory.store64(control + 2L * Long.BYTES, 0, memory.load64(control + 2L * Long.BYTES, 0) & ~1L);
        assertEquals(2, broken().size(), () -> broken().toString());
        assertEquals(true, broken().get(0).endsWith("is not derived from I/O port control"));
    }
}
