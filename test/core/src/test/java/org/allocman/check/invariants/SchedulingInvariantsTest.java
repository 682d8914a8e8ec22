package org.allocman.check.invariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.Interrupts;
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
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.allocman.vka.wrap.ForwardingKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SchedulingInvariantsTest {
    /** The laws that are broken here. */
    static final List<Invariant<KernelView>> LAWS =
            List.of(KernelInvariants.VALID_IRQ_HANDLERS, KernelInvariants.VALID_IRQ_NODE, KernelInvariants.SYM_REFS);

    private static final int LINE = 5;
    private static final int HISTORIES = 100;
    private static final int VCPU_HISTORIES = 20;
    private static final int STEPS = 1000;
    private static final int WORDS_OF_A_SLOT = 4;

    private final Architecture architecture = named("riscv64+mcs");
    private final Machine machine = boot(architecture);
    private final PagedMemory memory = machine.memory().words();
    private final Slots slots = new Slots(memory, architecture);
    private final long first = machine.bootInfo().empty().start();

    private static Architecture named(String name) {
        Architecture architecture = Architecture.named(name);
        assertNotNull(architecture);
        return architecture;
    }

    private static Machine boot(Architecture architecture) {
        try {
            Board tiny = Boards.byName("tiny");
            assertNotNull(tiny);
            Board board = new Board(tiny.name(), architecture, tiny.regions(), tiny.mirrors());
            return Machine.boot(board, BootConfig.defaults(board));
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void good(KernelError error) {
        assertEquals(KernelError.NO_ERROR, error);
    }

    private CapPath path(long cptr) {
        return new CapPath(BootSlots.CNODE, cptr, architecture.wordBits());
    }

    private long slot(long cptr) {
        long thread = KernelState.thread(memory, machine.kernelState());
        return slots.at(slots.object(slots.at(thread, TcbLayout.CSPACE)), cptr);
    }

    private long make(ObjectType type, int size, int number) {
        Untyped source = machine.bootInfo().untypeds().stream()
                .filter(untyped -> !untyped.device() && untyped.sizeBits() > 13)
                .findFirst()
                .orElseThrow();
        int typeNumber = architecture.number(type);
        good(machine.kernel().retype(source.slot(), typeNumber, size, BootSlots.CNODE, 0, 0, first + number, 1));
        return slots.object(slot(first + number));
    }

    private List<String> broken() {
        return KernelInvariants.check(new KernelView(machine.memory(), architecture, machine.kernelState()));
    }

    private List<Long> words(long address, long bytes) {
        List<Long> words = new ArrayList<>();
        for (long offset = 0; offset < bytes; offset += Long.BYTES) {
            words.add(memory.load64(address + offset, 0));
        }
        return words;
    }

    private void restore(long address, List<Long> words) {
        for (int i = 0; i < words.size(); i++) {
            memory.store64(address + (long) i * Long.BYTES, 0, words.get(i));
        }
    }

    @Test
    void aBindingToWhatIsGoneOrNotBoundBreaksTheLaw() {
        long thread = make(ObjectType.TCB, 0, 0);
        long notification = make(ObjectType.NOTIFICATION, 0, 1);
        long context = make(ObjectType.SCHED_CONTEXT, 7, 2);
        assertEquals(List.of(), broken());
        good(machine.kernel().scheduling().bindNotification(first, first + 1));
        good(machine.kernel().scheduling().bindContext(first + 2, first));
        good(machine.kernel().scheduling().bindContext(first + 2, first + 1));
        assertEquals(List.of(), broken());
        List<Long> bound = words(notification, Long.BYTES);
        List<Long> contextBound = words(context, 2 * Long.BYTES);
        good(machine.kernel().scheduling().unbindNotification(first));
        good(machine.kernel().scheduling().unbindContext(first + 2));
        assertEquals(List.of(), broken());
        restore(notification, bound);
        String told = "sym_refs: the notification at 0x" + Long.toHexString(notification) + " is bound to 0x"
                + Long.toHexString(thread);
        assertEquals(List.of(told + ", which is not bound to it"), broken());
        good(machine.kernel().delete(path(first)));
        assertEquals(List.of(told + ", where no object of that kind has a capability"), broken());
        restore(notification, List.of(0L));
        restore(context, contextBound);
        assertEquals(2, broken().size(), () -> broken().toString());
    }

    @Test
    void aHandlerWithoutItsStateAndAStateWithoutItsHandlerBreakTheLaw() {
        long page = machine.kernelState();
        List<Long> free = words(page, KernelState.BYTES);
        good(machine.kernel().interrupts().get(BootSlots.IRQ_CONTROL, LINE, path(first)));
        List<Long> handled = words(page, KernelState.BYTES);
        assertEquals(List.of(), broken());
        restore(page, free);
        assertEquals(List.of("valid_irq_handlers: interrupt 5 has a handler that it should not have"), broken());
        restore(page, handled);
        good(machine.kernel().delete(path(first)));
        assertEquals(List.of(), broken());
        restore(page, handled);
        assertEquals(List.of("valid_irq_handlers: interrupt 5 has no handler"), broken());
    }

    @Test
    void aHandlerThatIsNotDerivedFromIrqControlBreaksTheLaw() {
        good(machine.kernel().interrupts().get(BootSlots.IRQ_CONTROL, LINE, path(first)));
        assertEquals(List.of(), broken());
        slots.mdb().setRevocable(slot(BootSlots.IRQ_CONTROL), false);
        assertEquals(
                1,
                broken().stream()
                        .filter(rule -> rule.startsWith("valid_irq_handlers: "))
                        .count());
    }

    @Test
    void randomInvocationsReachVirtualCpus() {
        Machine guest = boot(named("aarch64+hyp"));
        assertEquals(
                Set.of(),
                left(guest, EnumSet.range(InvocationKind.VCPU_SET_TCB, InvocationKind.VCPU_ACK_VPPI), VCPU_HISTORIES));
    }

    @Test
    void randomInvocationsReachGuestsOfX86() {
        Machine guest = boot(named("x86_64+vtx"));
        Set<InvocationKind> wanted =
                EnumSet.range(InvocationKind.TCB_SET_EPT_ROOT, InvocationKind.VCPU_WRITE_REGISTERS);
        wanted.add(InvocationKind.VCPU_SET_TCB);
        assertEquals(Set.of(), left(guest, wanted, HISTORIES));
    }

    @Test
    void theLastInterruptSignalsAsAnyOther() {
        Architecture aarch64 = named("aarch64");
        Machine other = boot(aarch64);
        Kernel kernel = other.kernel();
        long handler = other.bootInfo().empty().start();
        long notification = handler + 1;
        PagedMemory words = other.memory().words();
        Interrupts interrupts = new Interrupts(words, new Slots(words, aarch64), other.kernelState());
        int last = interrupts.count() - 1;
        Untyped source = other.bootInfo().untypeds().stream()
                .filter(untyped -> !untyped.device())
                .findFirst()
                .orElseThrow();
        good(kernel.retype(
                source.slot(), aarch64.number(ObjectType.NOTIFICATION), 0, BootSlots.CNODE, 0, 0, notification, 1));
        good(kernel.interrupts().get(BootSlots.IRQ_CONTROL, last, path(handler)));
        good(kernel.interrupts().setNotification(handler, notification));
        assertEquals(List.of(), KernelInvariants.check(new KernelView(other.memory(), aarch64, other.kernelState())));
    }

    @Test
    void aNotificationWithoutAHandlerBreaksTheLaw() {
        make(ObjectType.NOTIFICATION, 0, 1);
        good(machine.kernel().interrupts().get(BootSlots.IRQ_CONTROL, LINE, path(first)));
        good(machine.kernel().interrupts().setNotification(first, first + 1));
        assertEquals(List.of(), broken());
        long kernels = new Interrupts(memory, slots, machine.kernelState()).slot(LINE);
        List<Long> kept = words(kernels, (long) WORDS_OF_A_SLOT * Long.BYTES);
        long after = slots.mdb().next(slot(first + 1));
        assertEquals(kernels, after);
        List<Long> linked = words(slot(first + 1), slots.bytes());
        good(machine.kernel().delete(path(first)));
        assertEquals(List.of(), broken());
        restore(kernels, kept);
        restore(slot(first + 1), linked);
        assertEquals(1, broken().size(), () -> broken().toString());
        assertEquals(0, broken().get(0).indexOf("valid_irq_node: nobody handles interrupt 5"), broken()::toString);
        List<Long> endpoint = words(slot(BootSlots.DOMAIN), Long.BYTES);
        restore(kernels, endpoint);
        assertEquals(
                1,
                broken().stream()
                        .filter(rule -> rule.startsWith("valid_irq_node: the kernel's slot of interrupt 5 holds"))
                        .count(),
                () -> broken().toString());
    }

    @Test
    void randomInvocationsReachAllOfThem() {
        Set<InvocationKind> wanted =
                EnumSet.range(InvocationKind.IRQ_CONTROL_GET, InvocationKind.SCHED_CONTEXT_YIELD_TO);
        // RISC-V has no software-generated interrupts
        wanted.remove(InvocationKind.IRQ_CONTROL_ISSUE_SGI);
        // nor a PC's forms
        wanted.remove(InvocationKind.IRQ_CONTROL_GET_IO_APIC);
        wanted.remove(InvocationKind.IRQ_CONTROL_GET_MSI);
        assertEquals(Set.of(), left(machine, wanted, HISTORIES));
    }

    /** Those of some invocations that random ones do not make with success, in histories that all keep the laws. */
    private static Set<InvocationKind> left(Machine machine, Set<InvocationKind> wanted, int histories) {
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
        for (int history = 0; history < histories; history++) {
            for (long step = 0; step < STEPS; step++) {
                invocations.apply((long) history << Integer.SIZE | step);
            }
            assertEquals(
                    List.of(),
                    KernelInvariants.check(
                            new KernelView(machine.memory(), machine.kernel().architecture(), machine.kernelState())));
            machine.memory().rewind(start);
        }
        Set<InvocationKind> left = EnumSet.copyOf(wanted);
        left.removeAll(done);
        return left;
    }
}
