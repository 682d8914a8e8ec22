package org.allocman.cspace;

import org.allocman.qual.SizeBits;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The CSpace that somebody wants: the one there is, or a new one of one or two levels. Written {@code current},
 * {@code 1:BITS} or {@code 2:L1:L2}, where the numbers are radices.
 *
 * @param levels 0 for the CSpace there is, else 1 or 2
 * @param firstBits radix of the root CNode; 0 if there is no new one
 * @param secondBits radix of the CNodes of the second level; 0 if there are none
 * @param design which manager its slots have
 */
public record CSpaceGeometry(
        int levels, @SizeBits int firstBits, @SizeBits int secondBits, CSpaceDesign design) {
    /** The CSpace there is. */
    public static final CSpaceGeometry CURRENT = new CSpaceGeometry(0, 0, 0);

    /** The greatest sum of the radices: a slot number of that many bits. */
    public static final int MOST_BITS = 28;

    /** How a geometry is written, for help texts. */
    public static final String SYNTAX = "current|1:BITS|2:L1:L2";

    /**
     * Checks the radices.
     *
     * @param levels 0 for the CSpace there is, else 1 or 2
     * @param firstBits radix of the root CNode; 0 if there is no new one
     * @param secondBits radix of the CNodes of the second level; 0 if there are none
     * @param design which manager its slots have
     */
    public CSpaceGeometry {
        boolean good = switch (levels) {
            case 0 -> firstBits == 0 && secondBits == 0;
            case 1 -> firstBits >= 1 && firstBits <= MOST_BITS && secondBits == 0;
            case 2 ->
                firstBits >= 1
                        && secondBits >= 1
                        && firstBits <= MOST_BITS
                        && secondBits <= MOST_BITS
                        && firstBits + secondBits <= MOST_BITS;
            default -> false;
        };
        if (!good) {
            throw new IllegalArgumentException(
                    "a CSpace has one or two levels of 1 bit or more, and at most " + MOST_BITS + " bits in all");
        }
        if (design.hasSecondLevel() != (levels == 2)) {
            throw new IllegalArgumentException("the CSpace design " + design.name() + " is for CSpaces of "
                    + (design.hasSecondLevel() ? "two levels" : "one level"));
        }
    }

    /**
     * A geometry with the usual manager.
     *
     * @param levels 0 for the CSpace there is, else 1 or 2
     * @param firstBits radix of the root CNode; 0 if there is no new one
     * @param secondBits radix of the CNodes of the second level; 0 if there are none
     */
    public CSpaceGeometry(int levels, @SizeBits int firstBits, @SizeBits int secondBits) {
        this(levels, firstBits, secondBits, levels == 2 ? CSpaceDesigns.TWO_LEVEL : CSpaceDesigns.ONE_LEVEL);
    }

    /**
     * Another manager of the slots.
     *
     * @param other its design
     * @return the geometry
     * @throws IllegalArgumentException if the design is for another number of levels
     */
    public CSpaceGeometry withDesign(CSpaceDesign other) {
        return new CSpaceGeometry(levels, firstBits, secondBits, other);
    }

    /**
     * A larger root CNode.
     *
     * @param moreBits by how much its radix is greater
     * @return the geometry; the same for the CSpace there is
     */
    public CSpaceGeometry wider(int moreBits) {
        return isNew() ? new CSpaceGeometry(levels, firstBits + moreBits, secondBits, design) : this;
    }

    /**
     * A new CSpace of one CNode.
     *
     * @param bits its radix, 1 to {@link #MOST_BITS}
     * @return the geometry
     */
    public static CSpaceGeometry oneLevel(@SizeBits int bits) {
        return new CSpaceGeometry(1, bits, 0);
    }

    /**
     * A new CSpace of two levels.
     *
     * @param firstBits radix of the root CNode, 1 or more
     * @param secondBits radix of the CNodes below it, 1 or more; at most {@link #MOST_BITS} together
     * @return the geometry
     */
    public static CSpaceGeometry twoLevel(@SizeBits int firstBits, @SizeBits int secondBits) {
        return new CSpaceGeometry(2, firstBits, secondBits);
    }

    /**
     * Reads a geometry.
     *
     * @param text {@code current}, {@code 1:BITS} or {@code 2:L1:L2}
     * @return the geometry, or null if the text is none, or its numbers are out of range
     */
    public static @Nullable CSpaceGeometry parse(String text) {
        if (text.equals("current")) {
            return CURRENT;
        }
        String[] parts = text.split(":", -1);
        int[] numbers = new int[3];
        if (parts.length < 2 || parts.length > 3) {
            return null;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches("[0-9]{1,2}")) {
                return null;
            }
            numbers[i] = Integer.parseInt(parts[i]);
        }
        if (numbers[0] != parts.length - 1) {
            return null;
        }
        try {
            return new CSpaceGeometry(numbers[0], numbers[1], numbers[2]);
        } catch (IllegalArgumentException outOfRange) {
            return null;
        }
    }

    /**
     * Whether a new CSpace is wanted.
     *
     * @return false for the CSpace there is
     */
    public boolean isNew() {
        return levels > 0;
    }

    /**
     * The slots that a new CSpace can have at most.
     *
     * @return how many; 0 for the CSpace there is, whose number of slots is told by the boot info
     */
    public long slots() {
        return isNew() ? 1L << firstBits + secondBits : 0;
    }

    /**
     * The geometry as it is written.
     *
     * @return for instance {@code 2:10:10}
     */
    public String text() {
        return switch (levels) {
            case 0 -> "current";
            case 1 -> "1:" + firstBits;
            default -> "2:" + firstBits + ":" + secondBits;
        };
    }

    @Override
    public String toString() {
        return text();
    }
}
