package org.allocman.testkit.arbitraries;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An invocation whose arguments are good, nearly good, or anything. Slots are written as small numbers, which choose among
 * what there is when it is made ({@link KnownSlots}), so that most invocations are carried out, on every machine.
 *
 * @param kind which
 * @param arguments what is passed, in the order of the {@link Kernel}'s parameters; further ones are ignored
 */
public record Invocation(InvocationKind kind, List<Long> arguments) {
    private static final int MOST_ARGUMENTS = 11;
    private static final int STRANGE_OF = 6;
    private static final int SLOTS = 24;
    private static final int LEAST_UNTYPED = 4;
    private static final int UNTYPEDS = 8;
    private static final int RADICES = 3;
    private static final int LEAST_CONTEXT = 7;
    private static final ObjectType[] MADE = {
        ObjectType.ENDPOINT,
        ObjectType.NOTIFICATION,
        ObjectType.UNTYPED,
        ObjectType.CNODE,
        ObjectType.TCB,
        ObjectType.SMALL_PAGE,
        ObjectType.PAGE_TABLE
    };
    // an untyped that something was made of cannot be copied
    private static final ObjectType[] COPIED = {
        ObjectType.ENDPOINT, ObjectType.NOTIFICATION, ObjectType.CNODE, ObjectType.TCB, ObjectType.SMALL_PAGE
    };
    private static final List<InvocationKind> KINDS = List.of(
            InvocationKind.RETYPE,
            InvocationKind.DELETE,
            InvocationKind.REVOKE,
            InvocationKind.COPY,
            InvocationKind.MINT,
            InvocationKind.MOVE,
            InvocationKind.MUTATE,
            InvocationKind.ROTATE,
            InvocationKind.CANCEL_BADGED_SENDS,
            InvocationKind.SAVE_CALLER,
            InvocationKind.PAGE_UNMAP,
            InvocationKind.TABLE_UNMAP,
            InvocationKind.TCB_BIND_NOTIFICATION,
            InvocationKind.TCB_UNBIND_NOTIFICATION,
            InvocationKind.TCB_SET_PRIORITY,
            InvocationKind.SCHED_CONTEXT_BIND,
            InvocationKind.SCHED_CONTEXT_UNBIND,
            InvocationKind.IO_PORT_CONTROL_ISSUE,
            InvocationKind.DOMAIN_SET,
            InvocationKind.VCPU_SET_TCB);

    /**
     * Keeps a copy of the list.
     *
     * @param kind which
     * @param arguments what is passed
     */
    public Invocation {
        arguments = List.copyOf(arguments);
    }

