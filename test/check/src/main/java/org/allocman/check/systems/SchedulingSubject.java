package org.allocman.check.systems;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.check.action.Action;
import org.allocman.check.action.SubjectRule;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.kernel.Bindings;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.ControlKind;
import org.allocman.sim.kernel.Interrupts;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.kernel.VcpuBindings;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kernel with an untyped, two interrupts and a few slots: threads, notifications, handlers, with MCS scheduling contexts
 * and replies, of a hypervisor virtual CPUs are made, bound to one another, copied, deleted and revoked in every order.
 */
public final class SchedulingSubject extends MachineSubject {
    /** Size of the untyped, in bits: room for a few threads of any kernel. */
    static final int UNTYPED_BITS = 13;

    /** How many bits more than a virtual CPU it has where there are some: room for two, and for threads. */
    private static final int BEYOND_VCPU_BITS = 2;

    private final Slots slots;
    private final ObjectTypes types;
    private final Bindings bindings;
    private final VcpuBindings vcpus;
    private final Interrupts interrupts;
    private final long window;
    private final int count;
    private final List<Action> actions;

    /**
     * A kernel at the start.
     *
     * @param board the board
     * @param wrapper wraps the board's kernel
     * @param slots how many slots there are, 2 to 16
     * @throws BootFailure if the board is too small
     */
    public SchedulingSubject(Board board, UnaryOperator<Kernel> wrapper, int slots) throws BootFailure {
        super(withSlots(board, slots));
        this.count = slots;
        PhysicalMemory memory = machine.memory();
        this.slots = new Slots(memory.words(), board.architecture());
        this.types = new ObjectTypes(this.slots, board.architecture());
        this.bindings =
                new Bindings(memory.words(), this.slots, board.architecture().hasMcs());
        this.vcpus = new VcpuBindings(memory.words(), this.slots);
        this.interrupts = new Interrupts(memory.words(), this.slots, machine.kernelState());
        Architecture architecture = board.architecture();
        int bits = architecture.has(ObjectType.VCPU)
                ? architecture.sizeBits(ObjectType.VCPU, 0) + BEYOND_VCPU_BITS
                : UNTYPED_BITS;
        Untyped source = source(machine, bits);
        long first = machine.bootInfo().empty().start();
        if (machine.bootInfo().empty().end() - first <= slots) {
            throw new BootFailure("the root CNode has too few empty slots", 0);
        }
        Kernel kernel = wrapper.apply(machine.kernel());
        give(kernel, source, bits, first);
        long thread = KernelState.thread(memory.words(), machine.kernelState());
        long cnode = this.slots.object(this.slots.at(thread, TcbLayout.CSPACE));
        this.window = this.slots.at(cnode, first + 1);
        memory.startJournal();
        this.actions = new SchedulingActions(
                        kernel,
                        this.slots,
                        types,
                        new SlotTypes(memory, this.slots, window, slots),
                        lines(interrupts),
                        window,
                        first,
                        slots)
                .all();
    }

    /** A user's slot. */
    @PhysAddr
    long slot(int number) {
        return slots.at(window, number);
    }

    /** The kernel's slot of an interrupt. */
    @PhysAddr
    long interruptSlot(int interrupt) {
        return interrupts.slot(interrupt);
    }

    /** The interrupts that are made use of: the lowest two; none if the kernel has none. */
    private static List<Integer> lines(Interrupts interrupts) {
        return interrupts.count() < interrupts.least() + 2
                ? List.of()
                : List.of(interrupts.least(), interrupts.least() + 1);
    }

    private boolean isHandled(int interrupt) {
        return interrupts.state(interrupt) == Interrupts.HANDLED;
    }

    @Override
    public List<SubjectRule> rules() {
        List<SubjectRule> rules = new ArrayList<>(super.rules());
        rules.add(SubjectRule.ofDone("revoke", "revoke"));
        return rules;
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public boolean isSound() {
        return broken().isEmpty();
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            long at = slot(number);
            if (!slots.isEmpty(at)) {
                facts.add("slot " + number + ": " + what(at));
            }
        }
        for (int interrupt : lines(interrupts)) {
            String signals = slots.isEmpty(interrupts.slot(interrupt)) ? "" : ", signals a notification";
            facts.add("interrupt " + interrupt + ": " + (isHandled(interrupt) ? "handled" : "free") + signals);
        }
        return facts;
    }

    private String what(long at) {
        if (slots.type(at) == CapabilityType.CONTROL) {
            ControlKind kind = slots.control().kind(at);
            return kind + " "
                    + (kind == ControlKind.IO_PORT
                            ? slots.control().firstPort(at)
                            : slots.control().number(at));
        }
        ObjectType type = types.type(at);
        String bound = bound(type, slots.object(at));
        return (type == null ? slots.type(at).name() : type.text()) + (bound.isEmpty() ? "" : ", bound to" + bound);
    }

    private String bound(@Nullable ObjectType type, long object) {
        boolean hasMcs = machine.board().architecture().hasMcs();
        if (type == ObjectType.TCB) {
            return address(bindings.notification(object))
                    + (hasMcs ? address(bindings.contextOfThread(object)) : "")
                    + (machine.board().architecture().has(ObjectType.VCPU) ? address(vcpus.vcpu(object)) : "");
        }
        if (type == ObjectType.NOTIFICATION) {
            return address(bindings.thread(object)) + (hasMcs ? address(bindings.contextOfNotification(object)) : "");
        }
        if (type == ObjectType.VCPU) {
            return address(vcpus.thread(object));
        }
        return type == ObjectType.SCHED_CONTEXT
                ? address(bindings.threadOfContext(object)) + address(bindings.notificationOfContext(object))
                : "";
    }

    private static String address(long object) {
        return object < 0 ? "" : " 0x" + Long.toHexString(object);
    }
}
