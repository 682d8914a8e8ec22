package org.allocman.sim.board;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.board.TreeNode.Property;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A flattened device tree, versions 16 and 17 of the format (Devicetree Specification, chapter 5): header, memory
 * reservation block, structure block, strings block. It is only taken apart here; {@link TreeBoard} says what it means.
 */
final class FlatTree {
    static final int MAGIC = 0xd00d_feed;

    private static final int HEADER_BYTES = 40;
    private static final int OLDEST_VERSION = 16;
    private static final int VERSION_WITH_STRUCTURE_SIZE = 17;
    private static final int RESERVATION_BYTES = 16;

    private static final int BEGIN_NODE = 1;
    private static final int END_NODE = 2;
    private static final int PROPERTY = 3;
    private static final int NOP = 4;
    private static final int END = 9;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NODES = 1 << 16;
    private static final int MAX_PROPERTIES = 1 << 19;
    private static final int MAX_NAME = 255;
    private static final int MAX_STRING_LIST = 1 << 14;

    private final String source;
    private final ByteBuffer bytes;
    private final List<TreeNode> nodes = new ArrayList<>();
    private final List<Reservation> reservations = new ArrayList<>();

    private int stringsStart;
    private int stringsEnd;
    private int structureEnd;
    private int at;
    private int properties;

    /** An entry of the memory reservation block, and where it stands in the file. */
    record Reservation(long start, long size, int offset) {}

    /** Takes a file apart. */
    FlatTree(String source, byte[] content) throws BoardFormatException {
        this.source = source;
        this.bytes = ByteBuffer.wrap(content);
        readHeader();
        readStructure();
    }

    static boolean isOne(byte[] content) {
        return content.length >= 4 && ByteBuffer.wrap(content).getInt(0) == MAGIC;
    }

    /** The nodes, parents before children, the root first. */
    List<TreeNode> nodes() {
        return nodes;
    }

    List<Reservation> reservations() {
        return reservations;
    }

    /** One 32-bit cell of a value; {@code index} must lie within it. */
    int cell(Property property, int index) {
        return bytes.getInt(property.offset() + index * Integer.BYTES);
    }

    /** A number of one or two cells. */
    long number(Property property, int index, int cells) {
        long value = Integer.toUnsignedLong(cell(property, index));
        return cells == 1 ? value : value << 32 | Integer.toUnsignedLong(cell(property, index + 1));
    }

    /** A value of one cell, or the default if the node has no such property. */
    int cell(TreeNode node, String key, int otherwise) throws BoardFormatException {
        Property property = node.property(key);
        if (property == null) {
            return otherwise;
        }
        if (property.length() != Integer.BYTES) {
            throw fail(property.offset(), node.path() + " has a " + key + " that is not one cell");
        }
        return cell(property, 0);
    }

    /** The strings of a value, none if the node has no such property. */
    List<String> strings(TreeNode node, String key) throws BoardFormatException {
        Property property = node.property(key);
        if (property == null) {
            return List.of();
        }
        if (property.length() > MAX_STRING_LIST) {
            throw fail(property.offset(), node.path() + " has a " + key + " of more than 16 KiB");
        }
        String all = new String(bytes.array(), property.offset(), property.length(), StandardCharsets.ISO_8859_1);
        return List.of(all.split("\0"));
    }

    /** The first string of a value, or the empty one. */
    String string(TreeNode node, String key) throws BoardFormatException {
        List<String> strings = strings(node, key);
        return strings.isEmpty() ? "" : strings.get(0);
    }

    BoardFormatException fail(int offset, String problem) {
        return new BoardFormatException(source, position(offset), problem);
    }

    static String position(int offset) {
        return "byte 0x" + Integer.toHexString(offset);
    }

    private void readHeader() throws BoardFormatException {
        if (bytes.capacity() < HEADER_BYTES) {
            throw fail(bytes.capacity(), "the header of a device tree is cut off");
        }
        int total = headerField(4);
        int version = headerField(20);
        int compatibleWith = headerField(24);
        if (version < OLDEST_VERSION || compatibleWith > VERSION_WITH_STRUCTURE_SIZE) {
            throw fail(20, "device tree version " + version + " is not 16 or 17");
        }
        if (total < HEADER_BYTES) {
            throw fail(4, "the device tree says that it is " + total + " bytes long");
        }
        if (total > bytes.capacity()) {
            throw fail(bytes.capacity(), "the device tree is cut off; it says that it is " + total + " bytes long");
        }
        int structure = blockOffset(8, total, Integer.BYTES);
        stringsStart = blockOffset(12, total, 1);
        stringsEnd = blockEnd(stringsStart, headerField(32), total, 32);
        structureEnd = version < VERSION_WITH_STRUCTURE_SIZE ? total : blockEnd(structure, headerField(36), total, 36);
        readReservations(blockOffset(16, total, Long.BYTES), total);
        at = structure;
    }

