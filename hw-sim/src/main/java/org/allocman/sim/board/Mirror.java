package org.allocman.sim.board;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * Memory that answers at a second address.
 *
 * @param start first byte of the second appearance
 * @param original first byte of the first one
 * @param size length in bytes
 */
public record Mirror(
        @PhysAddr long start,
        @PhysAddr long original,
        @Bytes long size) {}
