package org.allocman.vka;

import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;

/**
 * A kernel object that a {@link Vka} handed out.
 *
 * @param type its kind
 * @param sizeBits its size in bits; for a CNode that of its memory, not its radix
 * @param cptr where its capability is
 * @param handle what the allocator knows it by; meaningless to others
 */
public record VkaObject(
        ObjectType type, @SizeBits int sizeBits, @CPtr long cptr, long handle) {
    @Override
    public String toString() {
        return type.text() + " of 2^" + sizeBits + " bytes in slot " + Long.toUnsignedString(cptr);
    }
}
