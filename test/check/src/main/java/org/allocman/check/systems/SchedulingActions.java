package org.allocman.check.systems;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.ControlKind;
import org.allocman.sim.kernel.InterruptLines;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.paging.ArchitectureBehaviour;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelInterrupts;
import org.allocman.vka.KernelInterrupts.MsiSource;
import org.allocman.vka.KernelScheduling;
import org.allocman.vka.KernelScheduling.SchedParams;
import org.allocman.vka.ObjectType;

/** The invocations of a system of threads and handlers. What is made goes into the first empty slot. */
final class SchedulingActions {
    private static final int CONTEXT_BITS = 7;
    private static final int PRIORITY = 7;
    private static final long ROOT = BootSlots.CNODE;

    private final Kernel kernel;
    private final Slots slots;
    private final ObjectTypes types;
    private final SlotTypes held;
    private final List<Integer> lines;
    private final long window;
    private final long untyped;
    private final int count;
    private final boolean hasMcs;
    private final ArchitectureBehaviour behaviour;
    private final List<Action> all = new ArrayList<>();

    SchedulingActions(
            Kernel kernel,
            Slots slots,
            ObjectTypes types,
            SlotTypes held,
            List<Integer> lines,
            long window,
            long untyped,
            int count) {
        this.kernel = kernel;
        this.slots = slots;
        this.types = types;
        this.held = held;
        this.lines = lines;
        this.window = window;
        this.untyped = untyped;
        this.count = count;
        this.hasMcs = kernel.architecture().hasMcs();
        this.behaviour = Behaviours.of(kernel.architecture());
    }

    List<Action> all() {
        make(ObjectType.TCB, 0);
        make(ObjectType.NOTIFICATION, 0);
        if (hasMcs) {
            make(ObjectType.SCHED_CONTEXT, CONTEXT_BITS);
            make(ObjectType.REPLY, 0);
        }
        if (kernel.architecture().has(ObjectType.VCPU)) {
            make(ObjectType.VCPU, 0);
        }
        for (int line : lines) {
            add("make the handler of interrupt " + line, this::hasRoom, () -> handler(line));
        }
        // of two ranges that have a port in common only one can be given out
        for (int port = 0; port < (behaviour.hasIoPorts() ? 2 : 0); port++) {
            int first = port;
            add(
                    "give out ports " + first + " and " + (first + 1),
                    this::hasRoom,
                    () -> kernel.ports().issue(BootSlots.IO_PORT_CONTROL, first, first + 1, target()));
        }
        for (int slot = 0; slot < count; slot++) {
            onSlot(slot);
            for (int other = 0; other < count; other++) {
                onTwo(slot, other);
            }
        }
        revokeAll();
        return all;
    }

    /** Makes a handler in the one form that the machine has. */
    private KernelError handler(int line) {
        InterruptLines machine = behaviour.interrupts();
        return machine.isPc()
                ? kernel.interrupts()
                        .getMsi(BootSlots.IRQ_CONTROL, line - machine.least(), new MsiSource(0, 0, 0, 0), target())
                : kernel.interrupts().get(BootSlots.IRQ_CONTROL, line, target());
    }

    private void add(String name, BooleanSupplier enabled, Supplier<KernelError> invoke) {
        all.add(Action.of(name, enabled, () -> {
            KernelError answer = invoke.get();
            return answer.failed() ? Outcome.refused(answer) : Outcome.DONE;
        }));
    }

    private boolean hasRoom() {
        return held.firstEmpty() < count;
    }

    private CapPath target() {
        return inRoot(cptr(held.firstEmpty()));
    }

    private long cptr(int slot) {
        return untyped + 1 + slot;
    }

    private CapPath inRoot(long cptr) {
        return new CapPath(ROOT, cptr, kernel.architecture().wordBits());
    }

    private void make(ObjectType type, int size) {
        int number = kernel.architecture().number(type);
        add(
                "make a " + type.text(),
                this::hasRoom,
                () -> kernel.retype(untyped, number, size, ROOT, 0, 0, cptr(held.firstEmpty()), 1));
    }

    private boolean isHandler(int slot) {
        return isControl(slot, ControlKind.IRQ_HANDLER);
    }

    private boolean isRange(int slot) {
        return isControl(slot, ControlKind.IO_PORT);
    }

    private boolean isControl(int slot, ControlKind kind) {
        return held.is(slot, CapabilityType.CONTROL) && slots.control().kind(slots.at(window, slot)) == kind;
    }

    private boolean isContext(int slot) {
        return isObject(slot, ObjectType.SCHED_CONTEXT);
    }

    private boolean isVcpu(int slot) {
        return isObject(slot, ObjectType.VCPU);
    }

