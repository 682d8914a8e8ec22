package org.allocman.untyped;

import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;

/**
 * A look at an untyped of the twinkle manager's, for checking and drawing.
 *
 * @param kind what memory it is
 * @param base its physical address
 * @param sizeBits its size in bits
 * @param slot cptr of its capability
 * @param used bytes that are given away, from its start; what alignment skipped is among them
 */
public record TwinkleView(
        MemoryKind kind,
        @PhysAddr long base,
        @SizeBits int sizeBits,
        @CPtr long slot,
        @Bytes long used) {}
