package org.allocman.vka.args;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * A stretch of memory with a name of four characters, as the arguments have it.
 *
 * @param name four printable ASCII characters, for instance {@code SrEx}
 * @param start first byte, 0 to 2^32 - 1
 * @param bytes length, 1 to 2^32
 */
public record NamedRange(
        String name, @PhysAddr long start, @Bytes long bytes) {

    static final int NAME_LENGTH = 4;

    /**
     * Checks the name.
     *
     * @param name four printable ASCII characters, for instance {@code SrEx}
     * @param start first byte, 0 to 2^32 - 1
     * @param bytes length, 1 to 2^32
     * @throws IllegalArgumentException if the name has another length or other characters
     */
    public NamedRange {
        if (!isName(name)) {
            throw new IllegalArgumentException("a range is named by four printable ASCII characters");
        }
    }

    static boolean isName(String name) {
        return name.length() == NAME_LENGTH && name.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /**
     * How many pages it takes; the last may be a part of one.
     *
     * @return its length in pages, rounded up
     */
    public long pages() {
        return bytes / PAGE + (bytes % PAGE == 0 ? 0 : 1);
    }

    /**
     * One past its last page.
     *
     * @return a physical address
     */
    public @PhysAddr long end() {
        return start + pages() * PAGE;
    }

    /** A name as the arguments store it. */
    static int word(String name) {
        int word = 0;
        for (int i = 0; i < NAME_LENGTH; i++) {
            word |= name.charAt(i) << i * Byte.SIZE;
        }
        return word;
    }

    /** The characters of a stored name, printable or not. */
    static String text(int word) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < NAME_LENGTH; i++) {
            text.append((char) (word >>> i * Byte.SIZE & 0xff));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return name + " (0x" + Long.toHexString(start) + " with 0x" + Long.toHexString(bytes) + " bytes)";
    }
}
