package org.allocman.view.recording;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.TcbLayout;

/**
 * What one slot holds, as it goes into the page: an array in this order.
 *
 * @param type ordinal of the capability's type; behind those the types of a kernel's own
 * @param base physical address of what it stands for; 0 if it stands for no memory
 * @param bits size of what it stands for, in bits; negative if it stands for no memory
 * @param flags 1 device, 2 revocable, 4 first of a badge family, 8 mapped
 * @param free an untyped's watermark, in bytes from its start
 * @param detail badge of an endpoint, guard of a CNode, virtual address of something mapped, in hexadecimal
 * @param radix of a CNode
 * @param guardBits of a CNode
 * @param next the next slot of the derivation list, or negative
 */
record CapabilityRow(
        int type,
        @PhysAddr long base,
        @SizeBits int bits,
        int flags,
        @Bytes long free,
        String detail,
        @SizeBits int radix,
        int guardBits,
        @PhysAddr long next) {
    static final int DEVICE = 1;
    static final int REVOCABLE = 2;
    static final int FIRST_BADGED = 4;
    static final int MAPPED = 8;

    /** How many slots the object consists of: those of a CNode, those in a TCB, else none. */
    long slotCount() {
        CapabilityType[] types = CapabilityType.values();
        return switch (type < types.length ? types[type] : CapabilityType.OBJECT) {
            case CNODE -> 1L << radix;
            case TCB -> TcbLayout.SLOTS;
            default -> 0;
        };
    }
}