    private int headerField(int offset) throws BoardFormatException {
        int value = bytes.getInt(offset);
        if (value < 0) {
            throw fail(offset, "a field of the header is 0x" + Integer.toHexString(value));
        }
        return value;
    }

    private int blockOffset(int field, int total, int align) throws BoardFormatException {
        int offset = headerField(field);
        if (offset < HEADER_BYTES || offset > total || offset % align != 0) {
            throw fail(field, "the header names a block at " + position(offset) + ", which is outside or misaligned");
        }
        return offset;
    }

    private int blockEnd(int start, int size, int total, int field) throws BoardFormatException {
        if (size > total - start) {
            throw fail(field, "the header names a block of " + size + " bytes, which ends outside");
        }
        return start + size;
    }

    private void readReservations(int start, int total) throws BoardFormatException {
        int offset = start;
        for (; offset <= total - RESERVATION_BYTES; offset += RESERVATION_BYTES) {
            long address = bytes.getLong(offset);
            long size = bytes.getLong(offset + Long.BYTES);
            if (address == 0 && size == 0) {
                return;
            }
            if (reservations.size() == BoardBuilder.MAX_REGIONS) {
                throw fail(offset, "more than " + BoardBuilder.MAX_REGIONS + " memory reservations");
            }
            reservations.add(new Reservation(address, size, offset));
        }
        throw fail(offset, "the memory reservation block has no end");
    }

    private void readStructure() throws BoardFormatException {
        TreeNode node = null;
        boolean isOver = false;
        // each turn reads a token, and there is none beyond the end of the block
        while (!isOver) {
            int token = at;
            int kind = next();
            if (kind == BEGIN_NODE) {
                node = beginNode(node, token);
            } else if (kind == END_NODE && node != null) {
                node = node.parent();
            } else if (kind == PROPERTY && node != null) {
                addProperty(node, token);
            } else if (kind == END && node == null && !nodes.isEmpty()) {
                isOver = true;
            } else if (kind != NOP) {
                throw fail(token, "0x" + Integer.toHexString(kind) + " is no token that can stand here");
            }
        }
    }

    private TreeNode beginNode(@Nullable TreeNode parent, int token) throws BoardFormatException {
        String name = text(at, structureEnd);
        at = at + name.length() + Integer.BYTES & -Integer.BYTES;
        if (parent == null ? !nodes.isEmpty() : !RegionNames.isProper(name)) {
            throw fail(token, parent == null ? "a second root" : RegionNames.quoted(name) + " is no name for a node");
        }
        if (parent != null && parent.depth() == MAX_DEPTH) {
            throw fail(token, "nodes are more than " + MAX_DEPTH + " deep");
        }
        if (nodes.size() == MAX_NODES) {
            throw fail(token, "more than " + MAX_NODES + " nodes");
        }
        if (parent != null && !parent.addChildName(name)) {
            throw fail(token, parent.path() + " has two nodes " + RegionNames.quoted(name));
        }
        TreeNode node = new TreeNode(name, parent, nodes.size(), token);
        nodes.add(node);
        return node;
    }

    private void addProperty(TreeNode node, int token) throws BoardFormatException {
        int length = next();
        int nameOffset = next();
        if (length < 0 || length > structureEnd - at) {
            throw fail(token, "a property of " + Integer.toUnsignedString(length) + " bytes ends outside");
        }
        if (nameOffset < 0 || nameOffset >= stringsEnd - stringsStart) {
            throw fail(token, "the name of a property lies outside the strings");
        }
        if (properties++ == MAX_PROPERTIES) {
            throw fail(token, "more than " + MAX_PROPERTIES + " properties");
        }
        String name = text(stringsStart + nameOffset, stringsEnd);
        if (!node.addProperty(name, new Property(at, length))) {
            throw fail(token, node.path() + " has two properties " + RegionNames.quoted(name));
        }
        at = at + length + Integer.BYTES - 1 & -Integer.BYTES;
    }

    private int next() throws BoardFormatException {
        if (at > structureEnd - Integer.BYTES) {
            throw fail(at, "the structure is cut off");
        }
        int word = bytes.getInt(at);
        at += Integer.BYTES;
        return word;
    }

    /** The text from there up to the byte 0, which must come before {@code end}. */
    private String text(int start, int end) throws BoardFormatException {
        int stop = start;
        while (stop < end && bytes.get(stop) != 0) {
            if (stop++ - start == MAX_NAME) {
                throw fail(start, "a name of more than " + MAX_NAME + " bytes");
            }
        }
        if (stop >= end) {
            throw fail(start, "a name without end");
        }
        return new String(bytes.array(), start, stop - start, StandardCharsets.ISO_8859_1);
    }
}