    private boolean isObject(int slot, ObjectType type) {
        return held.is(slot, CapabilityType.OBJECT) && types.type(slots.at(window, slot)) == type;
    }

    private boolean isThread(int slot) {
        return held.is(slot, CapabilityType.TCB);
    }

    private boolean isNotification(int slot) {
        return held.is(slot, CapabilityType.NOTIFICATION);
    }

    private void onSlot(int slot) {
        String what = " slot " + slot;
        CapPath at = inRoot(cptr(slot));
        BooleanSupplier isUsed = () -> !held.isEmpty(slot);
        KernelInterrupts interrupts = kernel.interrupts();
        KernelScheduling scheduling = kernel.scheduling();
        add("copy" + what, () -> !held.isEmpty(slot) && hasRoom(), () -> kernel.copy(target(), at, CapRights.ALL));
        add(
                "mint" + what + " with 1",
                () -> isNotification(slot) && hasRoom(),
                () -> kernel.mint(target(), at, CapRights.ALL, 1));
        add("delete" + what, isUsed, () -> kernel.delete(at));
        add("revoke" + what, isUsed, () -> kernel.revoke(at));
        add("clear the handler in" + what, () -> isHandler(slot), () -> interrupts.clear(cptr(slot)));
        add("unbind the thread in" + what, () -> isThread(slot), () -> scheduling.unbindNotification(cptr(slot)));
        add("unbind the context in" + what, () -> isContext(slot), () -> scheduling.unbindContext(cptr(slot)));
        add(
                "take the context from the thread in" + what,
                () -> hasMcs && isThread(slot),
                () -> scheduling.setSchedParams(cptr(slot), BootSlots.TCB, new SchedParams(PRIORITY, PRIORITY, 0, 0)));
    }

    private void onTwo(int slot, int other) {
        String with = " slot " + slot + " with slot " + other;
        long one = cptr(slot);
        long two = cptr(other);
        KernelScheduling scheduling = kernel.scheduling();
        add(
                "set the notification of" + with,
                both(this::isHandler, slot, this::isNotification, other),
                () -> kernel.interrupts().setNotification(one, two));
        add(
                "bind the thread in" + with,
                both(this::isThread, slot, this::isNotification, other),
                () -> scheduling.bindNotification(one, two));
        add(
                "bind the context in" + with,
                both(this::isContext, slot, this::canHaveContext, other),
                () -> scheduling.bindContext(one, two));
        add(
                "bind the virtual CPU in" + with,
                both(this::isVcpu, slot, this::isThread, other),
                () -> kernel.vcpus().setTcb(one, two));
        add(
                "unbind the context in" + with,
                both(this::isContext, slot, this::canHaveContext, other),
                () -> scheduling.unbindContextFrom(one, two));
        add(
                "set the context of the thread in" + with,
                both(this::isThread, slot, this::isContext, other),
                () -> scheduling.setSchedParams(one, BootSlots.TCB, new SchedParams(PRIORITY, PRIORITY, two, 0)));
    }

    private boolean canHaveContext(int slot) {
        return isThread(slot) || isNotification(slot);
    }

    private static BooleanSupplier both(IntPredicate first, int slot, IntPredicate second, int other) {
        return () -> first.test(slot) && second.test(other);
    }

    /** Revoking takes all that is derived, and nothing else. */
    private void revokeAll() {
        int bits = kernel.architecture().wordBits();
        add("revoke", "IRQ control", () -> kernel.revoke(ROOT, BootSlots.IRQ_CONTROL, bits), this::isHandler);
        add(
                "revoke",
                "the untyped",
                () -> kernel.revoke(ROOT, untyped, bits),
                slot -> !isHandler(slot) && !isRange(slot));
        if (behaviour.hasIoPorts()) {
            add(
                    "revoke",
                    "I/O port control",
                    () -> kernel.revoke(ROOT, BootSlots.IO_PORT_CONTROL, bits),
                    this::isRange);
        }
    }

    private void add(String revoke, String what, Supplier<KernelError> invoke, IntPredicate family) {
        all.add(Action.of(revoke + " " + what, () -> true, () -> {
            boolean[] stays = new boolean[count];
            for (int slot = 0; slot < count; slot++) {
                stays[slot] = !held.isEmpty(slot) && !family.test(slot);
            }
            KernelError answer = invoke.get();
            for (int slot = 0; slot < count && !answer.failed(); slot++) {
                if (held.isEmpty(slot) == stays[slot]) {
                    String told = stays[slot]
                            ? " is gone, which is not derived from it"
                            : " is left, which is derived from it";
                    return Outcome.wrong(answer, "revoke: what was in slot " + slot + told);
                }
            }
            return answer.failed() ? Outcome.refused(answer) : Outcome.DONE;
        }));
    }
}
