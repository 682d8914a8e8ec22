package org.allocman.check.systems;

import static org.allocman.sim.kernel.CapabilityType.NOTIFICATION;
import static org.allocman.sim.kernel.CapabilityType.OBJECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.Violation;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SchedulingExplorationTest {
    private static final int SLOTS = 4;

    private static SchedulingSubject subject(String architecture, UnaryOperator<Kernel> wrapper) throws Exception {
        Board tiny = Boards.byName("tiny");
        Architecture named = Architecture.named(architecture);
        assertNotNull(tiny);
        assertNotNull(named);
        return new SchedulingSubject(new Board(tiny.name(), named, tiny.regions(), tiny.mirrors()), wrapper, SLOTS);
    }

    private static Exploration explore(SchedulingSubject subject, int depth) {
        return Explorer.explore(new SubjectSystem(subject, 0), Limits.NONE.withDepth(depth), ExplorationListener.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "aarch64,5,6094",
        "aarch32,5,6094",
        "x86_64,4,3027",
        "ia32,4,3027",
        "riscv64+mcs,5,23285",
        "aarch32+mcs,4,4658",
        "aarch64+hyp,4,2576",
        "aarch32+hyp+mcs,4,7420",
        "x86_64+vtx,3,536"
    })
    void everyStateKeepsTheLaws(String architecture, int depth, int distinct) throws Exception {
        Exploration found = explore(subject(architecture, kernel -> kernel), depth);
        assertNull(found.violation(), () -> String.valueOf(found.violation()));
        assertEquals(distinct, found.distinct());
    }

    /** After a capability is deleted some words of memory are as before: what deleting should have undone is not. */
    private static final class Forgetful extends ForwardingKernel {
        private final SchedulingSubject[] subject;
        private final Words words;

        /** Where the words are; they have 64 bits each. */
        private interface Words {
            List<Long> of(SchedulingSubject subject, Slots slots, int deleted);
        }

        Forgetful(Kernel kernel, SchedulingSubject[] subject, Words words) {
            super(kernel);
            this.subject = subject;
            this.words = words;
        }

        @Override
        public KernelError delete(long root, long index, int depth) {
            PagedMemory memory = subject[0].memory().words();
            long first = subject[0].machine().bootInfo().empty().start() + 1;
            List<Long> addresses = words.of(subject[0], new Slots(memory, architecture()), (int) (index - first));
            List<Long> before = new ArrayList<>();
            addresses.forEach(address -> before.add(memory.load64(address, 0)));
            KernelError answer = super.delete(root, index, depth);
            for (int i = 0; i < before.size(); i++) {
                memory.store64(addresses.get(i), 0, before.get(i));
            }
            return answer;
        }
    }

    private static Violation noticed(String architecture, Forgetful.Words words, int depth) throws Exception {
        SchedulingSubject[] made = new SchedulingSubject[1];
        made[0] = subject(architecture, kernel -> new Forgetful(kernel, made, words));
        Violation violation = explore(made[0], depth).violation();
        assertNotNull(violation);
        return violation;
    }

    @Test
    void aBindingThatIsNotUndoneIsNoticed() throws Exception {
        for (String architecture : List.of("aarch64", "riscv64+mcs")) {
            Violation thread = noticed(
                    architecture, (subject, slots, deleted) -> object(subject, slots, deleted, NOTIFICATION, 1), 5);
            assertTrue(thread.rules().get(0).startsWith("sym_refs: the notification at 0x"), thread.rules()::toString);
        }
        Violation context =
                noticed("riscv64+mcs", (subject, slots, deleted) -> object(subject, slots, deleted, OBJECT, 2), 5);
        assertTrue(context.rules().get(0).startsWith("sym_refs: the sched context at 0x"), context.rules()::toString);
        Violation vcpu =
                noticed("aarch64+hyp", (subject, slots, deleted) -> object(subject, slots, deleted, OBJECT, 1), 5);
        assertTrue(vcpu.rules().get(0).startsWith("sym_refs: the VCPU at 0x"), vcpu.rules()::toString);
    }

    /** The first words of what is in slot 0, if it is of a type and something else is deleted. */
    private static List<Long> object(
            SchedulingSubject subject, Slots slots, int deleted, CapabilityType type, int words) {
        long slot = subject.slot(0);
        List<Long> addresses = new ArrayList<>();
        for (int word = 0; word < words && deleted != 0 && slots.type(slot) == type; word++) {
            addresses.add(slots.object(slot) + (long) word * Long.BYTES);
        }
        return addresses;
    }

    @Test
    void anInterruptThatIsNotFreedIsNoticed() throws Exception {
        Violation violation = noticed(
                "aarch64",
                (subject, slots, deleted) -> {
                    List<Long> page = new ArrayList<>();
                    for (int offset = 0; offset < KernelState.BYTES; offset += Long.BYTES) {
                        page.add(subject.machine().kernelState() + offset);
                    }
                    return page;
                },
                5);
        assertEquals(List.of("valid_irq_handlers: interrupt 0 has no handler"), violation.rules());
    }

    @Test
    void aKernelsSlotThatIsNotClearedIsNoticed() throws Exception {
        Violation violation = noticed(
                "aarch64",
                (subject, slots, deleted) -> {
                    long slot = subject.interruptSlot(0);
                    return slots.isEmpty(slot) || slots.type(subject.slot(deleted)) != CapabilityType.CONTROL
                            ? List.of()
                            : List.of(slot, slot + 8, slot + 16, slot + 24);
                },
                5);
        assertTrue(
                violation.rules().stream()
                        .anyMatch(rule -> rule.startsWith("valid_irq_node: nobody handles interrupt 0")),
                violation.rules()::toString);
    }

    @Test
    void theWrongFamilyOfARevokeIsNoticed() throws Exception {
        Violation kept = revoked(false);
        assertEquals(List.of("revoke: what was in slot 0 is left, which is derived from it"), kept.rules());
        Violation gone = revoked(true);
        assertEquals(List.of("revoke: what was in slot 0 is gone, which is not derived from it"), gone.rules());
    }

    /** Revoking IRQ control does nothing, or takes what is derived from the untyped as well. */
    private static Violation revoked(boolean takesMore) throws Exception {
        SchedulingSubject[] made = new SchedulingSubject[1];
        made[0] = subject("aarch64", kernel -> new ForwardingKernel(kernel) {
            @Override
            public KernelError revoke(long root, long index, int depth) {
                if (index != BootSlots.IRQ_CONTROL) {
                    return super.revoke(root, index, depth);
                }
                long untyped = made[0].machine().bootInfo().empty().start();
                return takesMore ? super.revoke(root, untyped, depth) : KernelError.NO_ERROR;
            }
        });
        Violation violation = explore(made[0], 3).violation();
        assertNotNull(violation);
        return violation;
    }
}
