package org.allocman.bootstrap;

import java.util.ArrayList;
import java.util.List;
import org.allocman.bootstrap.BootstrapFailure.Reason;
import org.allocman.cspace.CSpaceForm;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.qual.CPtr;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Need;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedRoots;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo.SlotRegion;
import org.allocman.vka.CapPath;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How the CSpace to work in comes about. A capability keeps its slot number: what was in a slot of the old CSpace is in the same
 * slot of the new one.
 *
 * @param form the CSpace that is managed then
 * @param firstFree its first free slot
 * @param end one past the last slot that is there at the start
 * @param nodes CNodes of the second level that are made at the start
 * @param untypeds the design of the untyped manager, fitted to the CSpace
 * @param roots the untypeds that are managed then, by physical address
 * @param steps the invocations, in their order
 * @param obstacle why there can be no manager; null if nothing is in the way
 */
record CSpacePlan(
        CSpaceForm form,
        @CPtr long firstFree,
        @CPtr long end,
        int nodes,
        UntypedDesign untypeds,
        List<UntypedRoots.Root> roots,
        List<BootstrapStep> steps,
        @Nullable BootstrapFailure obstacle) {
    private static final int WORD = 64;

    CSpacePlan {
        roots = List.copyOf(roots);
        steps = List.copyOf(steps);
    }

    /** What growing can need. */
    interface Growing {
        Need of(List<UntypedRoots.Root> roots, UntypedDesign untypeds);
    }

    /**
     * Computes the plan. The reserve has to fit into the CNodes that are there at the start, so their number is found by trial. More
     * CNodes can leave fewer pieces of untypeds, each of which takes a slot, so all are tried before they are too few.
     */
    static CSpacePlan of(InitialState start, BootstrapOptions options, Growing need) {
        CSpaceGeometry geometry = options.cspace();
        int nodes = geometry.levels() == 2 ? 1 : 0;
        // each trial has more CNodes than the one before, and the last one as many as the root has slots
        for (int trial = 0; trial <= 1 << geometry.firstBits(); trial++) {
            UntypedCarving carving = UntypedCarving.of(start, options, nodes);
            long firstFree = start.firstFree() + (geometry.isNew() ? 1 : 0) + carving.slots();
            long most = geometry.isNew() ? geometry.slots() : start.end();
            UntypedDesign untypeds = options.manager().fittedTo(most - firstFree, geometry.secondBits());
            long reserved = need.of(carving.roots(), untypeds).slots();
            long needed = reserved == 0 ? firstFree + 1 : (firstFree + WORD - 1) / WORD * WORD + reserved;
            int wanted = nodes == 0 ? 0 : (int) ((Math.min(needed, most) - 1 >>> geometry.secondBits()) + 1);
            if (wanted > nodes && carving.missing() == null) {
                nodes = wanted;
                continue;
            }
            long end = nodes == 0 ? most : Math.min(most, (long) nodes << geometry.secondBits());
            CSpaceForm form = geometry.isNew()
                    ? new CSpaceForm(start.root(), start.architecture().wordBits(), most, geometry.secondBits())
                    : new CSpaceForm(start.root(), start.depth(), most);
            return new CSpacePlan(
                    form,
                    firstFree,
                    end,
                    nodes,
                    untypeds,
                    rooted(carving, start, geometry),
                    steps(carving, start, geometry),
                    obstacle(start, geometry, nodes, carving, needed, most));
        }
        throw new IllegalStateException("more CNodes are wanted than " + geometry.text() + " has");
    }

    private static long firstPiece(InitialState start, CSpaceGeometry geometry) {
        return start.firstFree() + (geometry.isNew() ? 1 : 0);
    }

    private static List<UntypedRoots.Root> rooted(UntypedCarving carving, InitialState start, CSpaceGeometry geometry) {
        long first = firstPiece(start, geometry);
        return carving.roots().stream()
                .map(root -> root.untyped().slot() >= 0
                        ? root
                        : withSlot(root, first - 1 - root.untyped().slot()))
                .toList();
    }

    private static UntypedRoots.Root withSlot(UntypedRoots.Root root, long slot) {
        Untyped untyped = root.untyped();
        return new UntypedRoots.Root(
                new Untyped(slot, untyped.paddr(), untyped.sizeBits(), untyped.device()), root.kind());
    }

    private static List<BootstrapStep> steps(UntypedCarving carving, InitialState start, CSpaceGeometry geometry) {
        List<BootstrapStep> steps = new ArrayList<>(retypes(carving, start, geometry));
        if (geometry.isNew()) {
            long newRoot = start.firstFree();
            int bits = geometry.firstBits() + geometry.secondBits();
            Architecture architecture = start.architecture();
            long guard = architecture.guardOfZeros(architecture.wordBits() - bits);
            steps.add(new BootstrapStep.Copy(
                    new CapPath(newRoot, start.root(), bits),
                    new CapPath(start.root(), newRoot, start.depth()),
                    guard,
                    "putting the new root CNode into itself"));
            for (long slot : new long[] {start.root(), start.tcb(), start.vspace()}) {
                long into = slot == start.root() ? newRoot : slot;
                steps.add(new BootstrapStep.Copy(
                        new CapPath(newRoot, into, bits),
                        new CapPath(start.root(), slot, start.depth()),
                        0,
                        "copying the capability in slot " + slot));
            }
            for (SlotRegion region : start.occupied()) {
                for (long slot = region.start(); slot < region.end(); slot++) {
                    if (slot != start.root() && slot != start.tcb() && slot != start.vspace()) {
                        steps.add(move(start, newRoot, bits, slot));
                    }
                }
            }
            for (int i = 0; i < carving.slots(); i++) {
                steps.add(move(start, newRoot, bits, firstPiece(start, geometry) + i));
            }
            steps.add(new BootstrapStep.Switch(start.tcb(), start.vspace(), newRoot, guard, newRoot));
        }
        return steps;
    }

    private static BootstrapStep move(InitialState start, long newRoot, int bits, long slot) {
        return new BootstrapStep.Move(new CapPath(newRoot, slot, bits), new CapPath(start.root(), slot, start.depth()));
    }

    private static List<BootstrapStep> retypes(UntypedCarving carving, InitialState start, CSpaceGeometry geometry) {
        List<BootstrapStep> steps = new ArrayList<>();
        long slot = firstPiece(start, geometry);
        long before = 0;
        for (UntypedCarving.Piece piece : carving.pieces()) {
            boolean hangs = !piece.isUntyped() && piece.node() != UntypedCarving.ROOT;
            long place = hangs ? piece.node() : piece.isUntyped() ? slot++ : start.firstFree();
            steps.add(new BootstrapStep.Retype(
                    piece.from().slot(),
                    start.architecture().number(piece.type()),
                    piece.size(),
                    start.root(),
                    hangs ? start.firstFree() : 0,
                    hangs ? start.depth() : 0,
                    place,
                    piece.count(),
                    start.depth(),
                    piece.from().slot() != before,
                    "making " + text(piece) + " of the " + piece.from()));
            before = piece.from().slot();
        }
        return steps;
    }

    private static String text(UntypedCarving.Piece piece) {
        if (piece.isUntyped()) {
            return "an untyped of 2^" + piece.size() + " bytes";
        }
        return piece.node() == UntypedCarving.ROOT
                ? "the new root CNode"
                : piece.count() + " second-level " + (piece.count() == 1 ? "CNode" : "CNodes");
    }

    private static @Nullable BootstrapFailure obstacle(
            InitialState start, CSpaceGeometry geometry, int nodes, UntypedCarving carving, long needed, long most) {
        String wrong = untypedsWrong(start);
        if (wrong != null) {
            return new BootstrapFailure(Reason.BAD_UNTYPEDS, wrong, 0);
        }
        if (carving.roots().stream().noneMatch(root -> root.kind() == MemoryKind.KERNEL)) {
            return new BootstrapFailure(
                    Reason.NO_UNTYPED,
                    start.untypeds().stream().allMatch(Untyped::device)
                            ? "the boot info hands over no untyped of normal memory"
                            : "the CSpace " + geometry + " takes all normal memory",
                    0);
        }
        UntypedCarving.Missing missing = carving.missing();
        if (missing != null) {
            return new BootstrapFailure(Reason.NO_MEMORY_FOR_CSPACE, cnodeMissing(start, geometry, nodes, missing), 0);
        }
        long inOld = start.firstFree() + (geometry.isNew() ? 1 : 0) + carving.slots();
        if (inOld > start.end()) {
            return new BootstrapFailure(
                    Reason.TOO_FEW_SLOTS,
                    "making the new CSpace takes " + (inOld - start.firstFree()) + " slots of the old one, which has "
                            + (start.end() - start.firstFree()) + " empty, " + (inOld - start.end()) + " too few",
                    0);
        }
        if (needed > most) {
            return new BootstrapFailure(
                    Reason.TOO_FEW_SLOTS,
                    (geometry.isNew() ? "the CSpace " + geometry : "the root CNode") + " has " + most
                            + " slots; what is in use at the start and the reserve for growing, in aligned runs of "
                            + WORD + ", take " + needed + ", " + (needed - most) + " more",
                    0);
        }
        return null;
    }

    private static String cnodeMissing(
            InitialState start, CSpaceGeometry geometry, int nodes, UntypedCarving.Missing missing) {
        int slotBits = start.architecture().slotBits();
        long root = 1L << geometry.firstBits() + slotBits;
        long second = (long) nodes << geometry.secondBits() + slotBits;
        long bytes = 1L << missing.sizeBits();
        long largest = missing.largest() < 0 ? 0 : 1L << missing.largest();
        return "the CSpace " + geometry + " needs a CNode of " + root + " bytes"
                + (nodes == 0 ? "" : " and below it " + nodes + ", " + second + " bytes together")
                + "; for one of " + bytes + " bytes the largest block that is left has " + largest + ", "
                + (bytes - largest) + " too few";
    }

    private static @Nullable String untypedsWrong(InitialState start) {
        List<Untyped> sorted = start.untypeds().stream()
                .sorted((left, right) -> Long.compareUnsigned(left.paddr(), right.paddr()))
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            Untyped untyped = sorted.get(i);
            if (untyped.slot() < 1 || untyped.slot() >= start.firstFree()) {
                return "the " + untyped + " is in none of the slots in use, 1 to " + (start.firstFree() - 1);
            }
            if (untyped.sizeBits() < start.architecture().minUntypedBits()
                    || untyped.sizeBits() > start.architecture().maxUntypedBits()) {
                return "the " + untyped + " has a size that no untyped can have";
            }
            if (i > 0 && Long.compareUnsigned(untyped.paddr(), sorted.get(i - 1).last()) <= 0) {
                return "the " + untyped + " overlaps the " + sorted.get(i - 1);
            }
            if (!untyped.respectsAlignment()) {
                return "the " + untyped + " is not at a multiple of its size";
            }
        }
        return null;
    }
}
