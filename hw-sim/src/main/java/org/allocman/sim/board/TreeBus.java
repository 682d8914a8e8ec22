package org.allocman.sim.board;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.board.TreeNode.Property;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How the children of a node give addresses, and how these become the processor's (Devicetree Specification, 2.3.5 and
 * 2.3.8). Below a node without {@code ranges}, an address means nothing to the processor.
 */
final class TreeBus {
    private static final int DEFAULT_ADDRESS_CELLS = 2;
    private static final int DEFAULT_SIZE_CELLS = 1;
    private static final int MAX_RANGES = 256;
    private static final AddressPiece OF_32_BITS = new AddressPiece(0, 0xffff_ffffL);
    private static final AddressPiece OF_64_BITS = new AddressPiece(0, -1);

    /** No real device lies in so many windows; a translation stops there. */
    private final @Nullable TreeBus parent;

    private final boolean isReachable;
    private final Cells cells;
    /** What goes through, if not all does as it is. */
    private final @Nullable BusWindows windows;

    /** How many 32-bit cells an address and a size take. */
    record Cells(int address, int size) {
        /** Whether both take one or two; other buses, such as PCI, need more than this to be understood. */
        boolean arePlain() {
            return (address == 1 || address == 2) && (size == 1 || size == 2);
        }

        int sum() {
            return address + size;
        }

        /** So many bytes from there, as far as addresses go; null for none. */
        @Nullable
        AddressPiece piece(long start, long bytes) {
            return bytes == 0 ? null : AddressPiece.of(start, bytes).in(address == 1 ? OF_32_BITS : OF_64_BITS);
        }
    }

    private TreeBus(@Nullable TreeBus parent, boolean isReachable, Cells cells, @Nullable BusWindows windows) {
        this.parent = parent;
        this.isReachable = isReachable;
        this.cells = cells;
        this.windows = windows;
    }

    /** The bus that a node is to its children. */
    static TreeBus of(FlatTree tree, TreeNode node, @Nullable TreeBus parent) throws BoardFormatException {
        Cells cells = new Cells(
                tree.cell(node, "#address-cells", DEFAULT_ADDRESS_CELLS),
                tree.cell(node, "#size-cells", DEFAULT_SIZE_CELLS));
        if (parent == null) {
            return new TreeBus(null, true, cells, null);
        }
        Property property = node.property("ranges");
        if (property == null || !parent.isReachable) {
            return new TreeBus(parent, false, cells, null);
        }
        if (property.length() == 0) {
            return new TreeBus(parent, true, cells, null);
        }
        boolean isPlain = cells.arePlain() && parent.cells.arePlain();
        return new TreeBus(parent, isPlain, cells, isPlain ? windows(tree, node, property, cells, parent.cells) : null);
    }

    /** Whether a child's address means something to the processor. */
    boolean isReachable() {
        return isReachable;
    }

    Cells cells() {
        return cells;
    }

    /**
     * The processor's addresses for a child's. Each bus lets through what lies in its ranges, and only that; of ranges that
     * hold the same address the first one counts.
     *
     * @return the pieces, in the order of the child's addresses; none if some bus on the way lets nothing through
     */
    List<AddressPiece> translate(AddressPiece addresses) {
        List<AddressPiece> translated = List.of(addresses);
        // a tree is at most as deep as FlatTree lets it be
        for (TreeBus bus = this; bus != null; bus = bus.parent) {
            if (bus.windows != null && translated.size() <= BusWindows.MAX_PIECES) {
                List<AddressPiece> above = new ArrayList<>();
                for (AddressPiece piece : translated) {
                    bus.windows.letThrough(piece, above);
                }
                translated = above;
            }
        }
        return translated;
    }

    private static BusWindows windows(FlatTree tree, TreeNode node, Property property, Cells cells, Cells parent)
            throws BoardFormatException {
        int entryCells = cells.address + parent.address + cells.size;
        int count = property.length() / (entryCells * Integer.BYTES);
        if (count * entryCells * Integer.BYTES != property.length() || count > MAX_RANGES) {
            throw tree.fail(
                    property.offset(),
                    node.path() + " has ranges of " + property.length() + " bytes; they come in "
                            + entryCells * Integer.BYTES + " bytes each, at most " + MAX_RANGES);
        }
        BusWindows windows = new BusWindows();
        for (int i = 0; i < count; i++) {
            int at = i * entryCells;
            long child = tree.number(property, at, cells.address);
            long above = tree.number(property, at + cells.address, parent.address);
            long size = tree.number(property, at + cells.address + parent.address, cells.size);
            AddressPiece from = cells.piece(child, size);
            AddressPiece to = parent.piece(above, size);
            if (from != null && child + size - 1 != from.last() && cells.address == 2
                    || to != null && above + size - 1 != to.last() && parent.address == 2) {
                throw tree.fail(
                        property.offset() + at * Integer.BYTES, node.path() + " has a range that ends beyond 2^64");
            }
            if (from != null && to != null) {
                windows.add(from, to);
            }
        }
        return windows;
    }
}
