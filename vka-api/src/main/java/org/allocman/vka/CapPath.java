package org.allocman.vka;

import org.allocman.qual.CPtr;

/**
 * A place for a capability: which CNode to start in, and what to look up from there.
 *
 * @param root cptr of the CNode to start in
 * @param index what to look up, right-aligned
 * @param depth how many bits of {@code index} to resolve, 1 to the word size
 */
public record CapPath(@CPtr long root, @CPtr long index, int depth) {
    @Override
    public String toString() {
        return Long.toUnsignedString(index) + " (depth " + depth + ") in CNode " + Long.toUnsignedString(root);
    }
}