    /**
     * Invocations; a third of them makes objects, so that the others find something. One in six has one strange argument.
     *
     * @return the arbitrary
     */
    public static Arbitrary<Invocation> arbitrary() {
        Arbitrary<Long> usual = Arbitraries.longs()
                .between(0, SLOTS - 1)
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases();
        Arbitrary<Long> strange = Arbitraries.of(
                32L, 63L, 64L, 65L, 255L, 256L, 257L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, 1L << 32);
        Arbitrary<Integer> where = Arbitraries.integers().between(0, STRANGE_OF * MOST_ARGUMENTS - 1);
        Arbitrary<InvocationKind> kinds = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(InvocationKind.RETYPE)), Tuple.of(2, Arbitraries.of(KINDS)));
        return Combinators.combine(kinds, usual.list().ofSize(MOST_ARGUMENTS), where.withoutEdgeCases(), strange)
                .as((kind, arguments, at, other) -> {
                    List<Long> all = new ArrayList<>(arguments);
                    if (at < MOST_ARGUMENTS) {
                        all.set(at, other);
                    }
                    return new Invocation(kind, all);
                });
    }

    /**
     * Makes it, on something that there is, unless an argument is strange: then with that.
     *
     * @param kernel of whom
     * @param known what is in which slot; it learns from the answer
     * @return the kernel's answer
     */
    public KernelError applyTo(Kernel kernel, KnownSlots known) {
        int bits = kernel.architecture().wordBits();
        int depth = isStrange(10) ? (int) at(10) : bits;
        long root = isStrange(9) ? at(9) : BootSlots.CNODE;
        long from = isStrange(1) ? at(1) : source(known);
        long to = isStrange(0) ? at(0) : known.empty(at(0));
        CapPath target = new CapPath(root, to, depth);
        CapPath origin = new CapPath(BootSlots.CNODE, from, bits);
        ObjectType type = made(kernel.architecture());
        ObjectType needed = needed();
        if (needed != null && !known.has(needed) && kernel.architecture().has(needed)) {
            return note(known, InvocationKind.RETYPE, retype(kernel, known, root, to, needed), needed, from, to);
        }
        KernelError answer = switch (kind) {
            case RETYPE -> retype(kernel, known, root, to, type);
            case COPY -> kernel.copy(target, origin, rights());
            case MINT -> kernel.mint(target, origin, rights(), at(5));
            case MOVE -> kernel.move(target, origin);
            case MUTATE -> kernel.mutate(target, origin, data(5));
            case ROTATE -> kernel.rotate(target, data(5), new CapPath(root, known.used(at(2)), depth), data(6), origin);
            case DELETE -> kernel.delete(root, from, depth);
            case REVOKE -> kernel.revoke(root, from, depth);
            case CANCEL_BADGED_SENDS -> kernel.cancelBadgedSends(new CapPath(root, from, depth));
            case SAVE_CALLER -> kernel.saveCaller(target);
            case PAGE_UNMAP -> kernel.pageUnmap(from);
            case TCB_BIND_NOTIFICATION ->
                kernel.scheduling().bindNotification(from, known.used(at(2), ObjectType.NOTIFICATION));
            case TCB_UNBIND_NOTIFICATION -> kernel.scheduling().unbindNotification(from);
            case TCB_SET_PRIORITY -> kernel.scheduling().setPriority(from, BootSlots.TCB, (int) at(5));
            case SCHED_CONTEXT_BIND ->
                kernel.scheduling().bindContext(from, known.used(at(2), ObjectType.TCB, ObjectType.NOTIFICATION));
            case SCHED_CONTEXT_UNBIND -> kernel.scheduling().unbindContext(from);
            case IO_PORT_CONTROL_ISSUE ->
                kernel.ports().issue(BootSlots.IO_PORT_CONTROL, (int) at(4), (int) at(4) + (int) at(5), target);
            case VCPU_SET_TCB -> kernel.vcpus().setTcb(from, known.used(at(2), ObjectType.TCB));
            case DOMAIN_SET -> kernel.domains().set(BootSlots.DOMAIN, (int) data(5), from);
            default -> kernel.tableUnmap(from);
        };
        return note(known, kind, answer, type, from, to);
    }

    /** What has to be there for it; if it is not, it is made instead. */
    @Nullable
    ObjectType needed() {
        return switch (kind) {
            case MUTATE -> ObjectType.CNODE;
            case CANCEL_BADGED_SENDS -> ObjectType.ENDPOINT;
            case PAGE_UNMAP -> ObjectType.SMALL_PAGE;
            case TABLE_UNMAP -> ObjectType.PAGE_TABLE;
            case TCB_BIND_NOTIFICATION, TCB_UNBIND_NOTIFICATION, TCB_SET_PRIORITY, DOMAIN_SET -> ObjectType.TCB;
            case SCHED_CONTEXT_BIND, SCHED_CONTEXT_UNBIND -> ObjectType.SCHED_CONTEXT;
            case VCPU_SET_TCB -> ObjectType.VCPU;
            default -> null;
        };
    }

    /** What the invocation works on: something that it makes sense for. */
    private long source(KnownSlots known) {
        ObjectType needed = needed();
        if (needed != null) {
            return known.used(at(1), needed);
        }
        return kind == InvocationKind.COPY || kind == InvocationKind.MINT
                ? known.used(at(1), COPIED)
                : known.used(at(1));
    }

    private KernelError retype(Kernel kernel, KnownSlots known, long root, long to, ObjectType type) {
        return kernel.retype(
                isStrange(1) ? at(1) : known.untyped(at(1)),
                isStrange(2) ? (int) at(2) : kernel.architecture().number(type),
                isStrange(3) ? (int) at(3) : size(type),
                root,
                at(4),
                isStrange(10) ? (int) at(10) : 0,
                to,
                isStrange(5) ? (int) at(5) : 1);
    }

    /** What is made, if the architecture has it. */
    ObjectType made() {
        return MADE[Math.floorMod(at(7), MADE.length)];
    }

    private ObjectType made(Architecture architecture) {
        ObjectType type = made();
        return architecture.has(type) ? type : ObjectType.ENDPOINT;
    }

    int size(ObjectType type) {
        return switch (type.kind()) {
            case UNTYPED -> LEAST_UNTYPED + Math.floorMod(at(3), UNTYPEDS);
            case CNODE -> 1 + Math.floorMod(at(3), RADICES);
            default -> type == ObjectType.SCHED_CONTEXT ? LEAST_CONTEXT + Math.floorMod(at(3), RADICES) : 0;
        };
    }

    /** What is known after it was carried out. What was strange is not followed: the kernel is asked. */
    private static KernelError note(
            KnownSlots known, InvocationKind did, KernelError answer, ObjectType type, long from, long to) {
        if (!answer.failed()) {
            switch (did) {
                case RETYPE -> known.fill(to, type);
                case COPY, MINT, MOVE, MUTATE, ROTATE -> known.fill(to, known.type(from));
                default -> {}
            }
            known.lookAgain();
        }
        return answer;
    }

    private long data(int index) {
        return isStrange(index) ? at(index) : 0;
    }

    long at(int index) {
        return arguments.get(index);
    }

    /** Whether an argument is none of the usual ones. */
    boolean isStrange(int index) {
        return at(index) < 0 || at(index) >= SLOTS;
    }

    CapRights rights() {
        return at(8) % 6 == 0 ? CapRights.READ_ONLY : at(8) % 6 == 1 ? CapRights.READ_WRITE : CapRights.ALL;
    }
}
