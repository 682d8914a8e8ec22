package org.allocman.vka;

import org.allocman.qual.SizeBits;

/**
 * An object type as one kernel has it.
 *
 * @param type the type
 * @param number its number in a retype
 * @param sizeBits its size in bits; the least argument of a retype if the caller sizes it
 * @param mostBits the same; the largest argument of a retype if the caller sizes it
 */
record ObjectEntry(
        ObjectType type,
        int number,
        @SizeBits int sizeBits,
        @SizeBits int mostBits) {
    boolean isSizedByCaller() {
        return type.isSizedByCaller();
    }
}
