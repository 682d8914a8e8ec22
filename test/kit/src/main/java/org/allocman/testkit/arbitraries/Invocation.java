package org.allocman.testkit.arbitraries;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.allocman.testkit.kernel.InvocationKind;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;

/**
 * An invocation whose arguments are good, nearly good, or anything. Slots are written as small numbers, so that the same
 * invocation makes sense on every machine: a machine's untypeds come first, then its empty slots.
 *
 * @param kind which
 * @param arguments what is passed, in the order of the {@link Kernel}'s parameters; further ones are ignored
 */
public record Invocation(InvocationKind kind, List<Long> arguments) {
    private static final int MOST_ARGUMENTS = 11;
    private static final int SLOTS = 24;
    private static final int TYPES = 9;
    private static final int LARGEST = 14;
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
            InvocationKind.TABLE_UNMAP);

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
     * Invocations; a third of them makes objects, so that the others find something.
     *
     * @return the arbitrary
     */
    public static Arbitrary<Invocation> arbitrary() {
        Arbitrary<Long> argument = Arbitraries.frequencyOf(
                Tuple.of(60, Arbitraries.longs().between(0, SLOTS - 1).withDistribution(RandomDistribution.uniform())),
                Tuple.of(2, Arbitraries.of(32L, 63L, 64L, 65L, 255L, 256L, 257L)),
                Tuple.of(1, Arbitraries.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, 1L << 32)));
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.just(InvocationKind.RETYPE)), Tuple.of(2, Arbitraries.of(KINDS)))
                .flatMap(kind ->
                        argument.list().ofSize(MOST_ARGUMENTS).map(arguments -> new Invocation(kind, arguments)));
    }

    /**
     * Makes it.
     *
     * @param kernel of whom
     * @param bootInfo tells which slots there are
     * @return the kernel's answer
     */
    public KernelError applyTo(Kernel kernel, BootInfo bootInfo) {
        Architecture architecture = kernel.architecture();
        int depth = isStrange(10) ? (int) at(10) : architecture.wordBits();
        long root = isStrange(9) ? slot(bootInfo, 9) : BootSlots.CNODE;
        long one = slot(bootInfo, 0);
        long other = slot(bootInfo, 1);
        return switch (kind) {
            case RETYPE ->
                kernel.retype(
                        isStrange(0)
                                ? one
                                : bootInfo.untyped().start()
                                        + at(0) % Math.max(1, bootInfo.untyped().size()),
                        (int) at(2) % TYPES,
                        (int) at(3) % LARGEST,
                        root,
                        at(4),
                        isStrange(10) ? depth : 0,
                        other,
                        isStrange(5) ? (int) at(5) : 1 + (int) at(5) % 4);
            case COPY -> kernel.copy(root, one, depth, BootSlots.CNODE, other, depth, rights());
            case MINT -> kernel.mint(root, one, depth, BootSlots.CNODE, other, depth, rights(), at(5));
            case MOVE -> kernel.move(root, one, depth, BootSlots.CNODE, other, depth);
            case MUTATE -> kernel.mutate(root, one, depth, BootSlots.CNODE, other, depth, at(5));
            case ROTATE ->
                kernel.rotate(
                        root, one, depth, at(5), root, slot(bootInfo, 2), depth, at(6), BootSlots.CNODE, other, depth);
            case DELETE -> kernel.delete(root, one, depth);
            case REVOKE -> kernel.revoke(root, one, depth);
            case CANCEL_BADGED_SENDS -> kernel.cancelBadgedSends(root, one, depth);
            case SAVE_CALLER -> kernel.saveCaller(root, one, depth);
            case PAGE_UNMAP -> kernel.pageUnmap(one);
            default -> kernel.tableUnmap(one);
        };
    }

    private long at(int index) {
        return arguments.get(index);
    }

    /** Whether an argument is none of the usual ones. */
    private boolean isStrange(int index) {
        return at(index) < 0 || at(index) >= SLOTS;
    }

    private CapRights rights() {
        return at(8) % 3 == 0 ? CapRights.READ_ONLY : at(8) % 3 == 1 ? CapRights.READ_WRITE : CapRights.ALL;
    }

    private long slot(BootInfo bootInfo, int index) {
        if (isStrange(index)) {
            return at(index);
        }
        long untypeds = Math.min(4, bootInfo.untyped().size());
        return at(index) < untypeds
                ? bootInfo.untyped().start() + at(index)
                : bootInfo.empty().start() + at(index) - untypeds;
    }
}
