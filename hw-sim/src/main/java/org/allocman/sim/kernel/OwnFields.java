package org.allocman.sim.kernel;

import org.allocman.vka.layout.Bits;

/**
 * Where the slots of a kernel of one's own say which of its types an object has; seL4's kernels keep zeros there.
 *
 * @param tableKind table: 0 for a type of seL4's, else which of the kernel's own, counted from 1
 * @param number object: its type's number in a retype
 * @param sizeBits object: its size in bits
 */
record OwnFields(Bits tableKind, Bits number, Bits sizeBits) {
    /** On 64-bit kernels. */
    static final OwnFields WIDE =
            new OwnFields(new Bits("table kind", 0, 48, 3), new Bits("number", 0, 47, 6), new Bits("bits", 0, 53, 6));

    /** On 32-bit kernels. */
    static final OwnFields NARROW =
            new OwnFields(new Bits("table kind", 0, 5, 3), new Bits("number", 0, 32, 6), new Bits("bits", 0, 38, 6));
}
