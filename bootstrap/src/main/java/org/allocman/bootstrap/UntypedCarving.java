package org.allocman.bootstrap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedRoots;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How untypeds are cut up before they are managed: CNodes of a new CSpace are made of some, and device untypeds that are partly
 * RAM are parted. What is left of an untyped becomes smaller untypeds, so not a byte is lost.
 *
 * @param pieces what is made, in the order in which it is
 * @param roots untypeds to manage, by address; a piece's slot is not known yet, so {@code -1 - number} stands for it
 * @param missing the first CNode for which there is no room; null if there is room for all
 */
record UntypedCarving(
        List<Piece> pieces,
        List<UntypedRoots.Root> roots,
        @Nullable Missing missing) {
    /** The number of the root CNode among CNodes; those of the second level are counted from 0. */
    static final int ROOT = -1;

    /**
     * One retype.
     *
     * @param from the untyped
     * @param offset where in it the kernel puts the first object, in bytes
     * @param bytes size of an object
     * @param type an untyped or a CNode
     * @param size size bits of the untyped, radix of the CNode
     * @param node which CNode; {@link #ROOT} for the root
     * @param count how many objects
     */
    record Piece(Untyped from, long offset, long bytes, ObjectType type, int size, int node, int count) {
        boolean isUntyped() {
            return type == ObjectType.UNTYPED;
        }

        long end() {
            return offset + bytes * count;
        }

        /**
         * Whether one retype can make this and the next CNode of the second level behind it. An untyped is chosen for one CNode
         * after the other until it is full, so the next one's number follows.
         */
        boolean takesOneMore() {
            return type == ObjectType.CNODE && node != ROOT && count < Architecture.RETYPE_FAN_OUT_LIMIT;
        }

        Piece withOneMore() {
            return new Piece(from, offset, bytes, type, size, node, count + 1);
        }

        /** The untyped that this piece is; which slot it gets is still to be said. */
        Untyped asUntyped(int number) {
            return new Untyped(-1 - number, from.paddr() + offset, size, from.device());
        }
    }

    /**
     * A CNode for which there is no room.
     *
     * @param sizeBits its size in bits
     * @param largest size bits of the largest block of memory that is left; -1 if none is
     */
    record Missing(int sizeBits, int largest) {}

    UntypedCarving {
        pieces = List.copyOf(pieces);
        roots = List.copyOf(roots);
    }

    /** Pieces that take a slot in the CSpace there is. */
    int slots() {
        return (int) pieces.stream().filter(Piece::isUntyped).count();
    }

    /** Which untypeds to cut, and how: {@code nodes} CNodes of the second level. */
    static UntypedCarving of(InitialState start, BootstrapOptions options, int nodes) {
        List<Untyped> untypeds = start.untypeds().stream()
                .sorted((left, right) -> Long.compareUnsigned(left.paddr(), right.paddr()))
                .toList();
        List<List<Piece>> pieces = new ArrayList<>();
        untypeds.forEach(untyped -> pieces.add(new ArrayList<>()));
        if (options.cspace().isNew()) {
            int slotBits = start.architecture().slotBits();
            for (int node = ROOT; node < nodes; node++) {
                int radix = node == ROOT
                        ? options.cspace().firstBits()
                        : options.cspace().secondBits();
                if (!place(untypeds, pieces, node, radix, slotBits)) {
                    return new UntypedCarving(
                            List.of(),
                            roots(untypeds, List.of(), options.deviceRam()),
                            new Missing(radix + slotBits, largestLeft(untypeds, pieces)));
                }
            }
        }
        List<Piece> all = new ArrayList<>();
        for (int i : byFirstCNode(pieces)) {
            fill(untypeds.get(i), pieces.get(i), size(untypeds.get(i)));
            all.addAll(pieces.get(i));
        }
        for (Untyped untyped : untypeds) {
            if (untyped.device()) {
                all.addAll(splitAtRam(untyped, options.deviceRam()));
            }
        }
        return new UntypedCarving(all, roots(untypeds, all, options.deviceRam()), null);
    }

    /** Puts a CNode where the least is left beside it. */
    private static boolean place(List<Untyped> untypeds, List<List<Piece>> pieces, int node, int radix, int slotBits) {
        long bytes = 1L << radix + slotBits;
        int best = -1;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < untypeds.size(); i++) {
            long left = size(untypeds.get(i)) - aligned(pieces.get(i), bytes) - bytes;
            if (!untypeds.get(i).device() && left >= 0 && left < least) {
                best = i;
                least = left;
            }
        }
        if (best < 0) {
            return false;
        }
        Untyped untyped = untypeds.get(best);
        List<Piece> made = pieces.get(best);
        fill(untyped, made, aligned(made, bytes));
        Piece last = made.isEmpty() ? null : made.get(made.size() - 1);
        if (last != null && last.takesOneMore()) {
            made.set(made.size() - 1, last.withOneMore());
        } else {
            made.add(new Piece(untyped, used(made), bytes, ObjectType.CNODE, radix, node, 1));
        }
        return true;
    }

    private static long size(Untyped untyped) {
        return 1L << untyped.sizeBits();
    }

    private static long used(List<Piece> pieces) {
        return pieces.isEmpty() ? 0 : pieces.get(pieces.size() - 1).end();
    }

    private static long aligned(List<Piece> pieces, long bytes) {
        return used(pieces) + bytes - 1 & -bytes;
    }

    /** Makes untypeds of what lies before an offset. */
    private static void fill(Untyped untyped, List<Piece> pieces, long end) {
        while (used(pieces) < end) {
            long from = used(pieces);
            long most = Long.highestOneBit(end - from);
            long bytes = from == 0 ? most : Math.min(most, Long.lowestOneBit(from));
            int bits = Long.numberOfTrailingZeros(bytes);
            pieces.add(new Piece(untyped, from, bytes, ObjectType.UNTYPED, bits, 0, 1));
        }
    }

    /** Parts a device untyped where RAM begins or ends; one that is all of a kind stays whole. */
    private static List<Piece> splitAtRam(Untyped untyped, List<BootstrapOptions.RamRange> ram) {
        List<Piece> pieces = new ArrayList<>();
        long[] borders = RamMap.borders(ram, untyped);
        for (long border : borders) {
            fill(untyped, pieces, border);
        }
        if (borders.length > 0) {
            fill(untyped, pieces, size(untyped));
        }
        return pieces;
    }

    /**
     * Untypeds of which CNodes are made, that with the root CNode first: the others are put into it. As yet a CNode is the first
     * that is made of each.
     */
    private static List<Integer> byFirstCNode(List<List<Piece>> pieces) {
        return IntStream.range(0, pieces.size())
                .filter(i -> !pieces.get(i).isEmpty())
                .boxed()
                .sorted(Comparator.comparingInt(i -> pieces.get(i).get(0).node()))
                .toList();
    }

    private static int largestLeft(List<Untyped> untypeds, List<List<Piece>> pieces) {
        int largest = -1;
        for (int i = 0; i < untypeds.size(); i++) {
            long left = size(untypeds.get(i)) - used(pieces.get(i));
            if (!untypeds.get(i).device()) {
                largest = Math.max(largest, Long.SIZE - 1 - Long.numberOfLeadingZeros(left));
            }
        }
        return largest;
    }

    private static List<UntypedRoots.Root> roots(
            List<Untyped> untypeds, List<Piece> pieces, List<BootstrapOptions.RamRange> ram) {
        Set<Untyped> cut = pieces.stream().map(Piece::from).collect(Collectors.toSet());
        List<UntypedRoots.Root> roots = new ArrayList<>();
        for (Untyped untyped : untypeds) {
            if (!cut.contains(untyped)) {
                roots.add(root(untyped, ram));
            }
        }
        int number = 0;
        for (Piece piece : pieces) {
            if (piece.isUntyped()) {
                roots.add(root(piece.asUntyped(number++), ram));
            }
        }
        roots.sort((left, right) ->
                Long.compareUnsigned(left.untyped().paddr(), right.untyped().paddr()));
        return roots;
    }

    private static UntypedRoots.Root root(Untyped untyped, List<BootstrapOptions.RamRange> ram) {
        return new UntypedRoots.Root(untyped, untyped.device() ? RamMap.kind(ram, untyped) : MemoryKind.KERNEL);
    }
}
