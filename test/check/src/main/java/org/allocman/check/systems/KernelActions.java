package org.allocman.check.systems;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.lab.kernel.CapabilityJudge;
import org.allocman.qual.CPtr;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/** The invocations of {@link KernelSubject}. */
final class KernelActions {
    private static final int RADIX = 1;
    private static final int CHILD_BITS = 6;
    private static final long ROOT = BootSlots.CNODE;
    private static final CapRights WRITE_ONLY = new CapRights(CapRights.WRITE);

    private final CapabilityJudge kernel;
    private final SlotTypes held;
    private final long untypeds;
    private final long first;
    private final int count;
    private final boolean symmetry;
    private final int bits;
    private final List<Action> all = new ArrayList<>();

    /** A slot to fill: a certain one, or the first that is empty. */
    private interface Target {
        boolean isEmpty();

        long cptr();

        String name();
    }

    KernelActions(CapabilityJudge kernel, SlotTypes held, long untypeds, long first, int count, boolean symmetry) {
        this.kernel = kernel;
        this.held = held;
        this.untypeds = untypeds;
        this.first = first;
        this.count = count;
        this.symmetry = symmetry;
        this.bits = kernel.architecture().wordBits();
    }

    static String untyped(int number) {
        return "untyped " + (char) ('A' + number);
    }

    List<Action> all() {
        List<Target> targets = new ArrayList<>();
        if (symmetry) {
            targets.add(new FirstEmpty());
        } else {
            for (int slot = 0; slot < count; slot++) {
                targets.add(new Certain(slot));
            }
        }
        for (Target target : targets) {
            fill(target);
        }
        for (int slot = 0; slot < count; slot++) {
            useCNode(slot);
            empty(slot);
        }
        give("revoke untyped A", () -> true, () -> kernel.revoke(ROOT, untypeds, bits));
        give("revoke untyped B", () -> true, () -> kernel.revoke(ROOT, untypeds + 1, bits));
        return all;
    }

    private void add(String name, BooleanSupplier enabled, Supplier<KernelError> invoke) {
        all.add(Action.of(name, enabled, () -> judged(invoke)));
    }

    private void give(String name, BooleanSupplier enabled, Supplier<KernelError> invoke) {
        all.add(Action.givingBack(name, enabled, () -> judged(invoke)));
    }

    private Outcome judged(Supplier<KernelError> invoke) {
        KernelError answer = invoke.get();
        String wrong = kernel.wrong();
        if (wrong != null) {
            return Outcome.wrong(answer, wrong);
        }
        return answer.failed() ? Outcome.refused(answer) : Outcome.DONE;
    }

    private CapPath inRoot(@CPtr long cptr) {
        return new CapPath(ROOT, cptr, bits);
    }

    /** Everything that puts something into a slot. */
    private void fill(Target target) {
        Architecture architecture = kernel.architecture();
        int endpoint = architecture.number(ObjectType.ENDPOINT);
        int cnode = architecture.number(ObjectType.CNODE);
        int smaller = architecture.number(ObjectType.UNTYPED);
        String into = " into " + target.name();
        for (int i = 0; i < 2; i++) {
            long untyped = untypeds + i;
            String from = " from " + untyped(i) + into;
            add(
                    "retype an endpoint" + from,
                    target::isEmpty,
                    () -> kernel.retype(untyped, endpoint, 0, ROOT, 0, 0, target.cptr(), 1));
            add(
                    "retype a CNode" + from,
                    target::isEmpty,
                    () -> kernel.retype(untyped, cnode, RADIX, ROOT, 0, 0, target.cptr(), 1));
            add(
                    "retype an untyped" + from,
                    target::isEmpty,
                    () -> kernel.retype(untyped, smaller, CHILD_BITS, ROOT, 0, 0, target.cptr(), 1));
            for (ObjectType own : architecture.types()) {
                if (own.kind() == ObjectType.Kind.PLAIN) {
                    int number = architecture.number(own);
                    int size = own.isSizedByCaller() ? architecture.leastSize(own) : 0;
                    add(
                            "retype one of type " + own.text() + from,
                            target::isEmpty,
                            () -> kernel.retype(untyped, number, size, ROOT, 0, 0, target.cptr(), 1));
                }
            }
        }
        for (int slot = 0; slot < count; slot++) {
            int number = slot;
            long from = first + slot;
            CapPath source = inRoot(from);
            String what = " slot " + slot;
            BooleanSupplier both = () -> !held.isEmpty(number) && target.isEmpty();
            add(
                    "retype an endpoint from the untyped in" + what + into,
                    () -> held.is(number, CapabilityType.UNTYPED) && target.isEmpty(),
                    () -> kernel.retype(from, endpoint, 0, ROOT, 0, 0, target.cptr(), 1));
            add(
                    "copy" + what + " read-only" + into,
                    both,
                    () -> kernel.copy(inRoot(target.cptr()), source, CapRights.READ_ONLY));
            add(
                    "mint" + what + " write-only with 1" + into,
                    both,
                    () -> kernel.mint(inRoot(target.cptr()), source, WRITE_ONLY, 1));
            add("move" + what + into, both, () -> kernel.move(inRoot(target.cptr()), source));
            add("mutate" + what + into, both, () -> kernel.mutate(inRoot(target.cptr()), source, 0));
            for (int place = 0; place < 1 << RADIX; place++) {
                CapPath inside = new CapPath(from, place, RADIX);
                add(
                        "move place " + place + " of the CNode in" + what + into,
                        () -> held.is(number, CapabilityType.CNODE) && target.isEmpty(),
                        () -> kernel.move(inRoot(target.cptr()), inside));
            }
        }
    }

    /** Everything that puts something into a CNode that is in a slot. */
    private void useCNode(int slot) {
        long node = first + slot;
        CapPath place = new CapPath(node, 0, RADIX);
        int endpoint = kernel.architecture().number(ObjectType.ENDPOINT);
        BooleanSupplier isCNode = () -> held.is(slot, CapabilityType.CNODE);
        add(
                "retype 2 endpoints from untyped A into the CNode in slot " + slot,
                isCNode,
                () -> kernel.retype(untypeds, endpoint, 0, node, 0, 0, 0, 1 << RADIX));
        for (int other = 0; other < count; other++) {
            CapPath source = inRoot(first + other);
            int number = other;
            add(
                    "move slot " + other + " to place 0 of the CNode in slot " + slot,
                    () -> held.is(slot, CapabilityType.CNODE) && !held.isEmpty(number),
                    () -> kernel.move(place, source));
        }
    }

    private void empty(int slot) {
        long at = first + slot;
        give("delete slot " + slot, () -> !held.isEmpty(slot), () -> kernel.delete(ROOT, at, bits));
        give("revoke slot " + slot, () -> !held.isEmpty(slot), () -> kernel.revoke(ROOT, at, bits));
    }

    private final class FirstEmpty implements Target {
        @Override
        public boolean isEmpty() {
            return held.firstEmpty() < count;
        }

        @Override
        public long cptr() {
            return first + held.firstEmpty();
        }

        @Override
        public String name() {
            return "the first empty slot";
        }
    }

    private final class Certain implements Target {
        private final int slot;

        Certain(int slot) {
            this.slot = slot;
        }

        @Override
        public boolean isEmpty() {
            return held.isEmpty(slot);
        }

        @Override
        public long cptr() {
            return first + slot;
        }

        @Override
        public String name() {
            return "slot " + slot;
        }
    }
}
