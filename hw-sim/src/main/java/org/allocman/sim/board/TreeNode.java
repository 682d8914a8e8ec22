package org.allocman.sim.board;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A node of a device tree: its name, its place, and where its properties lie in the file. */
final class TreeNode {
    private final String name;
    private final @Nullable TreeNode parent;
    private final int index;
    private final int offset;
    private final int depth;
    private final Map<String, Property> properties = new HashMap<>();
    private final Set<String> childNames = new HashSet<>();

    /** Where a property's value lies in the file, in bytes. */
    record Property(int offset, int length) {}

    TreeNode(String name, @Nullable TreeNode parent, int index, int offset) {
        this.name = name;
        this.parent = parent;
        this.index = index;
        this.offset = offset;
        this.depth = parent == null ? 1 : parent.depth + 1;
    }

    String name() {
        return name;
    }

    @Nullable
    TreeNode parent() {
        return parent;
    }

    /** The node's number in the file, 0 for the root; a parent's is lower than its children's. */
    int index() {
        return index;
    }

    /** Where the node begins in the file, in bytes. */
    int offset() {
        return offset;
    }

    int depth() {
        return depth;
    }

    @Nullable
    Property property(String key) {
        return properties.get(key);
    }

    boolean has(String key) {
        return properties.containsKey(key);
    }

    /** False if the node had a property of that name. */
    boolean addProperty(String key, Property property) {
        return properties.putIfAbsent(key, property) == null;
    }

    /** False if the node had a child of that name. */
    boolean addChildName(String child) {
        return childNames.add(child);
    }

    /** For instance {@code /soc/uart@10000000}; {@code /} for the root. */
    String path() {
        StringBuilder path = new StringBuilder();
        TreeNode node = this;
        while (node.parent != null) {
            path.insert(0, "/" + node.name);
            node = node.parent;
        }
        return path.isEmpty() ? "/" : path.toString();
    }
}
