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

    private final @Nullable TreeBus parent;
    private final boolean isReachable;
    private final Cells cells;
    private final List<Range> ranges;

    /** How many 32-bit cells an address and a size take. */
    record Cells(int address, int size) {
        /** Whether both take one or two; other buses, such as PCI, need more than this to be understood. */
        boolean arePlain() {
            return (address == 1 || address == 2) && (size == 1 || size == 2);
        }

        int sum() {
            return address + size;
        }
    }

    /** Addresses on a bus stand for addresses on the bus above. */
    private record Range(long child, long parent, long size) {
        boolean wraps() {
            return size != 0
                    && (Long.compareUnsigned(child + size - 1, child) < 0
                            || Long.compareUnsigned(parent + size - 1, parent) < 0);
        }
    }

    private TreeBus(@Nullable TreeBus parent, boolean isReachable, Cells cells, List<Range> ranges) {
        this.parent = parent;
        this.isReachable = isReachable;
        this.cells = cells;
        this.ranges = ranges;
    }

    /** The bus that a node is to its children. */
    static TreeBus of(FlatTree tree, TreeNode node, @Nullable TreeBus parent) throws BoardFormatException {
        Cells cells = new Cells(
                tree.cell(node, "#address-cells", DEFAULT_ADDRESS_CELLS),
                tree.cell(node, "#size-cells", DEFAULT_SIZE_CELLS));
        if (parent == null) {
            return new TreeBus(null, true, cells, List.of());
        }
        Property property = node.property("ranges");
        if (property == null || !parent.isReachable) {
            return new TreeBus(parent, false, cells, List.of());
        }
        if (property.length() == 0) {
            return new TreeBus(parent, true, cells, List.of());
        }
        boolean isPlain = cells.arePlain() && parent.cells.arePlain();
        List<Range> ranges = isPlain ? ranges(tree, node, property, cells, parent.cells) : List.of();
        return new TreeBus(parent, isPlain, cells, ranges);
    }

    /** Whether a child's address means something to the processor. */
    boolean isReachable() {
        return isReachable;
    }

    Cells cells() {
        return cells;
    }

    /**
     * The processor's address for a child's.
     *
     * @return the address, or null if some bus on the way does not let it through
     */
    @Nullable
    Long translate(long address) {
        long translated = address;
        for (TreeBus bus = this; bus != null; bus = bus.parent) {
            if (!bus.ranges.isEmpty()) {
                Range range = bus.rangeOf(translated);
                if (range == null) {
                    return null;
                }
                translated = translated - range.child + range.parent;
            }
        }
        return translated;
    }

    private @Nullable Range rangeOf(long address) {
        for (Range range : ranges) {
            if (Long.compareUnsigned(address, range.child) >= 0
                    && Long.compareUnsigned(address - range.child, range.size) < 0) {
                return range;
            }
        }
        return null;
    }

    private static List<Range> ranges(FlatTree tree, TreeNode node, Property property, Cells cells, Cells parent)
            throws BoardFormatException {
        int entryCells = cells.address + parent.address + cells.size;
        int count = property.length() / (entryCells * Integer.BYTES);
        if (count * entryCells * Integer.BYTES != property.length() || count > MAX_RANGES) {
            throw tree.fail(
                    property.offset(),
                    node.path() + " has ranges of " + property.length() + " bytes; they come in "
                            + entryCells * Integer.BYTES + " bytes each, at most " + MAX_RANGES);
        }
        List<Range> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = i * entryCells;
            Range range = new Range(
                    tree.number(property, at, cells.address),
                    tree.number(property, at + cells.address, parent.address),
                    tree.number(property, at + cells.address + parent.address, cells.size));
            if (range.wraps()) {
                throw tree.fail(
                        property.offset() + at * Integer.BYTES, node.path() + " has a range that ends beyond 2^64");
            }
            ranges.add(range);
        }
        return ranges;
    }
}
