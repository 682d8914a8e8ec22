package org.allocman.sim.board;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.board.TreeNode.Property;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a device tree has in place of RAM, so that whoever reads one without can be told what to type. */
final class TreeMemory {
    private static final String EXAMPLE = "--ram 0x80000000:1GiB";

    private final FlatTree tree;
    private @Nullable TreeNode typed;
    private @Nullable TreeNode untyped;
    private boolean isBeyond;
    private String advice = EXAMPLE;

    TreeMemory(FlatTree tree) {
        this.tree = tree;
    }

    /** A node of memory was found; told with whether any of its entries has a size and is let through. */
    void found(TreeNode node, boolean hasSize) {
        if (typed == null) {
            typed = node;
        }
        isBeyond |= hasSize;
    }

    /** Remembers a node that is called memory and does not say that it is. */
    void look(TreeNode node, TreeBus bus) {
        Property reg = node.property("reg");
        boolean isCalledMemory = node.name().equals("memory") || node.name().startsWith("memory@");
        if (untyped == null && isCalledMemory && reg != null && bus.cells().arePlain()) {
            untyped = node;
            advice = entries(reg, bus.cells());
        }
    }

    private String entries(Property reg, TreeBus.Cells cells) {
        List<String> options = new ArrayList<>();
        int count = Math.min(reg.length() / (cells.sum() * Integer.BYTES), 8);
        for (int i = 0; i < count; i++) {
            long start = tree.number(reg, i * cells.sum(), cells.address());
            long size = tree.number(reg, i * cells.sum() + cells.address(), cells.size());
            if (size != 0 && Region.fits(start, size)) {
                options.add("--ram " + AddressText.address(start) + ":" + AddressText.size(size));
            }
        }
        return options.isEmpty() ? EXAMPLE : String.join(" ", options);
    }

    /** Where in the file memory is described. */
    String position() {
        TreeNode node = typed != null ? typed : untyped;
        return FlatTree.position(node == null ? 0 : node.offset());
    }

    /** Why there is no RAM, and what to type. */
    BoardFormatException missing() {
        TreeNode empty = typed;
        TreeNode silent = untyped;
        if (empty != null && isBeyond) {
            return tree.fail(
                    empty.offset(),
                    empty.path() + " lies beyond what the kernel can address. Another kernel can be had with --arch,"
                            + " other RAM be said, for instance: " + EXAMPLE);
        }
        if (empty != null) {
            String at = "";
            Property reg = empty.property("reg");
            if (reg != null && reg.length() >= 2 * Integer.BYTES) {
                at = start(empty, reg);
            }
            return tree.fail(
                    empty.offset(),
                    empty.path()
                            + " has size 0: firmware fills in at boot how much RAM there is. Say it, for instance: "
                            + (at.isEmpty() ? EXAMPLE : "--ram " + at + ":1GiB"));
        }
        if (silent != null) {
            return tree.fail(
                    silent.offset(),
                    silent.path() + " has no device_type = \"memory\", so nobody takes it for RAM. To take it, type "
                            + advice);
        }
        return tree.fail(
                0, "the tree has no memory node, so nothing says where RAM is. Say it, for instance: " + EXAMPLE);
    }

    private String start(TreeNode node, Property reg) {
        TreeNode parent = node.parent();
        int cells = 2;
        if (parent != null) {
            Property property = parent.property("#address-cells");
            cells = property != null && property.length() == Integer.BYTES ? tree.cell(property, 0) : cells;
        }
        boolean isWhole = (cells == 1 || cells == 2) && reg.length() >= cells * Integer.BYTES;
        long start = isWhole ? tree.number(reg, 0, cells) : -1;
        return Region.fits(start, 1) ? AddressText.address(start) : "";
    }
}
